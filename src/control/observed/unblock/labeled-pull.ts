import { z } from "zod";
import type { Actor } from "../../../domain/actor.ts";
import { Id, Sender } from "../review/event-parts.ts";

/** A label was added to a pull request. */
export interface LabeledPull {
  readonly kind: "labeled-pull";
  readonly pullRequest: number;
  readonly label: string;
  readonly by: Actor;
}

const Labeled = z.object({
  action: z.literal("labeled"),
  label: z.object({ name: z.string() }),
  pull_request: z.object({ number: Id }),
  sender: Sender,
});

/** Undefined for any other event of a pull request. */
export function readLabeledPull(payload: unknown): LabeledPull | undefined {
  const read = Labeled.safeParse(payload);
  if (!read.success) return undefined;
  const { pull_request: pull, label, sender } = read.data;
  return { kind: "labeled-pull", pullRequest: pull.number, label: label.name, by: sender };
}
