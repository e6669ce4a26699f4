import { PROBE_TRIES, type ProbeResult, type ProbeTry } from "../../domain/smoke.ts";
import { cut } from "../../domain/text/cut.ts";
import type { Clock } from "../../ports/clock.ts";
import { type Judged, judgeTries } from "./judge-tries.ts";

/** A probe that can run: an address, or a program. */
export interface ReadyProbe extends Pick<ProbeResult, "id" | "url" | "program"> {
  /** Whether its duration is part of the expectation. */
  readonly judgesTime: boolean;
  ask(): Promise<ProbeTry>;
  /** Why this merge cannot be tested by it; known once it ran, and undefined if it can. */
  whyLeftOut?(): string | undefined;
}

/** Result of a probe at one commit, without the earlier result. */
export interface Probed extends Omit<ProbeResult, "status" | "before" | "tries"> {
  readonly status: Exclude<Judged, "undecided">;
  readonly tries: ProbeTry[];
}

/**
 * Runs every probe, and in further rounds those that are not decided yet. The rounds are spread over the given time, the
 * second pause twice the first, to distinguish a hiccup or a slow start from a break.
 */
export async function runProbes(
  probes: readonly ReadyProbe[],
  { clock }: { readonly clock: Clock },
  { spreadMs }: { readonly spreadMs: number },
): Promise<readonly Probed[]> {
  const open = probes.map((ready) => ({ ready, tries: [] as ProbeTry[] }));
  const isLeftOut = ({ ready }: (typeof open)[number]) => ready.whyLeftOut?.() !== undefined;
  const isOpen = (one: (typeof open)[number]) =>
    !isLeftOut(one) && (one.tries.length === 0 || judgeTries(one.tries, one.ready) === "undecided");
  for (let round = 0; round < PROBE_TRIES; round += 1) {
    const asked = open.filter(isOpen);
    if (asked.length === 0) break;
    // Results in time are repeated at once, because only trouble may pass with time.
    const troubled = asked.some(({ tries }) => tries.some(({ status }) => status !== "passed"));
    if (troubled) await clock.wait((spreadMs * round) / 3);
    for (const { ready, tries } of asked) tries.push(await ready.ask());
  }
  return open.filter((one) => !isLeftOut(one)).map(({ ready, tries }) => tell(ready, tries));
}

function tell(ready: ReadyProbe, tries: ProbeTry[]): Probed {
  const judged = judgeTries(tries, ready);
  if (judged === "undecided") throw new Error("every probe is decided after its last round");
  const durations = tries.map(({ durationMs }) => durationMs).toSorted((one, two) => one - two);
  return {
    id: ready.id,
    url: cut(ready.url, 500),
    ...(ready.program === undefined ? {} : { program: ready.program }),
    status: judged,
    found: cut(foundOf(judged, tries), 500),
    durationMs: durations[Math.floor(durations.length / 2)] ?? 0,
    tries,
  };
}

/** The newest observation that supports the judgement; for a flaky probe, the fault and how often it occurred. */
function foundOf(judged: Probed["status"], tries: readonly ProbeTry[]): string {
  const right = tries.filter(({ status }) => status === "passed");
  if (judged === "passed") return right[0]?.found ?? "";
  const wrong = tries.filter(({ status }) => status !== "passed").at(-1)?.found ?? "";
  return judged === "flaky" ? `${right.length} of ${tries.length} tries passed: ${wrong}` : wrong;
}
