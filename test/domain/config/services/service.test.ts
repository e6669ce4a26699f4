import { describe, expect, test } from "vitest";
import { CHECK_NAMES } from "../../../../src/domain/config/check.ts";
import { readConfig } from "../../../../src/domain/config/read-config.ts";
import { servicesFor } from "../../../../src/domain/config/services/plan.ts";
import { PRESET_NAMES, PRESETS } from "../../../../src/domain/config/services/presets.ts";

function read(services: unknown) {
  return readConfig({ sandbox: { services } });
}

function configOf(services: unknown) {
  const config = read(services);
  if ("faults" in config) throw new Error(JSON.stringify(config.faults));
  return config.config;
}

function faultsOf(services: unknown): readonly string[] {
  const config = read(services);
  if (!("faults" in config)) return [];
  return config.faults.map(({ path, message }) => `${path.slice(2).join(".")}: ${message}`);
}

const WEB = { name: "web", run: "serve", ready: { port: 8_000 } };

describe("services of a config", () => {
  test("are known by a word, which says the same as a mapping", () => {
    expect(servicesFor(configOf(["postgres"]), "test")).toEqual(
      servicesFor(configOf([{ use: "postgres" }]), "test"),
    );
  });

  test.each(PRESET_NAMES)("%s brings all that it needs, and its port can be another", (use) => {
    const [plan] = servicesFor(configOf([{ use, port: 7_000 }]), "test")?.plans ?? [];
    const { run, prepare, ready, programs } = PRESETS[use] as (typeof PRESETS)["postgres"];
    expect(plan).toMatchObject({ name: use, port: 7_000, run, ready, programs, withinSeconds: 60 });
    expect(plan?.prepare).toBe(prepare);
    // Whatever it starts is told where to put its data and where to listen, and stays in the foreground.
    expect(run).toMatch(/^exec .*\$SERVICE_PORT.*/s);
    expect(run).toContain("$SERVICE_DATA");
    expect(run).toContain("127.0.0.1");
  });

  test("that are written out are planned as written, with nothing of a known one", () => {
    const asked = { name: "queue", run: "queue", ready: "queue ping", checks: ["test"] };
    expect(servicesFor(configOf([WEB, asked]), "test")).toStrictEqual({
      plans: [
        {
          name: "web",
          port: 8_000,
          fill: undefined,
          withinSeconds: 60,
          folders: [],
          programs: [],
          prepare: undefined,
          run: "serve",
          ready: undefined,
        },
        {
          name: "queue",
          port: undefined,
          fill: undefined,
          withinSeconds: 60,
          folders: [],
          programs: [],
          prepare: undefined,
          run: "queue",
          ready: "queue ping",
        },
      ],
      environment: {},
    });
  });

  test.each<readonly [string, object]>([
    [
      "postgres",
      { PGHOST: "127.0.0.1", PGPORT: "7000", PGUSER: "postgres", PGDATABASE: "postgres" },
    ],
    ["redis", {}],
    ["mysql", { MYSQL_HOST: "127.0.0.1", MYSQL_TCP_PORT: "7000" }],
    ["mariadb", { MYSQL_HOST: "127.0.0.1", MYSQL_TCP_PORT: "7000" }],
  ])("%s is found by the variables of its own clients", (use, environment) => {
    expect(servicesFor(configOf([{ use, port: 7_000 }]), "test")?.environment).toStrictEqual(
      environment,
    );
  });

  test("may set forty variables, and not one more", () => {
    const setting = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`V${index}`, ""]));
    expect(faultsOf([{ ...WEB, environment: setting(40) }])).toEqual([]);
    expect(faultsOf([{ ...WEB, environment: setting(41) }])).toEqual([
      "0.environment: expected at most 40 variables",
    ]);
  });

  test("that have no port known are not in each other's way", () => {
    const asked = ["a", "b"].map((name) => ({ name, run: "serve", ready: "true" }));
    expect(faultsOf(asked)).toEqual([]);
  });

  test("are read again as what was read: an order carries them", () => {
    const { config, again } = { config: configOf(["redis", WEB]), again: undefined };
    expect(again).toBeUndefined();
    expect(readConfig(JSON.parse(JSON.stringify(config)))).toEqual({ config });
  });

  test("tell what stands beside them where they are; the config has the last word", () => {
    const environment = {
      DATABASE_URL: "postgres://postgres@127.0.0.1:5432/app",
      PGDATABASE: "app",
    };
    const services = servicesFor(configOf([{ use: "postgres", environment }, "redis"]), "test");
    expect(services?.environment).toEqual({
      PGHOST: "127.0.0.1",
      PGPORT: "5432",
      PGUSER: "postgres",
      ...environment,
    });
  });

  test("stand beside every check but setup, or beside those that are named; beside an agent all", () => {
    const config = configOf([{ use: "postgres", checks: ["test", "migrations"] }, "redis"]);
    const namesBeside = (beside: Parameters<typeof servicesFor>[1]) =>
      servicesFor(config, beside)?.plans.map(({ name }) => name);
    const beside = Object.fromEntries(CHECK_NAMES.map((name) => [name, namesBeside(name)]));
    expect(beside).toEqual({
      setup: undefined,
      format: ["redis"],
      lint: ["redis"],
      types: ["redis"],
      test: ["postgres", "redis"],
      build: ["redis"],
      migrations: ["postgres", "redis"],
    });
    expect(namesBeside("agent")).toEqual(["postgres", "redis"]);
    expect(servicesFor(configOf([]), "agent")).toBeUndefined();
  });

  test.each<readonly [string, unknown, string]>([
    [
      "a word nobody knows",
      ["pg"],
      "0: expected a service whose commands are known: postgres, redis, mysql, mariadb; any other is written with name, run and ready",
    ],
    [
      "nothing",
      [{}],
      "0: expected use (one of postgres, redis, mysql, mariadb), or name, run and ready",
    ],
    [
      "a name alone",
      [{ name: "web" }],
      "0.run: expected run: the command that serves, in the foreground",
    ],
    [
      "no probe",
      [{ name: "web", run: "serve" }],
      "0.ready: expected ready: a command that succeeds once it serves, or the port that answers then",
    ],
    [
      "a known one that is written out",
      [{ use: "redis", run: "x" }],
      "0.run: redis brings it: leave it out, or write the service out under a name",
    ],
    [
      "a slip",
      [{ ...WEB, enviroment: {} }],
      '0.enviroment: unknown key "enviroment"; did you mean "environment"?',
    ],
    [
      "one name twice",
      [WEB, { ...WEB, ready: "true" }],
      "1.name: the name web is taken by the service web above: give one of them another",
    ],
    [
      "one port twice",
      ["mysql", "mariadb"],
      "1.port: the port 3306 is taken by the service mysql above: give one of them another",
    ],
    [
      "two values of a variable",
      [
        { ...WEB, environment: { A: "1" } },
        { use: "redis", environment: { A: "2" } },
      ],
      "1.environment: the variable A is taken by the service web above: give one of them another",
    ],
    ["a port of root's", [{ use: "redis", port: 80 }], "0.port: expected at least 1024, found 80"],
    [
      "a port where it says nothing",
      [{ ...WEB, port: 8_000 }],
      "0.port: belongs to use: write the port into run and ready",
    ],
    [
      "what its own commands are told",
      [{ ...WEB, environment: { SERVICE_DATA: "/x" } }],
      "0.environment.SERVICE_DATA: its name: expected the name of a variable that does not begin with SERVICE_",
    ],
    [
      "setup",
      [{ use: "redis", checks: ["setup"] }],
      '0.checks.0: expected one of format, lint, types, test, build, migrations, found "setup"',
    ],
  ])("are refused with %s", (_what, services, fault) => {
    expect(faultsOf(services)).toContain(fault);
  });

  test("two may say the same of a variable", () => {
    const environment = { A: "1" };
    expect(
      faultsOf([
        { ...WEB, environment },
        { use: "redis", environment },
      ]),
    ).toEqual([]);
  });
});
