import { z } from "zod";
import type { Actor } from "../../domain/actor.ts";
import type { Refusal } from "../../domain/refusal.ts";
import { type Checked, readRunEnd, readSuite } from "./checks/check-event.ts";
import { Id, Sender, Text } from "./review/event-parts.ts";
import { type Reviewed, readReview, readThreadComment } from "./review/review-event.ts";
import { type Doorbell, readDispatch, readSchedule, type Scheduled } from "./runs/rung.ts";
import { type LabeledPull, readLabeledPull } from "./unblock/labeled-pull.ts";

/** The event that rang, in our words. It names what to look at; the snapshot holds the facts. */
export type Trigger =
  | {
      readonly kind: "labeled";
      readonly issue: number;
      readonly label: string;
      readonly title: string;
      readonly body: string;
      readonly by: Actor;
    }
  | LabeledPull
  | {
      readonly kind: "commented";
      readonly issue: number;
      readonly comment: number;
      readonly body: string;
      readonly onPullRequest: boolean;
      readonly by: Actor;
    }
  | Reviewed
  | Doorbell
  | {
      readonly kind: "pull-request-closed";
      readonly pullRequest: number;
      readonly branch: string;
      readonly merged: boolean;
      readonly by: Actor;
    }
  /** A person's pull request was opened or got new commits. */
  | {
      readonly kind: "offered";
      readonly pullRequest: number;
      readonly head: string;
      readonly title: string;
      /** Its branch is in another repository. */
      readonly fork: boolean;
      readonly by: Actor;
    }
  /** A commit was pushed to a branch, or went live. */
  | { readonly kind: "arrived"; readonly commit: string; readonly by: Actor }
  /** A run on a pull request succeeded. GitHub vouches for its commit and its file; its actions and artifacts are untrusted. */
  | {
      readonly kind: "ran";
      readonly run: number;
      readonly head: string;
      /** Path of the workflow that ran, below the repository's root. */
      readonly path: string;
      readonly by: Actor;
    }
  | Checked
  /** A person who may write sent a dispatch, whose content is untrusted. */
  | { readonly kind: "alerted"; readonly payload: unknown; readonly by: Actor }
  | Scheduled;

/** The person who rang; undefined for events without one: the starter of an ended run is named in it, but asked for nothing. */
export function whoRang(trigger: Trigger | undefined): Actor | undefined {
  if (trigger === undefined || trigger.kind === "schedule" || trigger.kind === "checked") {
    return undefined;
  }
  return trigger.by;
}

export type TriggerReading = { readonly trigger: Trigger } | { readonly refusal: Refusal };

const Labeled = z.object({
  action: z.literal("labeled"),
  label: z.object({ name: z.string() }),
  issue: z.object({ number: Id, title: z.string(), body: Text }),
  sender: Sender,
});
const Commented = z.object({
  action: z.literal("created"),
  issue: z.object({ number: Id, pull_request: z.unknown().optional() }),
  comment: z.object({ id: Id, body: Text }),
  sender: Sender,
});
const Closed = z.object({
  action: z.literal("closed"),
  pull_request: z.object({
    number: Id,
    merged: z.boolean(),
    head: z.object({ ref: z.string() }),
  }),
  sender: Sender,
});

const Offered = z.object({
  action: z.enum(["opened", "synchronize", "reopened", "ready_for_review"]),
  pull_request: z.object({
    number: Id,
    title: z.string(),
    head: z.object({ sha: z.string(), repo: z.object({ id: Id }).nullish() }),
    base: z.object({ repo: z.object({ id: Id }) }),
  }),
  sender: Sender,
});
const Commit = z.string().regex(/^[0-9a-f]{40}$/, "expected a commit id");
const Pushed = z.object({ after: Commit, sender: Sender });
/** A deployment, checked once it reports success. */
const Deployed = z.object({
  deployment_status: z.object({ state: z.literal("success") }),
  deployment: z.object({ sha: Commit }),
  sender: Sender,
});

