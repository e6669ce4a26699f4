import { openRepository } from "../../../adapters/repository/repository.ts";
import { UsageError } from "../../command/usage-error.ts";
import type { Source } from "../../source/resolve-base.ts";
import type { Gh } from "../github/set-up.ts";
import { openRecord } from "../open-record.ts";
import { type InitPlan, type InitRecord, RECORD } from "../record.ts";
import type { WorkTree } from "../tree/work-tree.ts";
import { pathsOf } from "../write-plan.ts";
import { type Draft, openDraft } from "./draft.ts";
import { makeBranch } from "./make-branch.ts";
import { messageOf } from "./message.ts";
import type { OwnGit } from "./own-git.ts";
import { type Place, refuseUnmakeable } from "./place.ts";
import { findRemote, type OpenedPull, openPull, refuseUnpublished } from "./pull-request.ts";
import { findStanding, otherBranch, type Standing } from "./standing.ts";

/** What came of the branch, and of its pull request where one was asked for. */
export interface HandedIn {
  readonly branch: string;
  /** `there`: an earlier run made it, and nobody changed it. */
  readonly fate: "made" | "there" | "planned";
  /** The commit that the branch begins at. */
  readonly base: string;
  /** Absent where the branch is only planned. */
  readonly commit?: string;
  /** How many files it adds. */
  readonly files: number;
  /** The remote that it goes to; absent where no pull request was asked for. */
  readonly remote?: string;
  readonly pullRequest?: OpenedPull;
}

/** A branch on which init's files are put, instead of into the work tree. */
export interface HandIn {
  /** What stands, by the commit that the branch is made from; what is written is held until the end. */
  readonly tree: WorkTree;
  readonly branch: string;
  /** How many files the branch would add; 0 where all of them are committed already. */
  count(plan: InitPlan): number;
  /** Makes the branch, and opens the pull request. Undefined where there is nothing to put on it. */
  finish(plan: InitPlan, how: { readonly dryRun: boolean }): Promise<HandedIn | undefined>;
}

interface Begun {
  readonly own: OwnGit;
  readonly gh: Gh;
  readonly branch: string;
  readonly base: string;
  /** The branch, where an earlier run made it. */
  readonly standing: Standing | undefined;
  readonly remote: string | undefined;
  readonly draft: Draft;
}

/**
 * @throws UsageError before anything is tried or written, for a name, a remote or an identity that is not there, and for a
 *   branch of that name that holds something else
 */
export async function beginHandIn(about: {
  readonly source: Source;
  readonly files: WorkTree;
  readonly place: Exclude<Place, "files">;
  readonly branch: string;
  readonly environment: OwnGit["environment"];
  readonly gh: Gh;
}): Promise<HandIn> {
  const { source, files, place, branch, environment, gh } = about;
  const own = { directory: source.directory, environment };
  await refuseUnmakeable(own, branch);
  const remote = place === "pull-request" ? await findRemote(own) : undefined;
  const repository = await openRepository(source.commonDirectory);
  try {
    const standing = await findStanding(own, { branch, repository });
    const base = standing?.base ?? source.base;
    if (remote !== undefined) await refuseUnpublished(own, { remote, base });
    const commit = standing?.commit ?? source.base;
    const draft = await openDraft({ repository, commit, below: files });
    return handInOf({ own, gh, branch, base: source.base, standing, remote, draft });
  } finally {
    await repository.close();
  }
}

function handInOf(begun: Begun): HandIn {
  const { draft, standing } = begun;
  const additionsOf = (plan: InitPlan) => {
    const record = plan.record ?? openRecord(draft);
    return record === undefined ? [] : draft.additions(record);
  };
  const count = (plan: InitPlan) => {
    const fresh = new Set(pathsOf(plan));
    const isThere = (path: string) => fresh.has(path) || draft.read(path) !== undefined;
    const named = Object.keys((plan.record ?? openRecord(draft))?.files ?? {});
    return named.filter((path) => !draft.holds(path) && isThere(path)).length;
  };
  return {
    tree: draft,
    branch: begun.branch,
    count,
    async finish(plan, { dryRun }) {
      if (standing !== undefined) {
        refuseOlder(begun.branch, plan);
        const there = { branch: begun.branch, fate: "there", ...standing } as const;
        return withPull(begun, there, { dryRun });
      }
      refuseUncommitted(draft, plan);
      const files = count(plan);
      if (files === 0) return undefined;
      const made = { branch: begun.branch, base: begun.base, files };
      if (dryRun) return withPull(begun, { ...made, fate: "planned" }, { dryRun });
      const additions = additionsOf(plan);
      const message = messageOf(openRecord(draft)?.by ?? "");
      const commit = await makeBranch(begun.own, { ...made, files: additions, message });
      return withPull(begun, { ...made, fate: "made", commit }, { dryRun });
    },
  };
}

async function withPull(
  { own, gh, branch, remote }: Begun,
  handed: HandedIn,
  { dryRun }: { readonly dryRun: boolean },
): Promise<HandedIn> {
  if (remote === undefined) return handed;
  const { commit } = handed;
  if (dryRun || commit === undefined) {
    return { ...handed, remote, pullRequest: { fate: "planned" } };
  }
  return { ...handed, remote, pullRequest: await openPull(gh, { own, branch, remote, commit }) };
}

/** Where an older init put fewer files there. */
function refuseOlder(branch: string, plan: InitPlan): void {
  if (plan.record === undefined) return;
  const missing = plan.files.find(({ fate }) => fate === "written")?.path ?? RECORD;
  throw otherBranch(branch, `${missing} is missing there`);
}

/** What a person wrote at one of init's places and did not commit would be missing on the branch, without a word. */
function refuseUncommitted(draft: Draft, plan: InitPlan): void {
  const record: InitRecord | undefined = plan.record ?? openRecord(draft);
  const found = plan.files.filter(
    ({ path, fate }) =>
      (fate === "kept" || fate === "same") &&
      !draft.holds(path) &&
      !Object.hasOwn(record?.files ?? {}, path),
  );
  if (found.length === 0) return;
  const paths = found.map(({ path }) => path).join(", ");
  throw new UsageError(
    `--branch: ${paths} ${found.length === 1 ? "is" : "are"} not committed, and the branch would lack ${found.length === 1 ? "it" : "them"}; commit first`,
  );
}
