import { z } from "zod";
import type { EffectOf } from "../../domain/github/effect.ts";
import type { ResultOf } from "../../domain/github/receipt.ts";
import { CommentAnswer, PullAnswer } from "./answers.ts";
import { createOnce, type Execution } from "./execution.ts";

/** Title and body are set to the same values, however often they are sent. */
export async function updatePullRequest(
  { client }: Execution,
  { pullRequest, title, body }: EffectOf<"update-pull-request">,
): Promise<ResultOf<"update-pull-request">> {
  await client.ask(PullAnswer, "PATCH /pulls/{pull_number}", {
    pull_number: pullRequest,
    title,
    body,
  });
  return { outcome: "done" };
}

const RESOLVE = `mutation Resolve($input: ResolveReviewThreadInput!) {
  resolveReviewThread(input: $input) { thread { isResolved } }
}`;

/** Resolving twice equals resolving once; only GraphQL can do it. */
export async function resolveThread(
  { client }: Execution,
  { node }: EffectOf<"resolve-thread">,
): Promise<ResultOf<"resolve-thread">> {
  await client.change(RESOLVE, { input: { threadId: node } }, { isRepeatable: true });
  return { outcome: "done" };
}

const InThread = CommentAnswer.extend({ in_reply_to_id: z.int().positive().nullish() });

/** An answer is identified by its thread, its author and its first line. */
export async function answerThread(
  { client, identity }: Execution,
  { pullRequest, thread, marker, body }: EffectOf<"answer-thread">,
): Promise<ResultOf<"answer-thread">> {
  const pull = { pull_number: pullRequest };
  const { outcome } = await createOnce(client, {
    find: async () => {
      const written = await client.list(InThread, "GET /pulls/{pull_number}/comments", pull);
      return written.find(
        (one) =>
          one.in_reply_to_id === thread &&
          one.user.id === identity.id &&
          one.body.split(/\r?\n/)[0] === marker,
      );
    },
    create: async () =>
      await client.askOnce(InThread, "POST /pulls/{pull_number}/comments/{comment_id}/replies", {
        ...pull,
        comment_id: thread,
        body,
      }),
  });
  return { outcome };
}

const Requested = z.object({
  users: z.array(z.object({ login: z.string() })),
  teams: z.array(z.object({ slug: z.string() })),
});

/** People who are requested already are not requested again; GitHub notifies nobody twice. */
export async function requestReview(
  { client }: Execution,
  { pullRequest, people, teams }: EffectOf<"request-review">,
): Promise<ResultOf<"request-review">> {
  const pull = { pull_number: pullRequest };
  const { outcome } = await createOnce<unknown>(client, {
    find: async () => {
      const asked = await client.ask(
        Requested,
        "GET /pulls/{pull_number}/requested_reviewers",
        pull,
      );
      const all =
        holds(
          asked.users.map(({ login }) => login),
          people,
        ) &&
        holds(
          asked.teams.map(({ slug }) => slug),
          teams,
        );
      return all ? asked : undefined;
    },
    create: () =>
      client.askOnce(z.unknown(), "POST /pulls/{pull_number}/requested_reviewers", {
        ...pull,
        ...(people.length === 0 ? {} : { reviewers: people }),
        ...(teams.length === 0 ? {} : { team_reviewers: teams }),
      }),
  });
  return { outcome };
}

/** GitHub ignores case in logins and names of teams. */
function holds(asked: readonly string[], names: readonly string[]): boolean {
  const known = new Set(asked.map((name) => name.toLowerCase()));
  return names.every((name) => known.has(name.toLowerCase()));
}
