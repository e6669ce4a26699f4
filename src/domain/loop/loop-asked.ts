import { z } from "zod";
import { Digest } from "../digest.ts";
import { Loop, LoopName } from "./loop.ts";
import { Standing } from "./standing.ts";

/** Bound on what a gatherer is shown of GitHub, in characters of JSON. */
export const VISIBLE_CHARACTERS = 2_000_000;

/** A loop as an order asks for it: all of it read at the base, so that the change of a loop needs a person's merge. */
export const LoopAsked = z.strictObject({
  name: LoopName,
  path: z.string().max(300),
  /** Of the whole file. */
  digest: Digest,
  loop: Loop,
  instruction: z.string().max(20_000),
  /**
   * What a gatherer may see of GitHub, as JSON: the history of the factory, the open issues, and which of them are the
   * loop's own. Data of others, read by programs in the sandbox alone.
   */
  visible: z.string().max(VISIBLE_CHARACTERS),
  /** Where a role judges: what its issues stand for already, so that nothing is judged twice. */
  standing: Standing.optional(),
});
export type LoopAsked = z.infer<typeof LoopAsked>;
