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
/** By the shell's own convention: the program cannot be run, or is not there. */
const COULD_NOT_START = [126, 127];
/** Of a change that touches more, only as many paths are told. */
const TOLD_PATHS = 300;

/**
 * A probe that is a program. Exit code 0 passes, another one fails; what could not start, was not done in time, or was ended
 * for what it used says nothing of production.
 */
export function askProgram(
  probe: ProgramProbe,
  { release, prepared }: Pick<ReleaseOrder, "release"> & { readonly prepared: Promise<Preparing> },
): ReadyProbe {
  const { programsFrom: from } = release;
  return {
    id: probeIdOf(probe, from),
    url: "run" in probe ? probe.run : `playwright ${probe.playwright}`,
    ...(from === undefined ? {} : { program: { from, changed: changedBy(probe, release) } }),
    judgesTime: false,
    ask: async () => {
      const ready = await prepared;
      if (typeof ready === "string") return away(ready);
      try {
        return await ask(probe, ready, release);
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
): Promise<ProbeTry> {
  const { workspace, config, from } = ready;
  const hosts = hostsBefore(config, probe);
  if (hosts === undefined) {
    return away(
      `the config of ${from.slice(0, 7)} has no such probe: it runs from the next change on`,
    );
  }
  const command = "run" in probe ? { command: probe.run } : await forBrowser(probe, ready);
  if ("reason" in command) return away(command.reason);
  const { environment = {}, ...line } = command;
  const result = await workspace.run({
    ...line,
    hosts,
    environment: { ...environment, MILLWRIGHT_COMMIT: mergeSha },
    timeoutMs: (probe.timeoutSeconds ?? SECONDS) * 1_000,
  });
  const { durationMs } = result;
  return { status: statusOf(result), found: cut(sayEnd(result), 500), durationMs };
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
  if (status === "timed-out" || exitCode === null || COULD_NOT_START.includes(exitCode)) {
    return "unreachable";
  }
  return exitCode === 0 ? "passed" : "failed";
}

function away(reason: string): ProbeTry {
  return { status: "unreachable", found: cut(withoutEscapes(reason), 500), durationMs: 0 };
}
