import { judgeCalls } from "./process/ask-calls.ts";
import { SHOWN_KERNEL_FILES } from "./process/kernel-files.ts";

/** Path of the system call test program in the self-test's workspace. */
export const CALLS_FILE = "calls";

/**
 * The self-test that runs inside before anything else (threats RT-13): a sandbox that is silently absent, or weaker than
 * it should be, is a refusal. Uses only the shell, `cat` and `cp`, so that it works the same on every machine. A program
 * of ours does what no shell can do: from /tmp, because a host's own temporary folder may forbid programs.
 */
export const PROBE = `
echo '== interfaces'; cat /proc/net/dev
echo '== status'; cat /proc/self/status
echo '== init'; cat /proc/1/environ && echo readable
echo '== descriptors'; found=(/proc/self/fd/*); for f in "\${found[@]}"; do [ -e "$f" ] && echo "\${f##*/}"; done
echo '== writable'; for p in / /usr /etc /dev; do (: > "$p/.probe") 2>/dev/null && echo "$p"; done
for p in /proc/sys/kernel/*; do [ -f "$p" ] && [ -w "$p" ] && echo "$p"; done
echo '== visible'; for p in "$@"; do [ -e "$p" ] && echo "$p"; done
echo '== kernel'; for p in /proc/[!0-9]*; do case "\${p#/proc/}" in ${SHOWN_KERNEL_FILES.join("|")}) ;;
*) { : < "$p"; } 2>/dev/null && echo "$p";; esac; done
echo '== calls'; cp ${CALLS_FILE} /tmp && { /tmp/${CALLS_FILE}; } 2>/dev/null; echo
echo '== limits'; cat /proc/self/limits
echo '== nested'; unshare -Ur true 2>/dev/null && echo yes
echo '== environment'; cat /proc/self/environ | while IFS= read -r -d '' line; do echo "$line"; done
echo '== end'
`;

/** Variables that bash sets by itself. */
const OF_THE_SHELL = ["PWD", "OLDPWD", "SHLVL", "_"];

interface Expected {
  readonly architecture?: string;
  /** The limit of processes without a control group. */
  readonly processes?: number | undefined;
}

/** Every way in which PROBE's answer is not that of a tight sandbox; empty if it is. An unfinished answer is one fault. */
export function judgeProbe(
  answer: string,
  environment: Readonly<Record<string, string>>,
  { architecture = process.arch, processes }: Expected = {},
): readonly string[] {
  const sections = readSections(answer);
  if (!isFinished(answer)) return [sayUnfinished(answer, [...sections.keys()].at(-1))];
  const lines = (name: string) => sections.get(name) ?? [];
  const interfaces = lines("interfaces").flatMap((line) => /^\s*([^\s:|]+):/.exec(line)?.[1] ?? []);
  const status = new Map(
    lines("status").map((line) => [line.split(":\t")[0], line.split(":\t")[1]]),
  );
  const faults: string[] = [];
  const expect = (condition: boolean, fault: string) => {
    if (!condition) faults.push(fault);
  };
  expect(interfaces.join() === "lo", `network interfaces: ${interfaces.join(", ") || "unknown"}`);
  for (const set of ["CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"]) {
    expect(/^0+$/.test(status.get(set) ?? ""), `${set} is ${status.get(set) ?? "unknown"}`);
  }
  expect(status.get("NoNewPrivs") === "1", "new privileges can be gained");
  expect(status.get("Seccomp") === "2", "no filter of system calls");
  expect(lines("init").join() === "readable", "the environment of the first process is not empty");
  const descriptors = lines("descriptors").filter((line) => !["0", "1", "2"].includes(line));
  expect(descriptors.length === 0, `open descriptors: ${descriptors.join(", ")}`);
  for (const name of ["writable", "visible", "kernel", "nested"]) {
    expect(sections.has(name) && lines(name).length === 0, `${name}: ${lines(name).join(", ")}`);
  }
  const limit = /^Max processes +(\d+)/m.exec(lines("limits").join("\n"))?.[1];
  const isBound = processes === undefined || Number(limit ?? Number.NaN) <= processes;
  expect(isBound, `limit of processes: ${limit ?? "none"}`);
  faults.push(...judgeCalls(architecture, lines("calls").join("")));
  return [...faults, ...judgeEnvironment(lines("environment"), environment)];
}

/** Whether a self-test finished; otherwise nothing is known, neither good nor bad. */
export function isFinished(answer: string): boolean {
  return readSections(answer).has("end");
}

function sayUnfinished(answer: string, last: string | undefined): string {
  const reason = /\[stopped: (.*)\]/.exec(answer)?.[1];
  const place = last === undefined ? "before it began" : `in its part \`${last}\``;
  return `the self-test did not run to its end: it ended ${place}${reason === undefined ? "" : ` (${reason})`}`;
}

function judgeEnvironment(
  lines: readonly string[],
  expected: Readonly<Record<string, string>>,
): readonly string[] {
  const found = new Map(
    lines.map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]),
  );
  for (const name of OF_THE_SHELL) found.delete(name);
  const faults = Object.entries(expected)
    .filter(([name, value]) => found.get(name) !== value)
    .map(([name]) => `environment: ${name} is not as given`);
  for (const name of Object.keys(expected)) found.delete(name);
  // Names only: a value could be the very secret that must not be shown.
  return [...faults, ...[...found.keys()].map((name) => `environment: ${name} came along`)];
}

function readSections(answer: string): ReadonlyMap<string, readonly string[]> {
  const sections = new Map<string, string[]>();
  let current: string[] = [];
  for (const line of answer.split("\n")) {
    const name = /^== ([a-z]+)$/.exec(line)?.[1];
    if (name === undefined) {
      if (line !== "") current.push(line);
      continue;
    }
    current = [];
    sections.set(name, current);
  }
  return sections;
}
