import { z } from "zod";
import { WorkRecord } from "./record.ts";

/** Figures of an audit that only the API knows, each recountable by its ids. */
export const AuditAsked = z.strictObject({
  openDefects: z
    .array(
      z.strictObject({
        number: z.int().positive(),
        title: z.string().max(300),
        labels: z.array(z.string()),
      }),
    )
    .max(1_000),
  /** Absent: nobody asked. Unknown: a ledger is not trusted, or there is more than was read. */
  record: z
    .union([
      z.strictObject({ known: WorkRecord }),
      z.strictObject({ unknown: z.string().max(300) }),
    ])
    .optional(),
});
export type AuditAsked = z.infer<typeof AuditAsked>;
