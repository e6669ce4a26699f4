import { z } from "zod";
import { Contract } from "../../../domain/contract.ts";

/** A contract, or what has to be asked before there can be one. The model sees the schema, so its limits speak to it. */
export const IntakeAnswer = z.strictObject({
  result: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("contract"), contract: Contract }),
    z.strictObject({
      kind: z.literal("questions"),
      questions: z.array(z.string().min(1).max(500)).min(1).max(3),
    }),
  ]),
});
export type IntakeAnswer = z.infer<typeof IntakeAnswer>;
