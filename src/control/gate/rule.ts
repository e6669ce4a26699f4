import type { Digest } from "../../domain/digest.ts";
import type { Evidence, Subject } from "../../domain/evidence.ts";
import type { Part } from "../../domain/github/snapshot.ts";
import type { LineOrder } from "../../domain/order.ts";
import type { ProposalOf } from "../../domain/proposal.ts";
import type { Refusal } from "../../domain/refusal.ts";
import type { TakenBackLately } from "../../domain/trust/fallen-trust.ts";
import type { Risk } from "../../domain/trust/risk.ts";
import type { GateRuleName } from "../../wording/checks/gate-sentences.ts";

/** Results of the checks, and their order: input of all evidence rules. */
export interface Checked {
  readonly order: Pick<LineOrder, "base" | "config">;
  readonly verify: ProposalOf<"verify">;
}

/** Input of the gate: one order with its contract, and the three answers to it. */
export interface Gate {
  readonly order: LineOrder;
  readonly implement: ProposalOf<"implement">;
  readonly verify: ProposalOf<"verify">;
  readonly review: ProposalOf<"review">;
  /** Whether the ledger is sealed with a key. Without one, trust is capped. */
  readonly sealed: boolean;
  /** Digests of dependency changes that the order carries as approved, if the approvals still hold. */
  readonly approvedDependencies: readonly Digest[];
  /** Contents of the changed paths on the base, as far as read. They are read if a change seems to contain a secret. */
  readonly baseFiles: readonly Uint8Array[];
  /** Changed paths with names that no new file may have, as far as the base has them. */
  readonly oddPaths?: readonly string[];
  /** The highest risk that people approved for this contract after an attempt exceeded its risk. */
  readonly approvedRisk?: Risk | undefined;
  /** The loop that began it, if no person asked for it or approved its contract. */
  readonly begunBy?: string | undefined;
  /** Recently reverted merges, which lower the trust in what they touched. Absent if a person merges everything. */
  readonly takenBack?: Part<readonly TakenBackLately[]> | undefined;
}

/** One condition. Its text for people is in `wording/checks/gate-sentences.ts`. */
export interface GateRule {
  readonly name: GateRuleName;
  readonly check: (gate: Gate) => Refusal | undefined;
}

/** Bytes that evidence and verdict must be about: the tree that verify saw, on the base of the order. */
export function subjectOf({ order, verify }: Checked): Subject {
  return { base: order.base, tree: verify.subject.tree };
}

type Piece<Kind extends Evidence["kind"]> = Extract<Evidence, { kind: Kind }>;

export function piecesOf<Kind extends Evidence["kind"]>(
  { verify }: Pick<Checked, "verify">,
  kind: Kind,
): readonly Piece<Kind>[] {
  return verify.evidence.filter((piece): piece is Piece<Kind> => piece.kind === kind);
}
