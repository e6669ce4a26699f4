import { z } from "zod";
import { ChangeSet } from "../change-set.ts";
import { ObjectId } from "../digest.ts";
import { Namings } from "../evidence/naming.ts";

/** The most characters of JSON that an entry gives to an attempt's own statements, because one comment holds all entries. */
const MOST_SAID = 4_000;

/** Statements by the writers of a published change. Without them the same change could not be proven on another base. */
export const SaidOfChange = z.strictObject({
  summary: z.string().max(2_000),
  namings: Namings,
});
export type SaidOfChange = z.infer<typeof SaidOfChange>;

/** As the ledger keeps it; undefined if nothing names the tests, or it is longer than an entry has room for. */
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
 * Why a pull request is repeated on a moved base although its change applies: a merge would not make what was verified,
 * or not in the same way. `factory-merges`: the factory itself was about to merge it. `required`: a repository rule
 * requires the newest base. The others name what the base changed since: a file of the change, the packages of the
 * checks, or the config that names the checks.
 */
export const WhyRebuilt = z.enum([
  "factory-merges",
  "required",
  "same-files",
  "dependencies",
  "config",
]);
export type WhyRebuilt = z.infer<typeof WhyRebuilt>;

/** The base moved under a pull request whose change still applies. The next attempt is the same change on the new base. */
export const BaseMovedEvent = z.strictObject({
  kind: z.literal("base-moved"),
  /** The attempt that made the change. */
  attempt: z.int().positive(),
  /** Head of the pull request, and of the default branch. */
  head: ObjectId,
  onto: ObjectId,
  because: WhyRebuilt,
});

/** A change that control repeated from git data, without a coder. */
export const Rebuilt = z.strictObject({
  /** The attempt that made the change. */
  of: z.int().positive(),
  changeSet: ChangeSet,
  ...SaidOfChange.shape,
});
export type Rebuilt = z.infer<typeof Rebuilt>;
