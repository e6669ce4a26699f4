import type { Effect } from "../../domain/github/effect.ts";
import { endsList, type Receipt, receiptOf, wasHanded } from "../../domain/github/receipt.ts";
import type { Snapshot } from "../../domain/github/snapshot.ts";
import { createSecretScan } from "../../domain/secrets/scan.ts";
import type { Alerts } from "../../ports/alerts.ts";
import type { Clock } from "../../ports/clock.ts";
import type { GitHub } from "../../ports/github.ts";
import { keepWithin } from "../guard/bounds.ts";
import { applyGuarded, type Guard } from "../guard/secrets.ts";
import { NO_FILES, type TreesSeen } from "../observed/files.ts";
import { readSituation } from "../observed/issue-view.ts";
import type { ControlInput, ControlResult, Situation } from "../observed/situation.ts";
import { observe } from "./observe.ts";
import { type Beside, decideInformed } from "./wants.ts";

/** The longest path has four rounds: publish, pull request, merge, and record, plus the record of a refused deploy. */
const MOST_ROUNDS = 8;
/** A decision ends the looking by itself. This limit only bounds the cost of a bug. */
const MOST_LOOKS = 20;

/**
 * Runs one control job: observes once, decides, acts, and decides again with the receipts until nothing is left to do.
 * It looks again before a merge, because a merge cannot be undone, and stops if anything changed. Rejects when GitHub
 * could not be observed, or when a decision repeats an answered effect, which is a bug.
 */
export async function runControl(
  input: ControlInput,
  ports: { readonly github: GitHub; readonly clock: Clock; readonly alerts?: Alerts },
): Promise<ControlResult> {
  let now = ports.clock.now();
  const look = () => observe(input, { ...ports, now });
  let looks = { count: 0, ms: 0 };
  let { snapshot, polled } = await look();
  const guard: Guard = {
    scan: createSecretScan(input.secrets ?? []),
    shown: shownOn(snapshot),
  };
  let files = NO_FILES;
  let trees: TreesSeen = new Map();
  let beside: Beside = {};
  const effects: Effect[] = [];
  const receipts: Receipt[] = [];
  const situation: () => Situation = () => ({
    input,
    snapshot,
    now,
    looks,
    files,
    trees,
    ...(polled === undefined ? {} : { polled }),
    ...beside,
    receipts: [...receipts],
  });
  const decideNow = async () => {
    const informed = await decideInformed(situation(), ports.github);
    ({ files, trees, beside } = informed);
    return informed.decision;
  };
  const lookAgain = async (afterMs: number) => {
    await ports.clock.wait(afterMs);
    looks = { count: looks.count + 1, ms: looks.ms + afterMs };
    now = ports.clock.now();
    ({ snapshot, polled } = await look());
    return decideNow();
  };
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    let decision = await decideNow();
    while (decision.lookAgainMs !== undefined && looks.count < MOST_LOOKS) {
      decision = await lookAgain(decision.lookAgainMs);
    }
    if (decision.effects.some(({ kind }) => kind === "merge-pull-request")) {
      ({ snapshot, polled } = await look());
      decision = await decideNow();
    }
    if (decision.effects.length === 0) return { ...decision, effects, receipts };
    const view = readSituation(situation());
    const { within, refused } = keepWithin(decision.effects, view);
    const handed = await applyGuarded(ports.github, within, guard);
    const answers = refused === undefined || handed.some(endsList) ? handed : [...handed, refused];
    refuseRepetition(decision.effects, { receipts, answers });
    effects.push(...decision.effects.filter((effect) => wasHanded(receiptOf(answers, effect))));
    receipts.push(...answers);
  }
  throw new Error(`Control did not come to rest in ${MOST_ROUNDS} rounds of ${input.task}.`);
}

function shownOn({ issues }: Snapshot): string {
  return issues
    .flatMap(({ issue, comments }) => [
      issue.title,
      issue.body,
      ...comments.map(({ body }) => body),
    ])
    .join("\n");
}

function refuseRepetition(
  effects: readonly Effect[],
  answered: { readonly receipts: readonly Receipt[]; readonly answers: readonly Receipt[] },
): void {
  const repeated = effects.find(({ key }) =>
    answered.receipts.some((receipt) => receipt.key === key),
  );
  if (repeated !== undefined) throw new Error(`Control decided "${repeated.key}" a second time.`);
  if (answered.answers.length === 0) {
    throw new Error(`GitHub answered none of ${effects.length} effects.`);
  }
}