const Ran = z.object({
  action: z.literal("completed"),
  workflow_run: z.object({
    id: Id,
    head_sha: Commit,
    event: z.literal("pull_request"),
    conclusion: z.literal("success"),
    path: z
      .string()
      .regex(/^\.github\/workflows\/[A-Za-z0-9._-]+\.ya?ml$/, "expected a workflow file"),
  }),
  sender: Sender,
});

const Alerted = z.object({
  action: z.literal("alert"),
  client_payload: z.unknown(),
  sender: Sender,
});

/** One reader for each event that the factory answers. GitHub may add keys to a payload at any time. */
const READERS: Readonly<Record<string, (payload: unknown) => Trigger>> = {
  issues: (payload) => {
    const { label, issue, sender } = Labeled.parse(payload);
    return {
      kind: "labeled",
      issue: issue.number,
      label: label.name,
      title: issue.title,
      body: issue.body,
      by: sender,
    };
  },
  issue_comment: (payload) => {
    const { issue, comment, sender } = Commented.parse(payload);
    return {
      kind: "commented",
      issue: issue.number,
      comment: comment.id,
      body: comment.body,
      onPullRequest: issue.pull_request !== undefined && issue.pull_request !== null,
      by: sender,
    };
  },
  workflow_dispatch: readDispatch,
  pull_request: (payload) => {
    const offered = Offered.safeParse(payload);
    if (offered.success) return readOffered(offered.data);
    const labeled = readLabeledPull(payload);
    if (labeled !== undefined) return labeled;
    const { pull_request: pullRequest, sender } = Closed.parse(payload);
    return {
      kind: "pull-request-closed",
      pullRequest: pullRequest.number,
      branch: pullRequest.head.ref,
      merged: pullRequest.merged,
      by: sender,
    };
  },
  pull_request_review: readReview,
  pull_request_review_comment: readThreadComment,
  push: (payload) => {
    const { after, sender } = Pushed.parse(payload);
    return { kind: "arrived", commit: after, by: sender };
  },
  deployment_status: (payload) => {
    const { deployment, sender } = Deployed.parse(payload);
    return { kind: "arrived", commit: deployment.sha, by: sender };
  },
  check_suite: readSuite,
  workflow_run: (payload) => {
    const ended = readRunEnd(payload);
    if (ended !== undefined) return ended;
    const { workflow_run: run, sender } = Ran.parse(payload);
    return { kind: "ran", run: run.id, head: run.head_sha, path: run.path, by: sender };
  },
  repository_dispatch: (payload) => {
    const { client_payload: alert, sender } = Alerted.parse(payload);
    return { kind: "alerted", payload: alert, by: sender };
  },
  schedule: readSchedule,
};

/** A branch whose repository is gone belongs to a fork. */
function readOffered({ pull_request: pullRequest, sender }: z.infer<typeof Offered>): Trigger {
  const { number, title, head, base } = pullRequest;
  const fork = head.repo?.id !== base.repo.id;
  return { kind: "offered", pullRequest: number, head: head.sha, title, fork, by: sender };
}

/** The trigger in a webhook payload, or a refusal that names the missing part. */
export function readTrigger(event: {
  readonly name: string;
  readonly payload: unknown;
}): TriggerReading {
  const read = Object.hasOwn(READERS, event.name) ? READERS[event.name] : undefined;
  if (read === undefined) {
    return {
      refusal: {
        code: "event-not-understood",
        subject: event.name.slice(0, 100),
        accepted: Object.keys(READERS).join(", "),
      },
    };
  }
  try {
    return { trigger: read(event.payload) };
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error;
    const [fault] = error.issues;
    return {
      refusal: {
        code: "event-not-understood",
        subject: `${event.name}: ${fault?.path.join(".") ?? "payload"}`,
        found: fault?.message ?? "not readable",
      },
    };
  }
}
