import type { Config } from "../../../domain/config/schema.ts";
import type { ObjectId } from "../../../domain/digest.ts";
import type { ChangeProof } from "../../../domain/evidence/change-proof.ts";
import type { Refusal } from "../../../domain/refusal.ts";
import type { VerifyPorts } from "../../checks/workbench.ts";
import { runVerify } from "../run.ts";
import { changeBetween } from "./change-between.ts";
import { ownOrder } from "./own-order.ts";
import { type Summary, sumUp } from "./sum-up.ts";

/** A change by its two ends, and the config of the first. */
export interface Change {
  /** The merge base of the change. */
  readonly base: ObjectId;
  readonly head: ObjectId;
  readonly config: Config;
}

/**
 * Verify's work without an order, a contract or a model: what the tests prove of any change. If it cannot be measured,
 * the proof has the reason. Rejects only if the objects cannot be read.
 */
export async function proveChange(change: Change, ports: VerifyPorts): Promise<ChangeProof> {
  const begin = ports.clock.elapsed();
  const { base, head, config } = change;
  const { repository } = ports;
  const between = await changeBetween(repository, change);
  const files = "changeSet" in between ? between.changeSet.files.length : 0;
  const ended = (found: Summary, lines: number): ChangeProof => ({
    ...{ version: 1, base, head, ...found },
    changed: { files, lines },
    durationMs: Math.round(ports.clock.elapsed() - begin),
  });
  const refused = (refusal: Refusal): ChangeProof => ({ ...ended(NOTHING, 0), refusal });
  if ("refusal" in between) return refused(between.refusal);
  if (files === 0) return refused(SAME_TREE);
  if (config.checks.test === undefined) return refused(NO_TESTS);
  const order = ownOrder({ base, config, at: ports.clock.now() });
  const found = await runVerify(order, { changeSet: between.changeSet, namings: [] }, ports);
  if (found.worker === "failed") return refused(found.refusal);
  const tree = await repository.treeOf(head);
  if (found.subject.tree !== tree) return refused(otherTree(found.subject.tree, tree));
  return ended(sumUp(found.evidence), found.changedLines);
}

const NOTHING: Summary = {
  outcome: "not-measured",
  checks: [],
  tests: null,
  noticed: null,
  ratchet: { findings: [], more: 0 },
};

const SAME_TREE: Refusal = {
  code: "nothing-produced",
  subject: "the change",
  found: "the tree of the base",
};

const NO_TESTS: Refusal = {
  code: "evidence-missing",
  subject: "checks.test",
  found: "the config has no command that runs the tests",
};

function otherTree(found: ObjectId, accepted: ObjectId): Refusal {
  return { code: "tree-mismatch", subject: "the change", found, accepted };
}
