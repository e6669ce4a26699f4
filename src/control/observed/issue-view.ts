import type { AuthorizedActor } from "../../domain/actor.ts";
import { Config } from "../../domain/config/schema.ts";
import type {
  BranchState,
  CommentState,
  IssueSnapshot,
  IssueState,
} from "../../domain/github/snapshot.ts";
import { stageLabel, stagesOf } from "../../domain/label.ts";
import { refuseSealKey } from "../../domain/ledger/seal-key.ts";
import { type LedgerPlace, stageOfLedger } from "../../domain/ledger.ts";
import type { Refusal } from "../../domain/refusal.ts";
import type { Stage } from "../../domain/stage.ts";
import { readConfigOf } from "./config-text.ts";
import { type Trigger, whoRang } from "./event.ts";
import { type LedgerState, readLedger } from "./ledger/ledger.ts";
import { issueSpokenOn, wordsOf } from "./review/words.ts";
import { stageBeforeLoss } from "./runs/run-again.ts";
import { issueOfTask } from "./scope.ts";
import type { Situation } from "./situation.ts";
import { whatRang } from "./what-rang.ts";

/** One issue, with all facts that rules need, computed once. */
export interface IssueView {
  readonly issue: IssueState;
  readonly comments: readonly CommentState[];
  readonly branches: readonly BranchState[];
  readonly ledger: LedgerState;
  /** By the ledger; labels only show it. `new` before the first entry. */
  readonly stage: Stage | "new";
}

/** Stands for the issue of a task that works on none. */
interface NoIssue extends Omit<IssueView, "issue"> {
  readonly issue: undefined;
}

interface RepositoryView extends Situation {
  readonly trigger: Trigger | undefined;
  /** Why there is no trigger. */
  readonly triggerRefusal?: Refusal;
  /** The config at the head; the defaults if it cannot be read. */
  readonly config: Config;
  /** The fault of the config, or of the key for the ledger's seal. */
  readonly configRefusal?: Refusal;
  readonly prefix: string;
  /** Every issue of the snapshot. */
  readonly issues: readonly IssueView[];
  readonly actor: AuthorizedActor | undefined;
  /** The comment or review that rang, as it is now. */
  readonly comment: Omit<CommentState, "url"> | undefined;
}

/** A situation as read, with the issue of the task as its subject. */
export type View = RepositoryView & (IssueView | NoIssue);
/** The view of a task whose issue was observed. */
export type OnIssue = RepositoryView & IssueView;

/** The view of somebody's words about an issue, as they stand now. */
export type OnWords = OnIssue & {
  readonly actor: AuthorizedActor;
  readonly comment: NonNullable<RepositoryView["comment"]>;
};

export function isOnIssue(view: View): view is OnIssue {
  return view.issue !== undefined;
}

/** Not where what rang is nobody's word, or where it is gone. */
export function isOnWords(view: OnIssue): view is OnWords {
  return view.actor !== undefined && view.comment !== undefined;
}

const NO_ISSUE: NoIssue = {
  issue: undefined,
  comments: [],
  branches: [],
  ledger: { entries: [], comment: null },
  stage: "new",
};

export function readSituation(situation: Situation): View {
  const { input, snapshot } = situation;
  const reading = readConfigOf(snapshot);
  const config = "config" in reading ? reading.config : Config.parse({});
  const configRefusal = "refusal" in reading ? reading.refusal : refuseSealKey(input.sealKey);
  const rang = whatRang(input);
  const trigger = "trigger" in rang ? rang.trigger : undefined;
  const prefix = input.order?.config.prefix ?? config.prefix;
  const issues = snapshot.issues.map((seen) => readIssue(situation, seen, prefix));
  const number = issueOfTask(input) ?? issueSpokenOn(trigger, snapshot);
  const focus = issues.find(({ issue }) => issue.number === number) ?? found(input, issues);
  const comment =
    trigger?.kind === "commented" && !trigger.onPullRequest
      ? focus.comments.find(({ id }) => id === trigger.comment)
      : wordsOf(trigger, situation);
  return {
    ...situation,
    trigger,
    ...("refusal" in rang ? { triggerRefusal: rang.refusal } : {}),
    config,
    ...(configRefusal === undefined ? {} : { configRefusal }),
    prefix,
    issues,
    ...focus,
    actor: actorOf(situation, { trigger, comment }),
    comment,
  };
}

/**
 * A sent alert names no issue, so only the issue found by its fingerprint is looked at. A scheduled run looks at many,
 * and none is its subject.
 */
function found({ task, event }: Situation["input"], issues: readonly IssueView[]) {
  const isSent = task === "incident" && event.name !== "schedule";
  return (isSent ? issues[0] : undefined) ?? NO_ISSUE;
}

function readIssue(situation: Situation, seen: IssueSnapshot, prefix: string): IssueView {
  const { input, snapshot } = situation;
  const queued = showsQueued(seen.issue, prefix);
  const ledger = readLedger(seen.comments, {
    identity: input.identity.id,
    place: { repositoryId: snapshot.repository.id, issue: seen.issue.number },
    queued,
    stages: stagesOf(prefix, seen.issue.labels),
    branches: seen.branches,
    ...(input.sealKey === undefined ? {} : { key: input.sealKey }),
  });
  const stage = stageBeforeLoss(ledger.entries, input.run) ?? stageOf(ledger, queued);
  return { ...seen, ledger, stage };
}

/** Where a ledger belongs. Its seal binds it to this place. */
export function placeOf({ snapshot, issue }: OnIssue): LedgerPlace {
  return { repositoryId: snapshot.repository.id, issue: issue.number };
}

function stageOf(ledger: LedgerState, queued: boolean): Stage | "new" {
  // The first entry is written when intake ends. Until then only the label exists.
  return stageOfLedger(ledger.entries) ?? (queued ? "queued" : "new");
}

function showsQueued(issue: IssueState, prefix: string): boolean {
  const queued = stageLabel(prefix, "queued").toLowerCase();
  return issue.labels.some((label) => label.toLowerCase() === queued);
}

/**
 * The person who rang, with the permission that GitHub reports now. Undefined for a schedule, for an ended check, which
 * is nobody's command, and for a deleted comment.
 */
function actorOf(
  situation: Situation,
  rang: { readonly trigger: Trigger | undefined; readonly comment: RepositoryView["comment"] },
): AuthorizedActor | undefined {
  const { trigger, comment } = rang;
  const by = whoRang(trigger);
  if (by === undefined) return undefined;
  if (trigger?.kind === "commented" && !trigger.onPullRequest) return comment?.author;
  const { permissions } = situation.snapshot;
  const permission = Object.hasOwn(permissions, by.login) ? permissions[by.login] : undefined;
  return { ...by, permission: permission ?? "none" };
}

/** The address of the repository for links, without a trailing slash. */
export function repositoryUrl({ input }: Situation): string {
  return `${input.run.serverUrl.replace(/\/+$/, "")}/${input.run.repository}`;
}

/** Whether a comment of the factory begins with this line. That is how one-time comments are found. */
export function hasSaid({ comments, input }: OnIssue, marker: string): boolean {
  return comments.some(
    ({ author, body }) => author.id === input.identity.id && body.startsWith(`${marker}\n`),
  );
}
