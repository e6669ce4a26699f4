import { z } from "zod";
import { ObjectId } from "../../../domain/digest.ts";
import type { Annotation, Effect, EffectOf } from "../../../domain/github/effect.ts";
import type { ResultOf } from "../../../domain/github/receipt.ts";
import { ANNOTATIONS_AT_ONCE } from "../check-run.ts";
import type { Memory } from "../memory.ts";
import { unified } from "../memory.ts";
import { isMergeable, judgeMerge } from "../merge-effect.ts";
import type { Field, Wording } from "./document.ts";

const DONE = { outcome: "done" } as const;
const NOTHING = "{ clientMutationId }";

/**
 * An effect as GraphQL; undefined for a kind without a form here, and if this job does not know all that it needs: ids,
 * and that the effect is still to be done.
 */
export function wordingOf(effect: Effect, memory: Memory): Wording<object> | undefined {
  switch (effect.kind) {
    case "write-comment":
      return commentWording(effect, memory);
    case "set-labels":
      return labelsWording(effect, memory);
    case "close-issue":
      return closeWording(effect, memory);
    case "claim-branch":
      return claimWording(effect, memory);
    case "write-check-run":
      return checkWording(effect, memory);
    case "merge-pull-request":
      return mergeWording(effect, memory);
    default:
      return undefined;
  }
}

const Comment = z.object({
  id: z.string(),
  fullDatabaseId: z.coerce.number().int().positive(),
  updatedAt: z.string(),
});
const Added = z.object({ commentEdge: z.object({ node: Comment }) });
const Edited = z.object({ issueComment: Comment });

function commentWording(
  { issue, marker, body, comment }: EffectOf<"write-comment">,
  memory: Memory,
): Wording<ResultOf<"write-comment">> | undefined {
  const wrote = ({ id, fullDatabaseId: number, updatedAt }: z.infer<typeof Comment>) => {
    memory.toldTime(updatedAt);
    memory.named(number, id);
    memory.wrote(issue, marker, { id: number, body });
    return { ...DONE, number };
  };
  // A missing marker is a mistake of ours, which the single write reports.
  if (!body.startsWith(`${marker}\n`)) return undefined;
  const known = comment === null ? memory.comment(issue, marker) : { id: comment, body: "" };
  if (known === undefined || (known !== null && unified(known.body) === unified(body))) {
    return undefined;
  }
  const node = memory.node(known === null ? { issue } : { comment: known.id });
  if (node === undefined) return undefined;
  return known === null
    ? {
        ...one(
          "addComment",
          { subjectId: node, body },
          "{ commentEdge { node { id fullDatabaseId updatedAt } } }",
        ),
        isRepeatable: false,
        creates: true,
        read: ([answer]) => wrote(Added.parse(answer).commentEdge.node),
      }
    : {
        ...one(
          "updateIssueComment",
          { id: node, body },
          "{ issueComment { id fullDatabaseId updatedAt } }",
        ),
        ...HARMLESS,
        read: ([answer]) => wrote(Edited.parse(answer).issueComment),
      };
}

const HARMLESS = { isRepeatable: true, creates: false } as const;

/**
 * Labels that somebody else added since the look stay. New ones are added first: a reader between the two steps sees a
 * stage too many, which is corrected, and never an issue without a stage.
 */
function labelsWording(
  { issue, add, remove }: EffectOf<"set-labels">,
  memory: Memory,
): Wording<ResultOf<"set-labels">> | undefined {
  const labelableId = memory.node({ issue });
  const added = add.map((label) => memory.node({ label }));
  // The repository may lack a label that no issue ever had.
  const removed = remove.flatMap((label) => memory.node({ label }) ?? []);
  if (labelableId === undefined || added.includes(undefined)) return undefined;
  const fields = [
    ...(added.length === 0
      ? []
      : [field("addLabelsToLabelable", { labelableId, labelIds: added }, NOTHING)]),
    ...(removed.length === 0
      ? []
      : [field("removeLabelsFromLabelable", { labelableId, labelIds: removed }, NOTHING)]),
  ];
  return fields.length === 0 ? undefined : { fields, ...HARMLESS, read: () => DONE };
}

function closeWording(
  { issue }: EffectOf<"close-issue">,
  memory: Memory,
): Wording<ResultOf<"close-issue">> | undefined {
  const issueId = memory.node({ issue });
  if (issueId === undefined || memory.issueState(issue) !== "open") return undefined;
  const input = { issueId, stateReason: "COMPLETED" };
  return { ...one("closeIssue", input, NOTHING), ...HARMLESS, read: () => DONE };
}

