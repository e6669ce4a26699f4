import { PROBE_TRIES, type ProbeResult, type ProbeTry } from "../../domain/smoke.ts";
import { cut } from "../../domain/text/cut.ts";
import type { Clock } from "../../ports/clock.ts";
import { type Judged, judgeTries } from "./judge-tries.ts";

/** A probe that can be asked: an address, or a program. */
export interface ReadyProbe extends Pick<ProbeResult, "id" | "url" | "program"> {
  /** Whether how long it takes is a part of what is expected. */
  readonly judgesTime: boolean;
  ask(): Promise<ProbeTry>;
  /** Why this merge cannot be asked by it; known once it was asked, and undefined where it can. */
  whyLeftOut?(): string | undefined;
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
    // What was in time is asked again at once: only trouble may pass with time.
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

/** What the newest try saw that speaks for what was judged; for a flaky probe, what was wrong and how often. */
function foundOf(judged: Probed["status"], tries: readonly ProbeTry[]): string {
  const right = tries.filter(({ status }) => status === "passed");
  if (judged === "passed") return right[0]?.found ?? "";
  const wrong = tries.filter(({ status }) => status !== "passed").at(-1)?.found ?? "";
  return judged === "flaky" ? `${right.length} of ${tries.length} tries passed: ${wrong}` : wrong;
}
