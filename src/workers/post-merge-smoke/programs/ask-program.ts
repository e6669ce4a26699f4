import type { ProgramProbe } from "../../../domain/config/probe.ts";
import type { ReleaseOrder } from "../../../domain/order.ts";
import { type ProbeProgram, type ProbeTry, probeIdOf } from "../../../domain/smoke.ts";
import { cut } from "../../../domain/text/cut.ts";
import { withoutEscapes } from "../../../domain/text/without-escapes.ts";
import type { SandboxResult } from "../../../ports/sandbox.ts";
import type { ReadyProbe } from "../probe.ts";
import { findBrowser } from "./browser.ts";
import { hostsBefore, type Prepared, type Preparing, sayEnd, sayError } from "./prepare.ts";

const SECONDS = 60;
const NO_ATTEMPT =
  "no attempt of the factory is known, and so no commit before the change: programs run from there alone";
/** By the shell's convention: the program cannot be run, does not exist, or was killed, for example by the kernel for its memory use. */
const SAYS_NOTHING = [126, 127, 137];
/** The most paths that are passed on of a larger change. */
const TOLD_PATHS = 300;

/**
 * A probe that is a program. Exit code 0 passes, another one fails. If it could not start, was not done in time, was
 * ended for its resource use, or could not reach its hosts, that says nothing about production.
 */
export function askProgram(
  probe: ProgramProbe,
  { release, prepared }: Pick<ReleaseOrder, "release"> & { readonly prepared: Promise<Preparing> },
): ReadyProbe {
  const { programsFrom: from } = release;
  const passed: Passed = { isSeen: false, without: new Set() };
  let leftOut = from === undefined ? NO_ATTEMPT : undefined;
  return {
    id: probeIdOf(probe, from),
    url: "run" in probe ? probe.run : `playwright ${probe.playwright}`,
    ...(from === undefined ? {} : { program: { from, changed: changedBy(probe, release) } }),
    judgesTime: false,
    whyLeftOut: () => leftOut,
    ask: async () => {
      const ready = await prepared;
      if (typeof ready === "string") return away(ready);
      if (hostsBefore(ready.config, probe) === undefined) {
        leftOut = `the config of ${ready.from.slice(0, 7)} has no such probe: it runs from the next change on`;
        return away(leftOut);
      }
      try {
        return judge(await ask(probe, ready, release), passed);
      } catch (error) {
        return away(sayError(error));
      }
    },
  };
}

function changedBy(
  probe: ProgramProbe,
  { changedPaths }: ReleaseOrder["release"],
): ProbeProgram["changed"] {
  if ("run" in probe) return "unknown";
  if (changedPaths.includes(probe.playwright)) return "yes";
  return changedPaths.length > 0 && changedPaths.length < TOLD_PATHS ? "no" : "unknown";
}

async function ask(
  probe: ProgramProbe,
  ready: Prepared,
  { mergeSha }: ReleaseOrder["release"],
): Promise<SandboxResult | { readonly reason: string }> {
  const { workspace, config } = ready;
  const hosts = hostsBefore(config, probe) ?? [];
  // Files of an earlier try must not decide a later one, or the merge would be blamed for them.
  await workspace.restore();
  const command = "run" in probe ? { command: probe.run } : await forBrowser(probe, ready);
  if ("reason" in command) return command;
  const { environment = {}, ...line } = command;
  return await workspace.run({
    ...line,
    hosts,
    environment: { ...environment, MILLWRIGHT_COMMIT: mergeSha },
    timeoutMs: (probe.timeoutSeconds ?? SECONDS) * 1_000,
  });
}

/** Hosts that a program did not reach while it passed, which cannot explain a later failure. */
interface Passed {
  isSeen: boolean;
  readonly without: Set<string>;
}

/**
 * Without an answer nothing was judged. An unlisted host explains a failure only if the program passed without asking
 * for it; otherwise tools may have asked for it by themselves, and it is only reported.
 */
function judge(result: SandboxResult | { readonly reason: string }, passed: Passed): ProbeTry {
  if ("reason" in result) return away(result.reason);
  const { missed = [], durationMs } = result;
  const status = statusOf(result);
  if (status === "passed") {
    passed.isSeen = true;
    for (const { place } of missed) passed.without.add(place);
    return { status, found: cut(sayEnd(result), 500), durationMs };
  }
  const lacked = missed.filter(({ place }) => !passed.without.has(place));
  const isAway = lacked.some(({ isNamed }) => isNamed || passed.isSeen);
  const said = lacked.map(({ place, reason }) => `${place} (${reason})`).join(", ");
  const found = `${said === "" ? "" : `did not reach ${cut(said, 200)}; `}${sayEnd(result)}`;
  return { status: isAway ? "unreachable" : status, found: cut(found, 500), durationMs };
}

interface Line {
  readonly command: string;
  readonly arguments?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

async function forBrowser(
  { playwright: path }: { readonly playwright: string },
  { repository, workspace, from }: Prepared,
): Promise<Line | { readonly reason: string }> {
  if ((await repository.read(from, path)) === undefined) {
    return { reason: `${path} is no file at ${from.slice(0, 7)}` };
  }
  const browser = await findBrowser(workspace);
  if ("reason" in browser) return browser;
  const environment = { MILLWRIGHT_BROWSER: browser.path };
  return { command: 'exec node -- "$1"', arguments: [path], environment };
}

function statusOf({ status, exitCode }: SandboxResult): ProbeTry["status"] {
  if (status === "timed-out" || exitCode === null || SAYS_NOTHING.includes(exitCode)) {
    return "unreachable";
  }
  return exitCode === 0 ? "passed" : "failed";
}

function away(reason: string): ProbeTry {
  return { status: "unreachable", found: cut(withoutEscapes(reason), 500), durationMs: 0 };
}
