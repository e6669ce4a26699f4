import { z } from "zod";
import type { EffectOf } from "../../domain/github/effect.ts";
import type { ResultOf } from "../../domain/github/receipt.ts";
import { CommentAnswer } from "./answers.ts";
import { parseAnswer } from "./client/client.ts";
import { createOnce, type Execution } from "./execution.ts";
import { firstLine, type OwnComment, unified } from "./memory.ts";

type WriteComment = EffectOf<"write-comment">;

/** The factory's one comment with this first line: edited in place, or created. */
export async function writeComment(
  execution: Execution,
  effect: WriteComment,
): Promise<ResultOf<"write-comment">> {
  const { client, identity, memory } = execution;
  const { issue, marker, body } = effect;
  if (!body.startsWith(`${marker}\n`)) {
    throw new TypeError(`the comment "${effect.key}" does not begin with its marker`);
  }
  if (effect.comment !== null) return await edit(execution, effect, effect.comment);
  let isRepeated = false;
  const { outcome, value } = await createOnce<OwnComment>(client, {
    find: async () => {
      const known = isRepeated ? undefined : memory.comment(issue, marker);
      if (known !== undefined) return known ?? undefined;
      const comments = await client.list(CommentAnswer, "GET /issues/{issue_number}/comments", {
        issue_number: issue,
      });
      const since = Date.parse(memory.cameAt(issue) ?? "1970-01-01T00:00:00Z");
      return comments.find(
        (one) =>
          one.user.id === identity.id &&
          firstLine(one.body) === marker &&
          Date.parse(one.created_at) >= since,
      );
    },
    create: async () => {
      isRepeated = true;
      return await create(execution, effect);
    },
  });
  if (outcome === "already" && unified(value.body) !== unified(body)) {
    return await edit(execution, effect, value.id);
  }
  memory.wrote(issue, marker, { id: value.id, body });
  return { outcome, number: value.id };
}

/** A write's other results: GitHub's time, and the labels, which the next effect may change. */
const SHOWN = `fragment Shown on IssueComment {
  id fullDatabaseId updatedAt issue { labels(first: 100) { nodes { name } pageInfo { hasNextPage } } }
}`;
const ADD = `mutation Add($node: ID!, $body: String!) {
  addComment(input: {subjectId: $node, body: $body}) { commentEdge { node { ...Shown } } }
}
${SHOWN}`;
const UPDATE = `mutation Update($node: ID!, $body: String!) {
  updateIssueComment(input: {id: $node, body: $body}) { issueComment { ...Shown } }
}
${SHOWN}`;
export const COMMENT_MUTATIONS = [ADD, UPDATE];

const Shown = z.object({
  id: z.string(),
  fullDatabaseId: z.coerce.number().int().positive(),
  updatedAt: z.string(),
  issue: z.object({
    labels: z.object({
      nodes: z.array(z.object({ name: z.string() })),
      pageInfo: z.object({ hasNextPage: z.boolean() }),
    }),
  }),
});
const Added = z.object({ addComment: z.object({ commentEdge: z.object({ node: Shown }) }) });
const Updated = z.object({ updateIssueComment: z.object({ issueComment: Shown }) });

async function create({ client, memory }: Execution, effect: WriteComment): Promise<OwnComment> {
  const { issue, body } = effect;
  const node = memory.node({ issue });
  if (node === undefined) {
    const route = "POST /issues/{issue_number}/comments";
    return await client.askOnce(CommentAnswer, route, { issue_number: issue, body });
  }
  const answer = parseAnswer(Added, "a new comment", await client.change(ADD, { node, body }));
  return { id: note(memory, issue, answer.addComment.commentEdge.node), body };
}

async function edit(
  { client, memory }: Execution,
  { issue, marker, body }: WriteComment,
  comment: number,
): Promise<ResultOf<"write-comment">> {
  const node = memory.node({ comment });
  if (node === undefined) {
    const route = "PATCH /issues/comments/{comment_id}";
    await client.ask(CommentAnswer, route, { comment_id: comment, body });
  } else {
    const answer = await client.change(UPDATE, { node, body }, { isRepeatable: true });
    const { issueComment } = parseAnswer(Updated, "an edited comment", answer).updateIssueComment;
    note(memory, issue, issueComment);
  }
  memory.wrote(issue, marker, { id: comment, body });
  return { outcome: "done", number: comment };
}

/** Records a write's results; returns the id of its comment. */
function note(memory: Execution["memory"], issue: number, shown: z.infer<typeof Shown>): number {
  const { labels } = shown.issue;
  const names = labels.nodes.map(({ name }) => name);
  if (!labels.pageInfo.hasNextPage) memory.sawLabels(issue, names);
  memory.toldTime(shown.updatedAt);
  memory.named(shown.fullDatabaseId, shown.id);
  return shown.fullDatabaseId;
}
