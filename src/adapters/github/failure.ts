import type { Effect, EffectKind } from "../../domain/github/effect.ts";
import type { Failure, Receipt } from "../../domain/github/receipt.ts";
import { cut } from "../../domain/text/cut.ts";
import { isLost, type RequestError, requestErrorOf } from "./client/request-error.ts";
import { Refused } from "./execution.ts";

const REASON_CHARACTERS = 300;

/** Permissions that a job's token needs for each effect, in the keys of a workflow's `permissions`. Used if GitHub names none. */
const PERMISSIONS: Readonly<Record<EffectKind, string>> = {
  "write-comment": "issues: write",
  "set-labels": "issues: write",
  "claim-branch": "contents: write",
  "publish-commit": "contents: write",
  "open-pull-request": "pull-requests: write",
  "update-pull-request": "pull-requests: write",
  "answer-thread": "pull-requests: write",
  // Surprising, but documented: https://github.com/github/gh-aw/issues/35726
  "resolve-thread": "contents: write",
  "request-review": "pull-requests: write",
  "write-check-run": "checks: write",
  "merge-pull-request": "contents: write",
  "dispatch-workflow": "actions: write",
  "run-jobs-again": "actions: write",
  "close-issue": "issues: write",
  "reopen-issue": "issues: write",
  "open-issue": "issues: write",
  "edit-issue": "issues: write",
  "pin-issue": "issues: write",
};

/** The receipt of a failed effect. Rethrows a mistake of ours. */
export function failed({ kind, key }: Effect, error: unknown): Receipt {
  return { kind, key, outcome: "refused", ...failureOf(error, kind) };
}

/** The failure as data. Rethrows a mistake of ours. */
function failureOf(error: unknown, kind: EffectKind): Failure {
  if (error instanceof Refused) {
    const { code, did, message } = error;
    return { cause: "refused-by-us", code, did, reason: shorten(message) };
  }
  const answer = requestErrorOf(error);
  if (answer === undefined) throw error;
  if (isLost(answer)) return { cause: "no-answer", reason: shorten(sayLost(answer)) };
  const reason = shorten(reasonOf(kind, answer));
  return { cause: "refused-by-github", status: answer.status ?? 0, reason };
}

/** A status that only says that something between us and GitHub gave up is no answer to the request. */
function sayLost({ status, message }: RequestError): string {
  return status === undefined ? message : `${status} ${message}`;
}

/** GitHub's words; a missing permission is named in the form of the workflow. */
function reasonOf(kind: EffectKind, failure: RequestError): string {
  if (failure.status !== 403 || !/not accessible/i.test(failure.message)) return failure.message;
  const needed = failure.acceptedPermissions?.replaceAll("=", ": ").replaceAll("_", "-");
  return `${failure.message}: the job needs the permission "${needed ?? PERMISSIONS[kind]}"`;
}

function shorten(reason: string): string {
  return cut(reason.replace(/\s+/g, " ").trim(), REASON_CHARACTERS);
}
