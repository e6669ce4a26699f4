import { z } from "zod";
import type { Actor } from "../../../domain/actor.ts";
import { LoopName } from "../../../domain/loop/loop.ts";
import { Sender } from "../review/event-parts.ts";

/** Somebody started the workflow, with the number of an issue or the name of a loop. */
export interface Doorbell {
  readonly kind: "doorbell";
  readonly issue: number | undefined;
  /** Name of the requested loop. */
  readonly loop?: string;
  readonly by: Actor;
}

/** A schedule started it. */
export interface Scheduled {
  readonly kind: "schedule";
  /** The schedule line that rang, as GitHub names it. */
  readonly cron?: string;
}

const IssueNumber = z
  .string()
  .regex(/^[1-9][0-9]{0,9}$/, "expected the number of an issue")
  .transform(Number);
const Dispatched = z.object({
  inputs: z
    .object({
      issue: z.union([z.literal(""), IssueNumber]).optional(),
      loop: z.union([z.literal(""), LoopName]).optional(),
    })
    .nullish()
    .transform((inputs) => inputs ?? {}),
  sender: Sender,
});
const Clock = z.object({ schedule: z.string().max(100).optional().catch(undefined) });

export function readDispatch(payload: unknown): Doorbell {
  const { inputs, sender } = Dispatched.parse(payload);
  const { issue, loop = "" } = inputs;
  const asked = loop === "" ? {} : { loop };
  return { kind: "doorbell", issue: issue === "" ? undefined : issue, ...asked, by: sender };
}

/** A payload without a line is still a beat. Only a loop has to know which line rang. */
export function readSchedule(payload: unknown): Scheduled {
  const { schedule } = Clock.safeParse(payload).data ?? {};
  return { kind: "schedule", ...(schedule === undefined ? {} : { cron: schedule }) };
}
