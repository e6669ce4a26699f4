import { z } from "zod";
import { Contract, Criterion, KINDS } from "../../../domain/contract.ts";

/** Scripts older than the kinds have `proof`: `command` and `judgement` are the kind, `test` does not say which. */
function withKind(criterion: unknown): unknown {
  if (typeof criterion !== "object" || criterion === null) return criterion;
  if (!("proof" in criterion) || "kind" in criterion) return criterion;
  const { proof, ...rest } = criterion;
  return { ...rest, kind: proof };
}

/** A model may only use the kinds: `test` is only read. */
const Kind = Criterion.shape.kind.meta({ enum: [...KINDS] });

const Acceptance = z.preprocess(
  (list) => (Array.isArray(list) ? list.map(withKind) : list),
  z
    .array(Criterion.extend({ kind: Kind }))
    .min(1)
    .max(15)
    .pipe(Contract.shape.acceptance),
);

/** A contract, or the questions before one. The model sees the schema, so its limits are addressed to it. */
export const IntakeAnswer = z.strictObject({
  result: z.discriminatedUnion("kind", [
    z.strictObject({
      kind: z.literal("contract"),
      contract: Contract.extend({ acceptance: Acceptance }),
    }),
    z.strictObject({
      kind: z.literal("questions"),
      questions: z.array(z.string().min(1).max(500)).min(1).max(3),
    }),
  ]),
});
export type IntakeAnswer = z.infer<typeof IntakeAnswer>;
