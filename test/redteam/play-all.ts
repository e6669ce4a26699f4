import type { Attack } from "./attack.ts";
import { openLane } from "./lane.ts";
import { playAttack } from "./play.ts";
import { held, judge, type Verdict } from "./verdict.ts";

export interface PlayAllOptions {
  readonly attacks: readonly Attack[];
  /** Folder whose actions and workflows are attacked. */
  readonly millwright: string;
  /** Attacks at a time, each lane a twin of its own. */
  readonly lanes: number;
  readonly say: (line: string) => void;
  /** Only what did not hold is said. */
  readonly quiet?: boolean;
}

/** Plays all attacks; verdicts in the order of the catalogue. */
export async function playAll(options: PlayAllOptions): Promise<readonly Verdict[]> {
  const queue = options.attacks.map((attack, index) => ({ attack, index }));
  const verdicts: Verdict[] = [];
  const lanes = Math.min(options.lanes, queue.length);
  await Promise.all(Array.from({ length: lanes }, () => playLane(options, queue, verdicts)));
  return verdicts;
}

async function playLane(
  { millwright, say, quiet = false }: PlayAllOptions,
  queue: { readonly attack: Attack; readonly index: number }[],
  verdicts: Verdict[],
): Promise<void> {
  const lane = await openLane(millwright);
  try {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const { attack, index } = next;
      const verdict = judge(attack, await playAttack(lane, attack, millwright));
      verdicts[index] = verdict;
      if (quiet && held(verdict)) continue;
      say(
        `${attack.id.padEnd(9)} ${verdict.result.padEnd(9)} ${Math.round(verdict.durationMs)} ms`,
      );
      // At once, not only in the table: a run that is cut short has said why.
      for (const { invariant, what } of verdict.violations) say(`    ${invariant}: ${what}`);
      for (const why of verdict.missed) say(`    not as it says: ${why}`);
    }
  } finally {
    await lane.close();
  }
}
