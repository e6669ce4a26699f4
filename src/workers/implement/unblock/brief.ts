import type { Plan } from "../../../agent/roles/architect/answer.ts";
import { type Contract, digestOfContract, emptyContract } from "../../../domain/contract.ts";
import { isOfThePull, type RedCheck } from "../../../domain/github/unblock.ts";
import type { LineOrder, UnblockOrder } from "../../../domain/order.ts";
import { cut } from "../../../domain/text/cut.ts";
import type { Conflict, Merged } from "../../proof/two-sides/merge.ts";

/**
 * The coder's order for a pull request to mend. The blocks of its merge take the place of a contract, and nobody else
 * influences it. Output of the repository's checks is data.
 */
export function lineOrderOf(order: UnblockOrder): LineOrder {
  const { unblock, ...common } = order;
  const contract = contractOf(order);
  const findings = unblock.red.filter(isOfThePull).map(sayRed).slice(0, 20);
  return {
    ...common,
    kind: "line",
    attempt: 1,
    contract,
    contractDigest: digestOfContract(contract),
    prior:
      findings.length === 0
        ? []
        : [
            {
              attempt: 1,
              outcome: "checks of the repository are red on the pull request",
              findings,
            },
          ],
    approvedDependencies: [],
  };
}

function sayRed({ name, cause, lines }: RedCheck): string {
  return cut([`${name} (${cause})`, ...lines].join("\n"), 1_000);
}

function contractOf({ unblock, repository }: UnblockOrder): Contract {
  const number = unblock.pullRequest;
  return {
    ...emptyContract(),
    goal: `Pull request ${number} merges into ${repository.defaultBranch} without a conflict, and the checks pass`,
    acceptance: [
      {
        id: "AC1",
        statement:
          "What both sides do, the result does: no test of either side is changed, weakened or taken out to get there",
        kind: "judgement",
      },
      {
        id: "AC2",
        statement: "Nothing is changed beyond what the conflict and the failing checks need",
        kind: "judgement",
      },
    ],
  };
}

const MOST_STEPS = 19;

/** The merge in the working directory as steps; no model wrote them. */
export function planOf({ conflicts, names }: Merged): Plan {
  const steps = conflicts.slice(0, MOST_STEPS).map((conflict) => sayStep(conflict, names));
  const rest = conflicts.length - steps.length;
  return {
    steps: [
      ...steps,
      ...(rest > 0 ? [`Resolve ${rest} more files in which the same marks stand`] : []),
      ...(conflicts.length === 0
        ? ["Both sides are merged already, without a conflict: mend what the checks say"]
        : []),
    ].map((step) => cut(step, 500)),
    files: conflicts.slice(0, 50).map(({ path }) => cut(path, 300)),
    risks: [],
  };
}

function sayStep({ path, kind }: Conflict, names: Merged["names"]): string {
  switch (kind) {
    case "text":
      return `Resolve the conflict in ${path}: between the marks "${names.base}" and "${names.head}" stand both sides; keep what each of them does, and leave no mark`;
    case "gone-on-head":
      return `The pull request takes ${path} out, and the base changed it meanwhile: decide by what both want; it stands as on the base`;
    case "gone-on-base":
      return `The base takes ${path} out, and the pull request changes it: decide by what both want; it stands as on the pull request`;
  }
}
