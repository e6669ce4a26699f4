import type { ServicePlan } from "../../../domain/config/services/presets.ts";
import type { FailedService } from "../../../ports/sandbox.ts";

/** Where services keep their data and logs inside: memory that begins empty and ends with the command. */
export const SERVICES_FOLDER = "/services";

/** The exit code of a command that was not started because a service was not ready. */
const NOT_READY = 125;
const UNREADY = "was not ready";
const ENDED = "ended";
/** Last bytes of a service's log that are shown when it fails. */
const LOG_BYTES = 2_000;

/**
 * Runs inside, as the parent of the command: starts one service after the other, waits for each, then runs the command
 * and ends with its exit code; the namespace ends the rest. Its own messages go to its error output, which no service
 * and no command inherits. Written in bash, which is available wherever the sandbox is.
 */
const START = `
say() { printf 'service %s %s\\n' "$1" "$2" >&2; tail -c ${LOG_BYTES} -- "$root/$1.log" | sed 's/^/  /' >&2; }
fail() { say "$name" "${UNREADY}: $1"; exit ${NOT_READY}; }
left() { local ms=$((deadline - \${EPOCHREALTIME/[.,]/} / 1000)); echo $((ms > 0 ? ms : 0)); }
line() {
  local ms=$(left)
  [ "$ms" -gt 0 ] || return 124
  printf -v ms '%d.%03d' $((ms / 1000)) $((ms % 1000))
  timeout -k 1 "$ms" "$bash" --norc --noprofile -c "$1" </dev/null >"$2" 2>&1
}
step() {
  line "$2" "$root/$name.said"
  local code=$?
  cat "$root/$name.said" >>"$root/$name.log"
  [ $code -eq 0 ] && return
  if [ "$(left)" -eq 0 ]; then fail "$1 was not done within $within s"; fi
  fail "$1 failed with $code"
}
find_programs() {
  local globs glob found program
  read -ra globs <<<"$1"
  for glob in "\${globs[@]}"; do
    found=$(printf '%s\\n' $glob | sort -V | tail -n 1)
    if [ -n "$found" ]; then PATH=$found:$PATH; fi
  done
  for program in $2; do
    type -P "$program" >/dev/null || fail "the program $program is not there, neither on PATH nor in \${1:-another place}"
  done
}
answers() {
  if [ -n "$ready" ]; then line "$ready" "$root/$name.said"; return; fi
  (exec 3<>"/dev/tcp/127.0.0.1/$SERVICE_PORT") 2>/dev/null || (exec 3<>"/dev/tcp/::1/$SERVICE_PORT") 2>/dev/null
}
start() {
  local name=$1 prepare=$5 run=$6 ready=$7 fill=$8 within=$9 PATH=$PATH
  local deadline=$((\${EPOCHREALTIME/[.,]/} / 1000 + within * 1000))
  export SERVICE_DATA=$root/$name SERVICE_PORT=$2
  mkdir -m 700 "$SERVICE_DATA" && : >"$root/$name.log" && : >"$root/$name.said" || fail "no room for its data"
  find_programs "$3" "$4"
  if [ -n "$prepare" ]; then step prepare "$prepare"; fi
  "$bash" --norc --noprofile -c "$run" </dev/null >>"$root/$name.log" 2>&1 &
  names+=("$name"); pids+=("$!")
  until answers; do
    if ! kill -0 "\${pids[-1]}" 2>/dev/null; then wait "\${pids[-1]}"; fail "it ended with $?"; fi
    if [ "$(left)" -eq 0 ]; then
      cat "$root/$name.said" >>"$root/$name.log"; fail "it did not answer within $within s"
    fi
    sleep 0.05
  done
  if [ -n "$fill" ]; then step fill "$fill"; fi
}
shopt -s nullglob
root=$1 bash=$2 count=$3 names=() pids=()
shift 3
for ((; count > 0; count--)); do start "\${@:1:9}"; shift 9; done
unset SERVICE_DATA SERVICE_PORT
"$@"
code=$?
for index in "\${!pids[@]}"; do
  kill -0 "\${pids[index]}" 2>/dev/null && continue
  wait "\${pids[index]}"; say "\${names[index]}" "${ENDED}: with $? while the command ran"
done
exit "$code"
`;

/** The command, beside the services of a plan. */
export function besideServices(
  bash: string,
  plans: readonly ServicePlan[],
  command: readonly string[],
): readonly string[] {
  return [
    ...[bash, "--norc", "--noprofile", "-c", START, "services"],
    ...[SERVICES_FOLDER, bash, `${plans.length}`],
    ...plans.flatMap(wordsOf),
    ...command,
  ];
}

/** Nine words of each, in the order in which the program reads them. */
function wordsOf(plan: ServicePlan): readonly string[] {
  const { name, port, folders, programs, prepare, run, ready, fill, withinSeconds } = plan;
  return [
    ...[name, port === undefined ? "" : `${port}`, folders.join(" "), programs.join(" ")],
    ...[prepare ?? "", run, ready ?? "", fill ?? "", `${withinSeconds}`],
  ];
}

/** The first service that stopped early, by the program's own error output. */
export function readFailedService(diagnostics: string): FailedService | undefined {
  const found = FAILED.exec(diagnostics);
  if (found === null) return undefined;
  const [whole, name = "", how = "", why = ""] = found;
  const [log = ""] = diagnostics.slice(found.index + whole.length).split(/^service /m);
  return {
    name,
    reason: `${how}: ${why}`,
    log: log.replaceAll(/^ {2}/gm, "").trim(),
    isBefore: how === UNREADY,
  };
}

const FAILED = new RegExp(`^service ([a-z0-9-]+) (${UNREADY}|${ENDED}): (.*)\\n?`, "m");
