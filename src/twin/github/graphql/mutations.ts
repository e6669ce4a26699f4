import { GraphQLError } from "graphql";
import { commitOnBranch, type NewCommit } from "./commit-on-branch.ts";
import { repositoryValue } from "./repository-value.ts";
import { all, ask, type Rest } from "./rest.ts";
import {
  commentValue,
  issueValue,
  labelValue,
  pullValue,
  type RestComment,
  type RestIssue,
  type RestLabel,
  type RestPull,
} from "./values.ts";

/** The object of a node id in a repository. */
export type NamedNode = { readonly rest: Rest } & (
  | { readonly kind: "repository" }
  | { readonly kind: "pull"; readonly number: number }
  /** `setPin` throws if the caller may not, or there is no room. */
  | {
      readonly kind: "issue";
      readonly number: number;
      readonly setPin: (wanted: boolean) => void;
    }
  | { readonly kind: "comment"; readonly issue: number; readonly comment: number }
  | { readonly kind: "label"; readonly label: string }
  /** A thread of review comments; `resolve` throws if the caller may not. */
  | { readonly kind: "thread"; readonly resolve: () => void }
);
type Kind = NamedNode["kind"];
export type NodeOf = (id: string) => NamedNode | undefined;

interface Input<Fields> {
  readonly input: Fields;
}

/** The writes of GraphQL, each by the routes that do the same. */
export function mutationsOf(nodeOf: NodeOf, restOf: (repository: string) => Rest) {
  const named = namedBy(nodeOf);
  return {
    ...issueMutations(named),
    ...pinMutations(named),
    ...repositoryMutations(named),
    ...pullMutations(named),
    createCommitOnBranch: async ({ input }: Input<NewCommit>) =>
      await commitOnBranch(input, restOf),
  };
}

type NamedBy = ReturnType<typeof namedBy>;

/** The node of an id, which has to be of this kind. */
function namedBy(nodeOf: NodeOf) {
  return <Wanted extends Kind>(id: string, kind: Wanted): Extract<NamedNode, { kind: Wanted }> => {
    const node = nodeOf(id);
    if (node?.kind === kind) return node as Extract<NamedNode, { kind: Wanted }>;
    const message = `Could not resolve to a node with the global id of '${id}'`;
    throw new GraphQLError(message, { extensions: { type: "NOT_FOUND" } });
  };
}

const DONE = { clientMutationId: null };

interface Labelling {
  readonly labelableId: string;
  readonly labelIds: readonly string[];
}

function issueMutations(named: NamedBy) {
  const namesOf = (ids: readonly string[]) => ids.map((id) => named(id, "label").label);
  return {
    addComment: async ({ input }: Input<{ readonly subjectId: string; readonly body: string }>) => {
      const { rest, number } = named(input.subjectId, "issue");
      const { body } = input;
      const made = await ask<RestComment>(rest, `POST /issues/${number}/comments`, { body });
      return { commentEdge: { node: commentValue(rest, number, made) } };
    },
    updateIssueComment: async ({
      input,
    }: Input<{ readonly id: string; readonly body: string }>) => {
      const { rest, issue, comment } = named(input.id, "comment");
      const { body } = input;
      const made = await ask<RestComment>(rest, `PATCH /issues/comments/${comment}`, { body });
      return { issueComment: commentValue(rest, issue, made) };
    },
    addLabelsToLabelable: async ({ input }: Input<Labelling>) => {
      const { rest, number } = named(input.labelableId, "issue");
      await ask(rest, `POST /issues/${number}/labels`, { labels: namesOf(input.labelIds) });
      return DONE;
    },
    /** A missing label counts as removed. */
    removeLabelsFromLabelable: async ({ input }: Input<Labelling>) => {
      const { rest, number } = named(input.labelableId, "issue");
      const gone = namesOf(input.labelIds);
      const shown = await all<{ readonly name: string }>(rest, `GET /issues/${number}/labels`);
      const labels = shown.map(({ name }) => name).filter((name) => !gone.includes(name));
      await ask(rest, `PUT /issues/${number}/labels`, { labels });
      return DONE;
    },
    closeIssue: async ({
      input,
    }: Input<{ readonly issueId: string; readonly stateReason?: string | null }>) => {
      const { rest, number } = named(input.issueId, "issue");
      const reason = input.stateReason?.toLowerCase() ?? "completed";
      const change = { state: "closed", state_reason: reason };
      await ask(rest, `PATCH /issues/${number}`, change);
      return DONE;
    },
  };
}

