import { z } from "zod";
import { ChangeSet } from "../change-set.ts";
import { ObjectId } from "../digest.ts";
import { Namings } from "../evidence/naming.ts";

/** Characters of JSON that a line of the ledger gives to what an attempt said of itself: a comment holds them all. */
const MOST_SAID = 4_000;

/** What the writers of a published change said of it: without it nobody could prove the same change on another base. */
export const SaidOfChange = z.strictObject({
  summary: z.string().max(2_000),
  namings: Namings,
});
export type SaidOfChange = z.infer<typeof SaidOfChange>;

/** As the ledger keeps it; undefined where nothing names the tests, or there is more than a line has room for. */
export function keepSaid(made: {
  readonly summary: string;
  readonly namings?: SaidOfChange["namings"] | undefined;
}): SaidOfChange | undefined {
  const { summary, namings } = made;
  if (namings === undefined) return undefined;
  const said = { summary, namings };
  return JSON.stringify(said).length > MOST_SAID ? undefined : said;
}

/**
 * Why a pull request is made anew on a base that moved though its change applies there: what was verified, or how, is not
 * what a merge would make. `factory-merges`: the factory itself was about to merge it. `required`: a rule of the repository
 * asks for the newest base. The others name what the base changed since: a file of the change, what the checks install, or
 * the config that names the checks.
 */
export const WhyRebuilt = z.enum([
  "factory-merges",
  "required",
  "same-files",
  "dependencies",
  "config",
]);
export type WhyRebuilt = z.infer<typeof WhyRebuilt>;

/** The base moved under a pull request whose change still applies: the next attempt is the same change on the new base. */
export const BaseMovedEvent = z.strictObject({
  kind: z.literal("base-moved"),
  /** The attempt whose change it is. */
  attempt: z.int().positive(),
  /** Head of the pull request, and of the default branch. */
  head: ObjectId,
  onto: ObjectId,
  because: WhyRebuilt,
});

/** A change that control itself made anew from git data: nobody writes it again. */
export const Rebuilt = z.strictObject({
  /** The attempt whose change it is. */
  of: z.int().positive(),
  changeSet: ChangeSet,
  ...SaidOfChange.shape,
});
export type Rebuilt = z.infer<typeof Rebuilt>;
