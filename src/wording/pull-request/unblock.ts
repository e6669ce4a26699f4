import { tokensOf } from "../../domain/budget.ts";
import type { ObjectId } from "../../domain/digest.ts";
import type { Evidence } from "../../domain/evidence.ts";
import type { TwoSides, Unblock } from "../../domain/github/unblock.ts";
import type { Refusal } from "../../domain/refusal.ts";
import type { Usage } from "../../domain/usage.ts";
import { typed } from "../commands.ts";
import { counted, sayTokens, sayUsd } from "../figures.ts";
import { sayWhy } from "../refusals.ts";
import { boundBody, ownLink, safePlain, safeText } from "../safe-text.ts";
import { sayChecks, saySides } from "./unblock-sides.ts";

/** What was found of a result, and what it cost. */
interface Found {
  readonly twoSides: TwoSides;
  readonly usage?: Usage;
  readonly evidence?: readonly Evidence[];
  readonly base?: ObjectId;
}

/** What came of the wish that a pull request be mended. */
export type UnblockStory =
  | { readonly kind: "refused"; readonly refusals: readonly Refusal[]; readonly found?: Found }
  | {
      readonly kind: "offered";
      readonly onto: Unblock["onto"];
      /** Where the result stands. */
      readonly branch: string;
      /** The branch of the pull request. */
      readonly target: string;
      readonly commit: ObjectId;
      /** In the words of the model that resolved it. */
      readonly summary: string;
      readonly found: Found;
      /** Protected paths that the pull request itself changes. */
      readonly steered: readonly string[];
      /** Checks of the repository that were red. */
      readonly red: readonly string[];
    };

/** What the first line of every answer about a head begins with. */
export function answersOf(head: ObjectId): string {
  return `### Millwright · unblock of ${head.slice(0, 12)} `;
}

/** First line of the comment: new for each run, so that whoever asked is told, and that no answer takes the place of another. */
export function unblockMarker(about: { readonly head: ObjectId; readonly run: number }): string {
  return `${answersOf(about.head)}by run ${about.run}`;
}

/** Three lines (what came of it, why or what was done, what is next), then the tables. */
export function renderUnblock(said: {
  readonly head: ObjectId;
  readonly run: number;
  readonly runUrl: string;
  readonly story: UnblockStory;
}): string {
  const { runUrl, story } = said;
  const { found } = story;
  const lines = [
    unblockMarker(said),
    "",
    ...(story.kind === "offered" ? sayOffered(story) : sayRefused(story.refusals)),
    ...(found === undefined ? [] : ["", ...saySides(found.twoSides)]),
    ...(found?.evidence === undefined ? [] : sayChecks(found.evidence)),
    ...(story.kind === "offered" ? saySteered(story.steered) : []),
    "",
    `${[...sayCost(found), ownLink("the run", runUrl)].join(" · ")}`,
    "",
  ];
  return boundBody(lines.join("\n"), { whole: `${ownLink("The run", runUrl)} holds all of it.` });
}

function sayOffered(story: Extract<UnblockStory, { kind: "offered" }>): readonly string[] {
  const { onto, branch, target, commit, summary, found, red } = story;
  const conflicts = found.twoSides.conflicts.length;
  const mended = [
    ...(conflicts === 0 ? [] : [`${counted(conflicts, "file")} in conflict resolved`]),
    ...(red.length === 0
      ? []
      : [`red before, and your CI has to say it anew: ${red.map(safeText).join(", ")}`]),
  ];
  const what = mended.length === 0 ? "the checks pass" : mended.join("; ");
  const short = commit.slice(0, 12);
  const where =
    onto === "branch"
      ? `it is commit \`${short}\` on ${safeText(branch)}, as was asked.`
      : `it is commit \`${short}\` on ${safeText(branch)}; your own branch was not touched.`;
  const look = isWhole(found.twoSides) ? "" : "look at what was dropped or edited below; ";
  const next =
    onto === "branch"
      ? `${look}merge as usual.`
      : `${look}\`git fetch origin ${safePlain(branch)} && git merge --ff-only FETCH_HEAD\` takes it onto ${safeText(target)}, or comment ${typed("unblock-push")}.`;
  return [
    `✅ **Mended, and every test of both sides passes**: ${where}`,
    `Done: ${what}. ${safeText(summary)}`,
    `Next: ${next}`,
  ].flatMap((line, index) => (index === 0 ? [line] : ["", line]));
}

/** Nothing of either side is missing, and nothing was edited beyond the merge. */
function isWhole({ sides, edited }: TwoSides): boolean {
  return edited.length + sides.head.dropped.total + sides.base.dropped.total === 0;
}

/** How tests and checks run may be its own word then. */
function saySteered(paths: readonly string[]): readonly string[] {
  if (paths.length === 0) return [];
  const named = paths.map(safeText).join(", ");
  return [
    "",
    `The pull request itself changes what may steer checks and tests, and this proof rests on that: ${named}`,
  ];
}

function sayRefused(refusals: readonly Refusal[]): readonly string[] {
  const [first, ...rest] = refusals;
  const why = first === undefined ? "nobody said why" : sayWhy(first);
  return [
    "🔶 **Nothing was offered, and no branch was touched.**",
    "",
    `Why: ${why}.`,
    ...rest.map((refusal) => `- ${sayWhy(refusal)}.`),
    "",
    `Next: ${first?.code === "day-spent" ? "wait for another day (UTC), or raise `limits.usdPerDay` in `.github/factory.yml`" : "change what stands here"}, then comment ${typed("unblock")} again; or mend the branch yourself.`,
  ];
}

function sayCost(found: Found | undefined): readonly string[] {
  if (found === undefined) return [];
  const { usage, base, twoSides } = found;
  const onto = base === undefined ? "" : ` and base \`${base.slice(0, 12)}\``;
  return [
    `Of head \`${twoSides.head.slice(0, 12)}\`${onto}, which parted at \`${twoSides.mergeBase.slice(0, 12)}\``,
    ...(usage === undefined ? [] : [`${sayTokens(tokensOf(usage))} tokens, ${sayUsd(usage.usd)}`]),
  ];
}

export function renderUnblockCommit(commit: {
  readonly pullRequest: number;
  readonly tree: ObjectId;
  /** The branch that it merges in; absent where that did not move. */
  readonly merges?: string | undefined;
}): string {
  const { merges, pullRequest, tree } = commit;
  const subject =
    merges === undefined
      ? `Mend the checks of pull request ${pullRequest}`
      : `Merge ${safePlain(merges)} into pull request ${pullRequest}`;
  return [subject.slice(0, 72), "", `Pull-Request: ${pullRequest}`, `Verified-Tree: ${tree}`].join(
    "\n",
  );
}
