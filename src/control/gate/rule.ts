import type { Digest } from "../../domain/digest.ts";
import type { Evidence, Subject } from "../../domain/evidence.ts";
import type { Part } from "../../domain/github/snapshot.ts";
import type { LineOrder } from "../../domain/order.ts";
import type { ProposalOf } from "../../domain/proposal.ts";
import type { Refusal } from "../../domain/refusal.ts";
import type { TakenBackLately } from "../../domain/trust/fallen-trust.ts";
import type { Risk } from "../../domain/trust/risk.ts";
import type { GateRuleName } from "../../wording/checks/gate-sentences.ts";

/** What was checked, on whose order: all that the rules about evidence ask of. */
export interface Checked {
  readonly order: Pick<LineOrder, "base" | "config">;
  readonly verify: ProposalOf<"verify">;
}

/** All that the gate weighs: one order with its contract, and the three answers to it. */
export interface Gate {
  readonly order: LineOrder;
  readonly implement: ProposalOf<"implement">;
  readonly verify: ProposalOf<"verify">;
  readonly review: ProposalOf<"review">;
  /** Whether a seal key stands behind the ledger: without it trust is capped. */
  readonly sealed: boolean;
  /** Digests of dependency changes that the order carries as approved, as far as the approvals still stand. */
  readonly approvedDependencies: readonly Digest[];
  /** What the changed paths held on the base, as far as it was read: it is read where a change looks as if it held a secret. */
  readonly baseFiles: readonly Uint8Array[];
  /** Changed paths of names that no new file may have, as far as the base was seen to hold them. */
  readonly oddPaths?: readonly string[];
  /** The risk up to which persons approved this contract after an attempt turned out riskier than it showed. */
  readonly approvedRisk?: Risk | undefined;
  /** The loop that began it, where no person asked for it or approved its contract. */
  readonly begunBy?: string | undefined;
  /** Merges that were taken back lately: they lower the trust in what they touched. Absent where a person merges all. */
  readonly takenBack?: Part<readonly TakenBackLately[]> | undefined;
}

/** One condition. What a person reads when it is met stands in `wording/checks/gate-sentences.ts`. */
export interface GateRule {
  readonly name: GateRuleName;
  readonly check: (gate: Gate) => Refusal | undefined;
}

/** The bytes that evidence and verdict must be about: the tree that verify saw, on the base of the order. */
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
