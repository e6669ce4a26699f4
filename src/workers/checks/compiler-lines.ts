/** Lines in which compilers and loaders report code that they cannot build, each with the part that gives the reason. */
const FORMS: readonly RegExp[] = [
  /^\s*(?:vet: )?(?:\.\/)?[\w./-]+\.go:\d+:\d+: (.+)$/, // go build, go vet
  /^error(?:\[E\d+\])?: (?!could not compile|test failed|aborting)(.+)$/, // rustc
  /^(?:\[ERROR\] )?\S+\.(?:java|kt):(?:\[\d+,\d+\]|\d+:) (?:error: )?(.+)$/, // javac, Maven, Gradle
  /^\S+\.[cm]?tsx?(?:\(\d+,\d+\):|:\d+:\d+ -) error (TS\d+: .+)$/, // tsc, ts-jest
  /^(?:E {3})?((?:Import|ModuleNotFound)Error: .+)$/, // Python
  /^\s*(SyntaxError: The requested module .+)$/, // ECMAScript modules
];

const LINES = 10;
const LENGTH = 200;

/**
 * A compiler's messages about code that it cannot build: the first such lines, each once. For people to read; nothing is
 * decided by them.
 */
export function compilerLines(output: string): readonly string[] {
  const said = new Set<string>();
  for (const line of output.split("\n")) {
    if (line.length > 1_000) continue;
    const reason = FORMS.map((form) => form.exec(line.trimEnd())?.[1]).find(Boolean);
    if (reason !== undefined) said.add(reason.slice(0, LENGTH).toWellFormed());
    if (said.size === LINES) break;
  }
  return [...said];
}
