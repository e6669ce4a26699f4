import { z } from "zod";
import { Digest } from "../digest.ts";
import { Loop, LoopName } from "./loop.ts";
import { Standing } from "./standing.ts";

/** Limit of what a gatherer sees of GitHub, in characters of JSON. */
export const VISIBLE_CHARACTERS = 2_000_000;

/** A loop as an order asks for it, read entirely at the base, so that a change of a loop needs a person's merge. */
export const LoopAsked = z.strictObject({
  name: LoopName,
  path: z.string().max(300),
  /** Digest of the whole file. */
  digest: Digest,
  loop: Loop,
  instruction: z.string().max(20_000),
  /**
   * The view of GitHub for a gatherer, as JSON: the factory's history, the open issues, and which of them are the loop's
   * own. Foreign data, read only by programs in the sandbox.
   */
  visible: z.string().max(VISIBLE_CHARACTERS),
  /** For a judge: subjects that its issues already cover, so that nothing is judged twice. */
  standing: Standing.optional(),
});
export type LoopAsked = z.infer<typeof LoopAsked>;
