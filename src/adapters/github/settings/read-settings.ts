import { z } from "zod";
import { messageOf } from "../../../domain/text/message-of.ts";
import type { BranchRule, Known, Settings } from "../../../ports/settings.ts";
import { type Client, type ClientOptions, createClient } from "../client/client.ts";
import { requestErrorOf } from "../client/request-error.ts";

const RepositoryAnswer = z.object({
  default_branch: z.string(),
  archived: z.boolean(),
  has_issues: z.boolean(),
  // Only shown to accounts that may push.
  allow_merge_commit: z.boolean().optional(),
});

const ActionsAnswer = z.object({
  default_workflow_permissions: z.string(),
  can_approve_pull_request_reviews: z.boolean(),
});

const SecretsAnswer = z.object({ secrets: z.array(z.object({ name: z.string() })) });
const LabelAnswer = z.object({ name: z.string() });

const RuleAnswer = z.object({
  type: z.string(),
  parameters: z
    .object({
      required_approving_review_count: z.number().optional(),
      required_status_checks: z.array(z.object({ context: z.string() })).optional(),
    })
    .optional(),
});

const RunsAnswer = z.object({
  workflow_runs: z.array(z.object({ created_at: z.string(), conclusion: z.string().nullable() })),
});

/**
 * Reads the settings of a repository on GitHub, in seven separate requests. A refused one is unknown. @param
 * workflowFile name of the file in .github/workflows that calls the factory
 */
export async function readSettings(
  options: ClientOptions,
  workflowFile: string,
): Promise<Settings> {
  const client = createClient(options);
  const repository = await known(() => client.ask(RepositoryAnswer, "GET /"));
  const branch = "known" in repository ? repository.known.default_branch : undefined;
  return {
    repository: mapped(repository, (answer) => ({
      defaultBranch: answer.default_branch,
      archived: answer.archived,
      hasIssues: answer.has_issues,
      allowsMergeCommits: answer.allow_merge_commit,
    })),
    actions: mapped(
      await known(() => client.ask(ActionsAnswer, "GET /actions/permissions/workflow")),
      (answer) => ({
        mayApprove: answer.can_approve_pull_request_reviews,
        defaultPermission: answer.default_workflow_permissions,
      }),
    ),
    secrets: await readSecrets(client),
    labels: mapped(await known(() => client.list(LabelAnswer, "GET /labels")), (answer) =>
      answer.map(({ name }) => name),
    ),
    rules: await readRules(client, branch),
    heartbeat: mapped(
      await known(() =>
        client.ask(RunsAnswer, "GET /actions/workflows/{workflow_id}/runs", {
          workflow_id: workflowFile,
          event: "schedule",
          per_page: 1,
        }),
      ),
      ({ workflow_runs: [run] }) =>
        run === undefined ? undefined : { at: run.created_at, conclusion: run.conclusion },
    ),
  };
}

/** The repository's own, and those of its organization; a person's repository has none of the second. */
async function readSecrets(client: Client): Promise<Settings["secrets"]> {
  const own = await known(() => client.ask(SecretsAnswer, "GET /actions/secrets", PAGE));
  if ("unknown" in own) return own;
  const lent = await known(() =>
    client.ask(SecretsAnswer, "GET /actions/organization-secrets", PAGE),
  );
  const all = [...own.known.secrets, ...("known" in lent ? lent.known.secrets : [])];
  return { known: all.map(({ name }) => name) };
}

const PAGE = { per_page: 100 };

async function readRules(client: Client, branch: string | undefined): Promise<Settings["rules"]> {
  if (branch === undefined) return { unknown: "the default branch is not known" };
  const answer = await known(() =>
    client.ask(z.array(RuleAnswer), "GET /rules/branches/{branch}", { branch, ...PAGE }),
  );
  return mapped(answer, (rules) => rules.map(ruleOf));
}

function ruleOf({ type, parameters }: z.infer<typeof RuleAnswer>): BranchRule {
  const approvals = parameters?.required_approving_review_count;
  const checks = parameters?.required_status_checks?.map(({ context }) => context);
  return {
    type,
    ...(approvals === undefined ? {} : { approvals }),
    ...(checks === undefined ? {} : { checks }),
  };
}

async function known<Value>(ask: () => Promise<Value>): Promise<Known<Value>> {
  try {
    return { known: await ask() };
  } catch (error: unknown) {
    const failure = requestErrorOf(error);
    const status = failure?.status === undefined ? "" : `${failure.status} `;
    return { unknown: `GitHub said: ${status}${failure?.message ?? messageOf(error)}` };
  }
}

function mapped<From, To>(read: Known<From>, map: (value: From) => To): Known<To> {
  return "known" in read ? { known: map(read.known) } : read;
}
