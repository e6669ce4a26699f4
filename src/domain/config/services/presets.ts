/** How one service is started, filled and asked. Every command is a line for bash, with `SERVICE_DATA` and `SERVICE_PORT`. */
export interface ServicePlan {
  readonly name: string;
  /** Its port on the loopback, if known. */
  readonly port?: number | undefined;
  /** Globs of folders whose programs its own commands find first. If several match one glob, the highest version counts. */
  readonly folders: readonly string[];
  /** Required programs, checked by name before it starts. */
  readonly programs: readonly string[];
  /** Runs once before the service, with an empty folder for its data. */
  readonly prepare?: string | undefined;
  /** Serves, in the foreground. */
  readonly run: string;
  /** A command that succeeds once it serves; absent: its port answers then. */
  readonly ready?: string | undefined;
  /** Runs once it serves: schemas, roles, rows. */
  readonly fill?: string | undefined;
  /** Time limit of all of that together, in seconds. */
  readonly withinSeconds: number;
}

/** A service with known commands. */
export interface Preset extends Omit<ServicePlan, "name" | "fill" | "withinSeconds"> {
  readonly port: number;
  readonly ready: string;
  /** Variables by which its own clients find it. */
  readonly environment: (port: number) => Readonly<Record<string, string>>;
}

/**
 * PostgreSQL: https://www.postgresql.org/docs/current/app-initdb.html, …/app-postgres.html, …/app-pg-isready.html and,
 * for the variables, …/libpq-envars.html. Its data is deleted with the check, so it need not survive a crash.
 */
const POSTGRES: Preset = {
  port: 5_432,
  folders: ["/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin"],
  programs: ["initdb", "postgres", "pg_isready"],
  prepare:
    'initdb --pgdata="$SERVICE_DATA/data" --username=postgres --auth=trust --encoding=UTF8 --no-sync',
  run: 'exec postgres -D "$SERVICE_DATA/data" -k "$SERVICE_DATA" -h 127.0.0.1 -p "$SERVICE_PORT" -c fsync=off -c full_page_writes=off -c synchronous_commit=off',
  ready: 'pg_isready --host=127.0.0.1 --port="$SERVICE_PORT" --username=postgres --timeout=1',
  environment: (port) => ({
    PGHOST: "127.0.0.1",
    PGPORT: `${port}`,
    PGUSER: "postgres",
    PGDATABASE: "postgres",
  }),
};

/** Redis: https://redis.io/docs/latest/operate/oss_and_stack/management/config/. No variable is read by all of its clients. */
const REDIS: Preset = {
  port: 6_379,
  folders: [],
  programs: ["redis-server", "redis-cli"],
  run: 'exec redis-server --bind 127.0.0.1 --port "$SERVICE_PORT" --dir "$SERVICE_DATA" --save "" --appendonly no',
  ready: '[ "$(redis-cli -h 127.0.0.1 -p "$SERVICE_PORT" ping)" = PONG ]',
  environment: () => ({}),
};

/** https://dev.mysql.com/doc/refman/8.4/en/environment-variables.html; MariaDB's clients read them, too. */
const MYSQL_ENVIRONMENT: Preset["environment"] = (port) => ({
  MYSQL_HOST: "127.0.0.1",
  MYSQL_TCP_PORT: `${port}`,
});
const MYSQL_RUN =
  '--no-defaults --datadir="$SERVICE_DATA/data" --socket="$SERVICE_DATA/socket" --pid-file="$SERVICE_DATA/pid" --bind-address=127.0.0.1 --port="$SERVICE_PORT" --innodb-use-native-aio=0 --innodb-flush-log-at-trx-commit=0';

/** MySQL: https://dev.mysql.com/doc/refman/8.4/en/data-directory-initialization.html. Its user root has no password. */
const MYSQL: Preset = {
  port: 3_306,
  folders: ["/usr/sbin"],
  programs: ["mysqld", "mysqladmin"],
  prepare:
    'mysqld --no-defaults --initialize-insecure --datadir="$SERVICE_DATA/data" --innodb-use-native-aio=0 --secure-file-priv=NULL',
  run: `exec mysqld ${MYSQL_RUN} --mysqlx=OFF --skip-log-bin --secure-file-priv=NULL`,
  ready:
    'mysqladmin --no-defaults --protocol=tcp --host=127.0.0.1 --port="$SERVICE_PORT" --user=root ping',
  environment: MYSQL_ENVIRONMENT,
};

/** MariaDB: https://mariadb.com/kb/en/mariadb-install-db/. Its user root has no password. */
const MARIADB: Preset = {
  port: 3_306,
  folders: ["/usr/sbin"],
  programs: ["mariadb-install-db", "mariadbd", "mariadb-admin"],
  prepare:
    'mariadb-install-db --no-defaults --datadir="$SERVICE_DATA/data" --auth-root-authentication-method=normal --skip-test-db --innodb-use-native-aio=0',
  run: `exec mariadbd ${MYSQL_RUN}`,
  ready:
    'mariadb-admin --no-defaults --protocol=tcp --host=127.0.0.1 --port="$SERVICE_PORT" --user=root ping',
  environment: MYSQL_ENVIRONMENT,
};

export const PRESETS = {
  postgres: POSTGRES,
  redis: REDIS,
  mysql: MYSQL,
  mariadb: MARIADB,
} as const satisfies Readonly<Record<string, Preset>>;

export type PresetName = keyof typeof PRESETS;

export const PRESET_NAMES = [
  "postgres",
  "redis",
  "mysql",
  "mariadb",
] as const satisfies readonly PresetName[];
