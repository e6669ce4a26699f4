import type { CheckRun } from "../../domain/evidence.ts";

/** How compilers, linters, builds and shells of the common languages begin a line that says what is wrong. */
const ERRORS: readonly RegExp[] = [
  /^\s*(?:[\w./-]+: )?(?:error|fatal)(?:\[\w+\]|\b)\s*[:!-]/i, // cargo, git, gcc, npm: `error[E0308]: mismatched types`
  /^\S+:\d+(?::\d+)?:? .*\berror\b/i, // `src/a.c:3:1: error: …`, mypy
  /^\s*\d+:\d+\s+error\b/, // eslint, below the name of the file
  /\berror (?:TS\d+|CS\d+)\b/, // tsc, dotnet
  /^\s*(?:\w+\.)*\w*(?:Error|Exception)\b.*:/, // `TypeError: …`, Python, Java
  /^\[(?:ERROR|FATAL)\]\s+\S/i, // Maven, Prettier
  /^(?:ERROR|FAILURE|FAILED)\b.*\S/, // pip, Gradle, pytest's summary
  /^CMake Error\b/,
  /^(?:\S+\.go:\d+:\d+: |--- FAIL: |FAIL\s+\S+ \[)/, // go build, go test
  /^make(?:\[\d+\])?: \*\*\* /,
  /^(?:npm (?:error|ERR!)|ERR_PNPM_\w+)\s+\S/,
  /: (?:command )?not found$/, // bash, sh
  /^make(?:\[\d+\])?: \S+: No such file or directory$/, // make, of a program that is not there
  /^not ok \d/, // TAP
];

/**
 * Said of an error, and no error itself: what only counts what stands above it, what says where to read more, what a package
 * manager adds when the program that it ran has failed.
 */
const AFTERWARDS =
  /could not compile|build failed|aborting due to|elifecycle|^npm (?:error|err!) (?:code|errno|path|command|lifecycle|workspace|location|a complete log)|^\[ERROR\]\s+(?:\[Help|->|To see|Re-run|mvn <args>|For more|COMPILATION ERROR|Please refer|After correcting|Failed to execute goal|Failures?:|Errors?:|BUILD|Tests run:|\[ERROR\] Some problems)|^make(?:\[\d+\])?: \*\*\* .*\b(?:Error \d+|Waiting)/i;

/**
 * Of a command with a network, that it reached nobody: in the words of the resolver (gai_strerror(3), and those of Go, Java and
 * Node), of TLS, and of Bundler. Whatever else went wrong then did so because of it.
 */
const UNREACHED =
  /could not resolve (?:host|proxy)|name resolution|name or service not known|no such host|\b(?:EAI_AGAIN|ENOTFOUND|UnknownHostException)\b|could not reach host|network is unreachable|certificate verify failed|self-signed certificate|unable to get local issuer certificate|invalid peer certificate|SSL certificate problem|PKIX path building failed/i;

/**
 * The most telling line about why a check failed: the first that names an error, or the last that is not blank, as a
 * whole sentence. The very last lines often say only that other jobs were waited for, or where to read more.
 */
export function lastWords(run: CheckRun): string {
  const lines = run.tail
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  const isUnreached = (line: string) => run.name === "setup" && UNREACHED.test(line);
  const first = lines.findIndex(isUnreached);
  const unreached = lines.findIndex((line) => isUnreached(line) && !AFTERWARDS.test(line));
  if (first !== -1) {
    return sentenceAt(lines, unreached === -1 ? first : unreached).slice(0, MOST_SAID);
  }
  const errors = lines.filter((line) => ERRORS.some((pattern) => pattern.test(line)));
  const telling = errors.find((line) => !AFTERWARDS.test(line)) ?? errors[0];
  const at = telling === undefined ? lines.length - 1 : lines.indexOf(telling);
  const said = telling ?? sentenceAt(lines, at);
  // Some only announce it, such as a rule of Maven's enforcer.
  const whole = said.endsWith(":") ? `${said} ${lines[at + 1] ?? ""}`.trim() : said;
  return whole === "" ? "it said nothing" : whole.slice(0, MOST_SAID);
}

/** Of what is said of an output (characters). */
const MOST_SAID = 200;
/** Where programs break their sentences when no terminal says how wide it is (characters). */
const BROKEN_AT = 80;

/** A line, with those above and below that were broken before a word because it had no room there. */
function sentenceAt(lines: readonly string[], index: number): string {
  const isBroken = (line: string, next: string) => {
    const [word = ""] = next.split(" ", 1);
    return line.length <= BROKEN_AT && line.length + 1 + word.length > BROKEN_AT;
  };
  const [above, below] = [lines.slice(0, index + 1), lines.slice(index)];
  const begin = above.findLastIndex((line, at) => at === 0 || !isBroken(above[at - 1] ?? "", line));
  const end = below.findIndex((line, at) => !isBroken(line, below[at + 1] ?? ""));
  return lines.slice(Math.max(begin, 0), index + (end === -1 ? 0 : end) + 1).join(" ");
}
