import { z } from "zod";
import type { Actor } from "../../../domain/actor.ts";
import { leaseOfBranch } from "../../../domain/lease.ts";
import { Sender } from "../review/event-parts.ts";

/** A check of a factory branch ended. The run that hears of it looks for itself. */
export interface Checked {
  readonly kind: "checked";
  readonly branch: string;
  readonly by: Actor;
}

const Ended = z.object({ head_branch: z.string() });
const RunEnded = z.object({ action: z.literal("completed"), workflow_run: Ended, sender: Sender });
const SuiteEnded = z.object({
  action: z.literal("completed"),
  check_suite: Ended,
  sender: Sender,
});

/** All checks of another App on a commit ended. */
export function readSuite(payload: unknown): Checked {
  const { check_suite: suite, sender } = SuiteEnded.parse(payload);
  return { kind: "checked", branch: suite.head_branch, by: sender };
}

/** The end of a run on the branch of an attempt; undefined for any other branch. */
export function readRunEnd(payload: unknown): Checked | undefined {
  const { data } = RunEnded.safeParse(payload);
  const branch = data?.workflow_run.head_branch;
  if (data === undefined || branch === undefined || leaseOfBranch(branch) === undefined) {
    return undefined;
  }
  return { kind: "checked", branch, by: data.sender };
}
