import type { Order, Worker } from "../../../domain/order.ts";
import type { Proposal, ProposalOf } from "../../../domain/proposal.ts";
import { answerTo, wasSentBack } from "../../chaos/answers.ts";
import type { Playground } from "../../chaos/playground.ts";
import { chanceOf, lasting } from "../../simulate/chance.ts";
import type { Fate } from "./agenda.ts";

/** How the workers of the week answer. No model is asked: what each costs is drawn by chance, the same on each machine. */
export interface WeekCrew {
  answer(worker: Worker, order: Order): Promise<Proposal>;
}

/** USD of a worker's models in a run: the median, where the spread is that of a log-normal. Assumed. */
const USD: Readonly<Partial<Record<Worker, number>>> = {
  "intake-normalize": 0.04,
  implement: 0.55,
  review: 0.12,
};

export function createWeekCrew(
  playground: Pick<Playground, "treeOf" | "pass">,
  fateOf: (issue: number) => Fate,
  isAnswered: (issue: number) => boolean,
): WeekCrew {
  const broken = new Set<string>();
  const crowd = {
    sendsBack: (order: Order) => {
      const fate = fateOfOrder(order, fateOf);
      return fate === "hopeless" || (fate === "sent-back" && !wasSentBack(order));
    },
    says,
    isBroken: ({ release }: { readonly release: { readonly tree: string } }) =>
      broken.has(release.tree),
    async treeOf(change: Parameters<Playground["treeOf"]>[0], order: Order) {
      const tree = await playground.treeOf(change);
      if (fateOfOrder(order, fateOf) === "breaks" && !wasSentBack(order)) broken.add(tree);
      return tree;
    },
  };
  return {
    async answer(worker, order) {
      const durationMs = workedMs(worker, order);
      playground.pass(durationMs);
      const proposal = { ...priced(await answerTo(worker, order, crowd), order), durationMs };
      const fate = fateOfOrder(order, fateOf);
      if (
        proposal.worker === "intake-normalize" &&
        fate === "asks" &&
        !isAnswered(numberOf(order))
      ) {
        const questions = ["What is done when there is nothing to show?"];
        return { ...proposal, result: { kind: "questions", questions } };
      }
      if (proposal.worker === "verify" && fate === "red-test" && !wasSentBack(order)) {
        return redTest(proposal);
      }
      return proposal;
    },
  };
}

/** A note of as many lines as chance gives it; after a review it is written in other words. */
function says(order: Order): string {
  const many = lasting(chanceOf(numberOf(order), 3), { median: 22, spread: 0.9, most: 240 });
  const word = wasSentBack(order) ? "better" : "said";
  const lines = Array.from(
    { length: Math.round(many) },
    (_, index) => `export const ${word}${index} = ${index};`,
  );
  return `${word}";\n${lines.join("\n")}\nexport const end = "${word}`;
}

function numberOf(order: Order): number {
  return "issue" in order && order.issue !== undefined ? order.issue.number : 0;
}

function fateOfOrder(order: Order, fateOf: (issue: number) => Fate): Fate | undefined {
  return order.kind === "line" || order.kind === "intake" ? fateOf(numberOf(order)) : undefined;
}

/** Minutes of a worker: the median. Assumed. */
const MINUTES: Readonly<Record<Worker, number>> = {
  "intake-normalize": 2,
  implement: 11,
  verify: 5,
  review: 4,
  "post-merge-smoke": 6,
  "quality-audit": 10,
  "run-loop": 3,
  judge: 2,
};

/** How long it works, drawn by chance. */
function workedMs(worker: Worker, order: Order): number {
  const attempt = order.kind === "line" ? order.attempt : 0;
  const chance = chanceOf(numberOf(order), attempt, worker.length, 2);
  const minutes = lasting(chance, { median: MINUTES[worker], spread: 0.4, least: 0.5, most: 45 });
  return Math.round(minutes * 60_000);
}

/** Its own cost for each worker, issue and attempt. */
function priced(proposal: Proposal, order: Order): Proposal {
  const median = proposal.worker === "failed" ? undefined : USD[proposal.worker];
  if (median === undefined) return proposal;
  const attempt = order.kind === "line" ? order.attempt : 0;
  const chance = chanceOf(numberOf(order), attempt, proposal.worker.length);
  const usd = Number(lasting(chance, { median, spread: 0.6, most: 1.4 }).toFixed(4));
  const tokens = Math.round(usd * 90_000);
  return {
    ...proposal,
    usage: { ...proposal.usage, usd, inputTokens: tokens, outputTokens: tokens >> 4 },
  };
}

/** The change's tests fail. */
function redTest(proposal: ProposalOf<"verify">): Proposal {
  return {
    ...proposal,
    evidence: proposal.evidence.map((one) =>
      one.kind === "check" && one.name === "test"
        ? { ...one, status: "failed" as const, exitCode: 1, tail: "1 test failed" }
        : one,
    ),
  };
}
