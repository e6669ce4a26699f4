import type { Probe } from "../../domain/config/smoke.ts";
import {
  PROBE_TRIES,
  type ProbeId,
  type ProbeResult,
  type ProbeTry,
  probeIdOf,
} from "../../domain/smoke.ts";
import { cut } from "../../domain/text/cut.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Web } from "../../ports/web.ts";
import { faultsOfJson } from "./json-faults.ts";
import { type Judged, judgeTries } from "./judge-tries.ts";
import type { Matcher } from "./pattern.ts";

const TIMEOUT_MS = 10_000;
const BODY_BYTES = 65_536;

/** A probe whose pattern is compiled already: a pattern that cannot be is a fault of the config, found before any look. */
export interface ReadyProbe {
  readonly probe: Probe;
  readonly matcher: Matcher | undefined;
}

/** What a probe came to at one commit; nothing is known here of how it was before. */
export interface Probed extends Omit<ProbeResult, "status" | "before" | "tries"> {
  readonly status: Exclude<Judged, "undecided">;
  readonly tries: ProbeTry[];
}

/**
 * Asks every probe, and in further rounds those that are not decided yet. The rounds are spread over the time that is given,
 * the second pause twice the first, so that a hiccup and a slow start are told from a break.
 */
export async function runProbes(
  probes: readonly ReadyProbe[],
  ports: { readonly web: Web; readonly clock: Clock },
  { spreadMs }: { readonly spreadMs: number },
): Promise<readonly Probed[]> {
  const open = probes.map((ready) => ({ ready, tries: [] as ProbeTry[] }));
  const isOpen = ({ ready, tries }: (typeof open)[number]) =>
    tries.length === 0 || judge(ready, tries) === "undecided";
  for (let round = 0; round < PROBE_TRIES; round += 1) {
    const asked = open.filter(isOpen);
    if (asked.length === 0) break;
    // What was in time is asked again at once: only trouble may pass with time.
    const troubled = asked.some(({ tries }) => tries.some(({ status }) => status !== "passed"));
    if (troubled) await ports.clock.wait((spreadMs * round) / 3);
    for (const { ready, tries } of asked) tries.push(await ask(ready, ports.web));
  }
  return open.map(({ ready, tries }) => tell(ready, tries));
}

export function idOf({ probe }: ReadyProbe): ProbeId {
  return probeIdOf(probe);
}

function judge({ probe }: ReadyProbe, tries: readonly ProbeTry[]): Judged {
  return judgeTries(tries, { judgesTime: probe.expect.withinMs !== undefined });
}

function tell(ready: ReadyProbe, tries: ProbeTry[]): Probed {
  const judged = judge(ready, tries);
  if (judged === "undecided") throw new Error("every probe is decided after its last round");
  const durations = tries.map(({ durationMs }) => durationMs).toSorted((one, two) => one - two);
  return {
    id: idOf(ready),
    url: cut(ready.probe.get, 500),
    status: judged,
    found: cut(foundOf(judged, tries), 500),
    durationMs: durations[Math.floor(durations.length / 2)] ?? 0,
    tries,
  };
}

/** What the newest try saw that speaks for what was judged; for a flaky probe, what was wrong and how often. */
function foundOf(judged: Probed["status"], tries: readonly ProbeTry[]): string {
  const right = tries.filter(({ status }) => status === "passed");
  if (judged === "passed") return right[0]?.found ?? "";
  const wrong = tries.filter(({ status }) => status !== "passed").at(-1)?.found ?? "";
  return judged === "flaky" ? `${right.length} of ${tries.length} tries passed: ${wrong}` : wrong;
}

async function ask({ probe, matcher }: ReadyProbe, web: Web): Promise<ProbeTry> {
  const { withinMs } = probe.expect;
  // A slow answer is worth its figure: wait for it longer than it may take.
  const timeoutMs = Math.max(TIMEOUT_MS, withinMs === undefined ? 0 : withinMs * 2);
  const answer = await web.get(probe.get, { timeoutMs, maximumBytes: BODY_BYTES });
  const { durationMs } = answer;
  if (answer.kind === "unreachable") {
    return { status: "unreachable", found: cut(answer.reason, 500), durationMs };
  }
  const faults = faultsOf(probe, matcher, answer);
  const isSlow = withinMs !== undefined && durationMs > withinMs;
  const late = isSlow ? [`expected an answer within ${withinMs} ms`] : [];
  const seen = `HTTP ${answer.status} in ${Math.round(durationMs)} ms`;
  const found = [...faults, ...late].join("; ");
  return {
    status: faults.length > 0 ? "failed" : isSlow ? "slow" : "passed",
    found: cut(found === "" ? seen : `${seen}: ${found}`, 500),
    durationMs,
  };
}

function faultsOf(
  { expect }: Probe,
  matcher: Matcher | undefined,
  answer: { readonly status: number; readonly body: string },
): readonly string[] {
  const faults: string[] = [];
  if (answer.status !== expect.status) faults.push(`expected HTTP ${expect.status}`);
  if (matcher !== undefined && !matcher.matches(answer.body)) {
    faults.push(
      `the body ${JSON.stringify(cut(answer.body, 120))} does not match ${expect.bodyMatches}`,
    );
  }
  if (expect.json !== undefined) faults.push(...faultsOfJson(answer, expect.json));
  return faults;
}