/** GitHub creates a ref atomically: of two runs one is refused. */
function claimWording(
  { branch, sha: oid }: EffectOf<"claim-branch">,
  memory: Memory,
): Wording<ResultOf<"claim-branch">> | undefined {
  const repositoryId = memory.node("repository");
  if (repositoryId === undefined) return undefined;
  const input = { repositoryId, name: `refs/heads/${branch}`, oid };
  return {
    ...one("createRef", input, NOTHING),
    isRepeatable: false,
    creates: false,
    read: () => DONE,
  };
}

const CheckRun = z.object({ checkRun: z.object({ permalink: z.string() }) });

/** GraphQL has the number of a check run in 32 bits, which it has outgrown; its address has all of it. */
function numberIn(permalink: string): number | undefined {
  const number = Number(/\/runs\/([1-9][0-9]*)$/.exec(permalink)?.[1]);
  return Number.isSafeInteger(number) ? number : undefined;
}

function checkWording(
  effect: EffectOf<"write-check-run">,
  memory: Memory,
): Wording<ResultOf<"write-check-run">> | undefined {
  const { name, sha, key, conclusion, title, summary, annotations = [] } = effect;
  const repositoryId = memory.node("repository");
  const isWhole = annotations.length <= ANNOTATIONS_AT_ONCE;
  if (repositoryId === undefined || !memory.isNew(sha) || !isWhole) return undefined;
  const marks = annotations.length === 0 ? {} : { annotations: annotations.map(asGraphQLHasIt) };
  const input = {
    repositoryId,
    name,
    headSha: sha,
    externalId: key,
    status: "COMPLETED",
    conclusion: conclusion.toUpperCase(),
    output: { title, summary, ...marks },
  };
  return {
    ...one("createCheckRun", input, "{ checkRun { permalink } }"),
    isRepeatable: false,
    creates: false,
    read([answer]) {
      const number = numberIn(CheckRun.parse(answer).checkRun.permalink);
      return number === undefined ? undefined : { ...DONE, number };
    },
  };
}

function asGraphQLHasIt({ path, line, column, level, message }: Annotation) {
  const columns = column === undefined ? {} : { startColumn: column, endColumn: column };
  const location = { startLine: line, endLine: line, ...columns };
  return { path, location, annotationLevel: level.toUpperCase(), message };
}

const Oid = z.object({ oid: ObjectId });
const Merged = z.object({
  pullRequest: z.object({
    mergedAt: z.string().nullable(),
    mergeCommit: Oid.extend({ tree: Oid, parents: z.object({ nodes: z.array(Oid) }) }).nullable(),
  }),
});

/** The merge's result is requested in its answer. */
function mergeWording(
  effect: EffectOf<"merge-pull-request">,
  memory: Memory,
): Wording<ResultOf<"merge-pull-request">> | undefined {
  const pullRequestId = memory.node({ pull: effect.pullRequest });
  const seen = memory.pullRequest(effect.pullRequest);
  if (pullRequestId === undefined || !isMergeable(seen, effect)) return undefined;
  const input = {
    pullRequestId,
    expectedHeadOid: effect.sha,
    mergeMethod: "MERGE",
    commitHeadline: effect.title,
    commitBody: effect.message,
  };
  const shows =
    "{ pullRequest { mergedAt mergeCommit { oid tree { oid } parents(first: 2) { nodes { oid } } } } }";
  return {
    ...one("mergePullRequest", input, shows),
    isRepeatable: false,
    creates: false,
    read([answer]) {
      const { mergedAt, mergeCommit: made } = Merged.parse(answer).pullRequest;
      if (made === null) return undefined;
      const parents = made.parents.nodes.map(({ oid: sha }) => ({ sha }));
      const commit = { sha: made.oid, tree: { sha: made.tree.oid }, parents };
      const merged = judgeMerge(commit, effect);
      memory.made(made.oid, mergedAt ?? undefined);
      return { ...DONE, ...merged };
    },
  };
}

/** GitHub names the input of a change after it: "AddCommentInput" of "addComment". */
function field(name: string, value: Field["value"], shows: string): Field {
  return { name, input: `${name[0]?.toUpperCase()}${name.slice(1)}Input`, value, shows };
}

function one(name: string, value: Field["value"], shows: string): Pick<Wording<object>, "fields"> {
  return { fields: [field(name, value, shows)] };
}
