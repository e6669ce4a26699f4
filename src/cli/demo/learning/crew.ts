import type { Order, Worker } from "../../../domain/order.ts";
import type { Proposal, ProposalOf } from "../../../domain/proposal.ts";
import { answerTo, wasSentBack } from "../../chaos/answers.ts";
import type { Playground } from "../../chaos/playground.ts";
import type { WeekCrew } from "../week/answers.ts";

/** What AGENTS.md has to say for a coder who heeds it. */
const LESSON = "Run the check `lint`";
const MINUTES_MS = 4 * 60_000;

/**
 * A coder who forgets the linter on some issues: the first change of such an issue fails the check. A coder who follows
 * the guide runs it once the guide of the base says so; one who does not continues as before.
 */
export function createForgetfulCrew(
  playground: Pick<Playground, "treeOf" | "pass" | "send">,
  given: { readonly heeds: boolean; readonly forgets: (issue: number) => boolean },
): WeekCrew {
  const crowd = {
    sendsBack: () => false,
    says: (order: Order) => (wasSentBack(order) ? "linted" : "said"),
    isBroken: () => false,
    treeOf: playground.treeOf,
  };
  return {
    async answer(worker: Worker, order: Order): Promise<Proposal> {
      playground.pass(MINUTES_MS);
      const proposal = await answerTo(worker, order, crowd);
      if (proposal.worker !== "verify" || order.kind !== "line" || wasSentBack(order)) {
        return proposal;
      }
      const isTold = given.heeds && (await guideAt(playground, order.base)).includes(LESSON);
      return given.forgets(order.issue.number) && !isTold ? redLint(proposal) : proposal;
    },
  };
}

async function guideAt({ send }: Pick<Playground, "send">, commit: string): Promise<string> {
  const file = (await send("GET", `/contents/AGENTS.md?ref=${commit}`)) as {
    readonly content: string;
  };
  return Buffer.from(file.content, "base64").toString("utf8");
}

function redLint(proposal: ProposalOf<"verify">): Proposal {
  return {
    ...proposal,
    evidence: proposal.evidence.map((one) =>
      one.kind === "check" && one.name === "lint"
        ? { ...one, status: "failed" as const, exitCode: 1, tail: "1 problem" }
        : one,
    ),
  };
}
