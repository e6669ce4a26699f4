import { type ChangeSet, refuseChangeSet } from "../../domain/change-set.ts";
import { withChecksFor } from "../../domain/config/scoped-checks.ts";
import type { DependencyChange } from "../../domain/dependencies/change.ts";
import type { Naming } from "../../domain/evidence/naming.ts";
import type { Subject } from "../../domain/evidence.ts";
import type { Order, OrderFor } from "../../domain/order.ts";
import type { FailedProposal, VerifyProposal } from "../../domain/proposal.ts";
import type { Refusal } from "../../domain/refusal.ts";
import { createWorkbench, type Found, type Task, type VerifyPorts } from "../checks/workbench.ts";
import { refuseBytes } from "../shared/bytes.ts";
import { countCommands } from "../shared/count-commands.ts";
import { judgeDependencies } from "../shared/dependencies.ts";
import { proposalHead, runWorker } from "../shared/proposal.ts";
import { checkBase } from "./check-base.ts";
import { checkChange } from "./check-change.ts";
import { checkRevert } from "./check-revert.ts";
import { checkUnblock, type FoundOfSides } from "./check-unblock.ts";

/** Bytes of diff asked for; only its count of changed lines is used here. */
const DIFF_BYTES = 1_000;

/**
 * Runs the checks of the config in the sandbox and returns evidence for exactly one base and tree. With a change set the
 * `test` check also runs on the base and on the base with the changed tests. A nightly order checks the base alone, a
 * revert its resulting tree, and a mended pull request both its sides. `namings` are the test writer's claims about the
 * proof of each criterion, which are checked against the runs. A command's result is evidence; only a failure of verify
 * itself (no sandbox, a failing setup, a change set that cannot be applied) is a failed proposal.
 */
export async function runVerify(
  order: OrderFor<"verify">,
  input: { readonly changeSet?: ChangeSet; readonly namings?: readonly Naming[] },
  outside: VerifyPorts,
): Promise<VerifyProposal | FailedProposal> {
  const { repository, clock } = outside;
  const { sandbox, spent } = countCommands(outside.sandbox, clock);
  const ports = { ...outside, sandbox };
  return await runWorker<VerifyProposal>(order, { of: "verify", clock }, async (meter) => {
    const changeSet = changeOf(order, input);
    const judged = await judgeInput(order, changeSet, repository);
    if ("refusal" in judged) return judged;
    const baseTree = await repository.treeOf(order.base);
    const tree = changeSet === undefined ? baseTree : await repository.treeWith(changeSet);
    if (changeSet !== undefined && tree === baseTree) return { refusal: NOTHING_CHANGED };
    const subject: Subject = { base: order.base, tree };
    const { changedLines } = await repository.diff(baseTree, tree, DIFF_BYTES);
    // The base runs what the change runs, so that they can be compared.
    const narrowed = withChecksFor(
      order,
      changeSet?.files.map(({ path }) => path),
    );
    const workbench = createWorkbench({ order: narrowed, subject }, ports);
    try {
      const task = { order: narrowed, subject, workbench, ports, ...judged };
      const found = await check(task, input);
      if ("refusal" in found) return found;
      return {
        ...proposalHead(order, meter.spent()),
        worker: "verify",
        subject,
        evidence: [...found.evidence],
        changedLines,
        commands: spent(),
        ...("twoSides" in found ? { twoSides: found.twoSides } : {}),
      };
    } finally {
      await workbench.close();
    }
  });
}

/** For a revert, the order itself has the change. */
function changeOf(
  order: Order,
  { changeSet }: { readonly changeSet?: ChangeSet },
): ChangeSet | undefined {
  return order.kind === "revert" ? order.revert.changeSet : changeSet;
}

async function check(
  task: Task,
  input: Parameters<typeof runVerify>[1],
): Promise<Found | FoundOfSides> {
  const { order } = task;
  const { namings = [] } = input;
  const changeSet = changeOf(order, input);
  if (changeSet === undefined) return await checkBase(task);
  if (order.kind === "unblock") return await checkUnblock({ ...task, order }, changeSet);
  return order.kind === "line"
    ? await checkChange({ ...task, order }, { changeSet, namings })
    : await checkRevert(task, changeSet);
}

/** Effect of the change on dependencies that a person approved, if any; or why none of it may run. */
async function judgeInput(
  order: OrderFor<"verify">,
  changeSet: ChangeSet | undefined,
  repository: VerifyPorts["repository"],
): Promise<{ readonly dependencies?: DependencyChange } | { readonly refusal: Refusal }> {
  const paths = new Set((await repository.list(order.base)).map(({ path }) => path));
  const refusal = refuseInput(order, changeSet, (path) => paths.has(path));
  if (refusal !== undefined) return { refusal };
  if (changeSet === undefined || (order.kind !== "line" && order.kind !== "unblock")) return {};
  const [bytes] = await refuseBytes(changeSet, repository);
  if (bytes !== undefined) return { refusal: bytes };
  const approvedDependencies = order.kind === "line" ? order.approvedDependencies : [];
  const asked = { ...order, approvedDependencies };
  const judged = await judgeDependencies(asked, changeSet, repository);
  if (judged === undefined) return {};
  return "refusal" in judged ? judged : { dependencies: judged };
}

const NOTHING_CHANGED: Refusal = {
  code: "nothing-produced",
  subject: "change set",
  found: "the tree of the base",
  accepted: "at least one changed file",
};

const UNASKED_CHANGE: Refusal = {
  code: "order-invalid",
  subject: "its kind",
  found: "nightly, with a change set",
  accepted: "an order of kind line",
};

function refuseInput(
  order: OrderFor<"verify">,
  changeSet: ChangeSet | undefined,
  isInBase: (path: string) => boolean,
): Refusal | undefined {
  if (order.kind === "nightly") return changeSet === undefined ? undefined : UNASKED_CHANGE;
  if (changeSet === undefined) {
    return { code: "evidence-missing", subject: "change set", found: "nothing to verify" };
  }
  if (changeSet.base !== order.base) {
    const { base: found } = changeSet;
    return { code: "change-set-invalid", subject: "base", found, accepted: order.base };
  }
  return refuseChangeSet(changeSet, isInBase)[0];
}