function pinMutations(named: NamedBy) {
  const set = async (issueId: string, wanted: boolean) => {
    const { rest, number, setPin } = named(issueId, "issue");
    setPin(wanted);
    return { issue: issueValue(rest, await ask<RestIssue>(rest, `GET /issues/${number}`)) };
  };
  return {
    pinIssue: ({ input }: Input<{ readonly issueId: string }>) => set(input.issueId, true),
    unpinIssue: ({ input }: Input<{ readonly issueId: string }>) => set(input.issueId, false),
  };
}

interface NewLabel {
  readonly repositoryId: string;
  readonly name: string;
  readonly color: string;
}

interface NewRef {
  readonly repositoryId: string;
  readonly name: string;
  readonly oid: string;
}

function repositoryMutations(named: NamedBy) {
  return {
    createRef: async ({ input }: Input<NewRef>) => {
      const { rest } = named(input.repositoryId, "repository");
      const { name: ref, oid: sha } = input;
      await ask(rest, "POST /git/refs", { ref, sha });
      return DONE;
    },
    createLabel: async ({ input }: Input<NewLabel>) => {
      const { rest } = named(input.repositoryId, "repository");
      const { name, color } = input;
      const made = await ask<RestLabel>(rest, "POST /labels", { name, color });
      return { label: labelValue(made) };
    },
  };
}

interface NewPull {
  readonly repositoryId: string;
  readonly baseRefName: string;
  readonly headRefName: string;
  readonly title: string;
  readonly body?: string | null;
}
interface Merging {
  readonly pullRequestId: string;
  readonly expectedHeadOid?: string | null;
  readonly mergeMethod?: string | null;
  readonly commitHeadline?: string | null;
  readonly commitBody?: string | null;
}
interface NewCheckRun {
  readonly repositoryId: string;
  readonly name: string;
  readonly headSha: string;
  readonly externalId?: string | null;
  readonly status?: string | null;
  readonly conclusion?: string | null;
  readonly output?: {
    readonly title: string;
    readonly summary: string;
    readonly annotations?: readonly object[] | null;
  } | null;
}

function pullMutations(named: NamedBy) {
  return {
    /** REST has no such route. */
    resolveReviewThread: async ({ input }: Input<{ readonly threadId: string }>) => {
      named(input.threadId, "thread").resolve();
      return { thread: { id: input.threadId, isResolved: true } };
    },
    createPullRequest: async ({ input }: Input<NewPull>) => {
      const { rest } = named(input.repositoryId, "repository");
      const { baseRefName: base, headRefName: head, title, body } = input;
      const made = await ask<RestPull>(rest, "POST /pulls", { base, head, title, body });
      const repository = () => repositoryValue(rest);
      return { pullRequest: { ...pullValue(rest, made), repository } };
    },
    mergePullRequest: async ({ input }: Input<Merging>) => {
      const { rest, number } = named(input.pullRequestId, "pull");
      await ask(rest, `PUT /pulls/${number}/merge`, {
        ...(input.expectedHeadOid == null ? {} : { sha: input.expectedHeadOid }),
        merge_method: (input.mergeMethod ?? "MERGE").toLowerCase(),
        ...(input.commitHeadline == null ? {} : { commit_title: input.commitHeadline }),
        ...(input.commitBody == null ? {} : { commit_message: input.commitBody }),
      });
      const pull = await ask<RestPull>(rest, `GET /pulls/${number}`);
      return { pullRequest: pullValue(rest, pull) };
    },
    createCheckRun: async ({ input }: Input<NewCheckRun>) => {
      const { rest } = named(input.repositoryId, "repository");
      const { name, headSha, externalId, status, conclusion, output } = input;
      const made = await ask<{ readonly html_url: string }>(rest, "POST /check-runs", {
        name,
        head_sha: headSha,
        ...(externalId == null ? {} : { external_id: externalId }),
        ...(status == null ? {} : { status: status.toLowerCase() }),
        ...(conclusion == null ? {} : { conclusion: conclusion.toLowerCase() }),
        ...(output == null ? {} : { output: { ...output, annotations: output.annotations ?? [] } }),
      });
      return { checkRun: { permalink: made.html_url } };
    },
  };
}
