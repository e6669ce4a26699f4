import { z } from "zod";
import type { EffectOf } from "../../domain/github/effect.ts";
import type { ResultOf } from "../../domain/github/receipt.ts";
import type { Scope } from "../../domain/github/snapshot.ts";
import { PullAnswer } from "./answers.ts";
import { readBranch } from "./branch/branch-effects.ts";
import { refusalIn } from "./client/graphql-answer.ts";
import { createOnce, type Execution, Refused } from "./execution.ts";
import { lookFields, lookFragments, lookValues, lookVariables } from "./observe/look/query.ts";

type OpenPullRequest = EffectOf<"open-pull-request">;
interface Found {
  readonly number: number;
  readonly base: { readonly ref: string };
}

/**
 * A pull request is identified by its head branch, and a closed one also by the branch's commit: if the branch was
 * created again, the closed one was about something else. An attempt's branch never gets a second one.
 */
export async function openPullRequest(
  execution: Execution,
  effect: OpenPullRequest,
  owner: string,
): Promise<ResultOf<"open-pull-request">> {
  const { client, memory } = execution;
  let isRepeated = false;
  const { outcome, value } = await createOnce<Found>(client, {
    find: async () => {
      if (!isRepeated && memory.isUnopened(effect.head)) return undefined;
      const pulls = await client.list(PullAnswer, "GET /pulls", {
        state: "all",
        head: `${owner}:${effect.head}`,
      });
      const open = pulls.find(({ head, state }) => head.ref === effect.head && state === "open");
      if (open !== undefined || pulls.length === 0) return open;
      const branch = await readBranch(client, effect.head);
      return branch === undefined ? pulls[0] : pulls.find(({ head }) => head.sha === branch.sha);
    },
    create: async () => {
      const isFirst = !isRepeated;
      isRepeated = true;
      return await create(execution, effect, isFirst);
    },
  });
  memory.opened(effect.head);
  if (value.base.ref !== effect.base) {
    throw new Refused({
      code: "effect-refused",
      did: "nothing",
      reason: `pull request ${value.number} goes to ${value.base.ref} and not to ${effect.base}`,
    });
  }
  return { outcome, number: value.number };
}

async function create(
  execution: Execution,
  effect: OpenPullRequest,
  isFirst: boolean,
): Promise<Found> {
  const { client, memory } = execution;
  const repository = memory.node("repository");
  const scope = memory.scope();
  if (isFirst && repository !== undefined && scope !== undefined) {
    return await createAndLook(execution, effect, { repository, scope });
  }
  const { title, body, head, base } = effect;
  return await client.askOnce(PullAnswer, "POST /pulls", { title, body, head, base });
}

const Opened = z.object({
  createPullRequest: z.object({
    pullRequest: z.object({
      id: z.string(),
      number: z.int().positive(),
      baseRefName: z.string(),
      repository: z.unknown(),
    }),
  }),
});
const ABOVE = ["createPullRequest", "pullRequest", "repository"];

/** The mutation that opens a pull request and reads the repository after it, as a job does before it merges. */
export function openingMutation(scope: Scope): string {
  const variables = ["input: CreatePullRequestInput!", ...lookVariables(scope)];
  return [
    `mutation Open(${variables.map((one) => `$${one}`).join(", ")}) {
  createPullRequest(input: $input) { pullRequest { id number baseRefName repository {
    ${lookFields(scope)}
  } } }
}`,
    ...lookFragments(scope),
  ].join("\n");
}

/** The repository in the answer is the next look, if nothing is written before it. */
async function createAndLook(
  { client, memory }: Execution,
  { title, body, head, base }: OpenPullRequest,
  from: { readonly repository: string; readonly scope: Scope },
): Promise<Found> {
  const { repository: repositoryId, scope } = from;
  const input = { repositoryId, title, body, headRefName: head, baseRefName: base };
  const { data, errors } = await client.changeAll(
    openingMutation(scope),
    { input, ...lookValues(scope) },
    { isRepeatable: false, creates: true },
  );
  const parsed = Opened.safeParse(data);
  if (!parsed.success) throw refusalIn(errors);
  const { pullRequest } = parsed.data.createPullRequest;
  const { id, number, baseRefName, repository } = pullRequest;
  memory.namedPull(number, id);
  const faults = errors.map(({ path, ...fault }) => ({ ...fault, path: path.slice(ABOVE.length) }));
  if (repository != null) memory.lookedAhead({ scope, repository, errors: faults });
  return { number, base: { ref: baseRefName } };
}
