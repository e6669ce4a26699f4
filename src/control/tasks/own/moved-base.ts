import type { ChangeSet } from "../../../domain/change-set.ts";
import { dependencyKind } from "../../../domain/dependencies/files.ts";
import type { ObjectId } from "../../../domain/digest.ts";
import type { Continued } from "../../../domain/github/owned-pull-request.ts";
import type { WhyRebuilt } from "../../../domain/ledger/rebuilt.ts";
import { cut } from "../../../domain/text/cut.ts";
import { CONFIG_PATH } from "../../observed/config-text.ts";
import type { OnIssue } from "../../observed/issue-view.ts";
import { continuedBy } from "../../observed/pull-requests.ts";
import type { Wants } from "../../observed/situation.ts";
import { makeStep } from "../../three-way/make-step.ts";
import { type Conflict, changedPaths, type ThreeTrees, WHY } from "../../three-way/steps.ts";

/** The default branch, if it has moved since the open pull request was verified. */
export interface MovedBase {
  readonly continues: Continued;
  /** Its current commit. */
  readonly onto: ObjectId;
  readonly made:
    | { readonly conflicts: readonly Conflict[] }
    /** The same change on the new base, and why it has to be verified again; absent if nothing requires that. */
    | { readonly changeSet: ChangeSet; readonly because?: WhyRebuilt };
}

/**
 * The change of the open pull request on the current default branch: the step from its base to its head, repeated path
 * by path, as a revert repeats it backwards. Undefined if nothing moved, or if GitHub does not list all files.
 */
export function movedBase(view: OnIssue): MovedBase | Wants | undefined {
  const going = continuedBy(view);
  if ("refusal" in going || going.continues?.base === undefined) return undefined;
  const { continues } = going;
  const { head: to, base: from } = going.continues;
  const { head: onto } = view.snapshot.repository;
  if (onto === from) return undefined;
  const trees = treesAt(view, { from, to, onto });
  if (trees === undefined || "wants" in trees) return trees;
  const made = makeStep({ commits: { from, to, onto }, trees }, view.files);
  if ("wants" in made) return made;
  if ("conflicts" in made) return { continues, onto, made };
  const because = view.owned?.behind === true ? "required" : whyAnew(trees);
  return { continues, onto, made: { ...made, ...(because === undefined ? {} : { because }) } };
}

/** The most conflicts that a ledger entry takes, and the most characters of each. */
const MOST_NAMED = 8;
const FINDING = 300;

/** Conflicts of a pull request with the default branch at a commit. */
interface Conflicting {
  readonly pullRequest: number;
  readonly onto: ObjectId;
  readonly conflicts: readonly Conflict[];
}

/** Both sides of a conflict, as findings for the next attempt: its paths, and the pull request that changed each of them last. */
export function sayConflicts(
  { changers }: OnIssue,
  { pullRequest, onto, conflicts }: Conflicting,
): string[] | Wants {
  const named = conflicts.slice(0, MOST_NAMED);
  if (changers === undefined) {
    return { wants: [], changers: { commit: onto, paths: named.map(({ path }) => path) } };
  }
  return [
    `base-moved: pull request ${pullRequest} conflicts with the default branch at ${onto}`,
    ...named.map(({ path, why }) => {
      const by = changers.get(path);
      const whose = by === undefined ? "" : `, last by pull request ${by}`;
      return cut(`${path}: ${WHY[why]}${whose}`, FINDING);
    }),
  ];
}

function treesAt(
  { trees }: OnIssue,
  commits: Readonly<Record<keyof ThreeTrees, ObjectId>>,
): ThreeTrees | Wants | undefined {
  const [from, to, onto] = [commits.from, commits.to, commits.onto].map((one) => trees?.get(one));
  if (from === undefined || to === undefined || onto === undefined) {
    return { wants: [], trees: [commits.from, commits.to, commits.onto] };
  }
  if ("unknown" in from.files || "unknown" in to.files || "unknown" in onto.files) return undefined;
  return { from: from.files.known, to: to.files.known, onto: onto.files.known };
}

/** A fact that makes a merge differ from what was verified, because of changes on the base. */
function whyAnew({ from, to, onto }: ThreeTrees): WhyRebuilt | undefined {
  const since = changedPaths(from, onto);
  const left = new Set(changedPaths(to, onto));
  // If both sides made the same change to a file, nothing of it is left to verify.
  const own = changedPaths(from, to).filter((path) => left.has(path));
  if (own.some((path) => since.includes(path))) return "same-files";
  if (since.includes(CONFIG_PATH)) return "config";
  return since.some((path) => dependencyKind(path) !== undefined) ? "dependencies" : undefined;
}
