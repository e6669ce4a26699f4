import {
  abandon,
  type Binary,
  begin,
  finish,
  type Progress,
  RESULTS,
  type Told,
  tell,
} from "./cargo-binaries.ts";

/** Takes one line of libtest's readable text. */
export function takeText(line: string, progress: Progress): void {
  const target = targetOf(line);
  if (target !== undefined) {
    abandon(progress);
    progress.target = target;
  } else if (/^running \d+ tests?$/.test(line) && !progress.binary?.listing) begin(progress);
  else if (progress.binary !== undefined) takeResult(line, progress.binary, progress.told);
  const summary = /^test result: \w+\. (\d+) passed; (\d+) failed; (\d+) ignored;/.exec(line);
  if (summary === null || progress.binary === undefined) return;
  const [passed, failed, skipped] = summary.slice(1).map(Number);
  finish(progress, { passed, failed, skipped });
}

/** `Running unittests src/lib.rs (target/debug/deps/shop-507999230d6984fa)`, `Doc-tests shop`; before 1.58 the path alone. */
function targetOf(line: string): string | undefined {
  const documented = /^ +Doc-tests (\S+)$/.exec(line)?.[1];
  if (documented !== undefined) return `doc-tests ${documented}`;
  const running = /^ +Running (?:unittests )?(\S+)(?: \((.+)\))?$/.exec(line);
  if (running === null) return undefined;
  const [, source = "", binary = source] = running;
  const name = binary.replace(/.*[\\/]/, "").replace(/-[0-9a-f]{16}(\.exe)?$/, "");
  if (source === binary) return name;
  // An integration test is a crate of its own, named after its file.
  return source.endsWith(`/${name}.rs`) ? source : `${source} (${name})`;
}

function takeResult(line: string, binary: Binary, told: Told[]): void {
  if (binary.listing) return;
  if (/^(failures|successes):$/.test(line)) {
    binary.listing = true;
    return;
  }
  const started = /^test (.+?) \.\.\. ?(.*)$/.exec(line);
  const name = started?.[1] ?? binary.waiting;
  const said = (started === null ? line : (started[2] ?? "")).replace(/^ignored, .*$/, "ignored");
  const status = RESULTS.get(said);
  if (name === undefined) return;
  if (status !== undefined) tell({ target: binary.target, name, status }, binary, told);
  else if (started !== null && !said.startsWith("bench:")) {
    // With --nocapture and one thread, a test's output is between its name and its result.
    binary.open.add(name);
    binary.waiting = name;
  }
}
