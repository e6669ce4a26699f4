import { NOT_MET } from "../domain/platform/checks.ts";
import type { Findings } from "../domain/platform/conformance.ts";
import {
  CheckAnswer,
  CheckList,
  CommentAnswer,
  CommentList,
  LabelList,
  RunList,
} from "./answers.ts";
import type { Canary } from "./canary.ts";
import type { Probe } from "./probe.ts";

/** How often a comment is edited: more than the requests between two failures, so that one of them affects a write. */
const EDITS = 13;
const LOOKS = 60;

/** A check run, a label, and an edited comment, as control writes them while a line runs. */
export async function measureMarks(
  probe: Probe,
  canary: Canary,
  at: { readonly head: string; readonly pull: number | undefined },
): Promise<Findings> {
  const check = await measureCheck(probe, canary, at.head);
  const labelled = await makeLabel(probe, canary);
  const comment = at.pull === undefined ? undefined : await measureComment(probe, canary, at.pull);
  const isThere = check !== undefined && labelled && (comment?.isEdited ?? true);
  return {
    "6.7": isThere ? "there" : "missing",
    "7.2": comment?.lag ?? NOT_MET,
    "7.3": check ?? NOT_MET,
    "1.2": await runsOfOthers(probe, at.head),
  };
}

async function measureCheck(probe: Probe, canary: Canary, head: string) {
  const find = async () => {
    const list = await probe.get(CheckList, "GET /commits/{ref}/check-runs", { ref: head });
    return list.check_runs.find(({ name }) => name === canary.check);
  };
  await probe.make(CheckAnswer, {
    route: "POST /check-runs",
    parameters: { name: canary.check, head_sha: head, status: "completed", conclusion: "neutral" },
    lookUp: find,
  });
  const seen = await probe.until(LOOKS, find);
  return seen === undefined ? undefined : String(seen.seconds);
}

async function makeLabel(probe: Probe, { label }: Canary): Promise<boolean> {
  const find = async () => {
    const labels = await probe.get(LabelList, "GET /labels", { per_page: 100 });
    return labels.find(({ name }) => name === label);
  };
  const parameters = {
    name: label,
    color: "ededed",
    description: "Removed by the run that made it",
  };
  const { status } = await probe.write({ route: "POST /labels", parameters, lookUp: find });
  return status === 200 || status === 201;
}

async function measureComment(probe: Probe, { marker }: Canary, issue: number) {
  const find = async () => {
    const comments = await probe.get(CommentList, "GET /issues/{issue_number}/comments", {
      issue_number: issue,
    });
    return comments.find(({ body }) => body?.startsWith(marker));
  };
  const parameters = { issue_number: issue, body: `${marker}\n0` };
  const route = "POST /issues/{issue_number}/comments";
  const { id } = await probe.make(CommentAnswer, { route, parameters, lookUp: find });
  const seen = await probe.until(LOOKS, find);
  for (let edit = 1; edit <= EDITS; edit += 1) await editComment(probe, id, `${marker}\n${edit}`);
  const { body } = await readComment(probe, id);
  return {
    lag: seen === undefined ? NOT_MET : String(seen.seconds),
    isEdited: body === `${marker}\n${EDITS}`,
  };
}

function readComment(probe: Probe, id: number) {
  return probe.get(CommentAnswer, "GET /issues/comments/{comment_id}", { comment_id: id });
}

async function editComment(probe: Probe, id: number, body: string): Promise<void> {
  await probe.make(CommentAnswer, {
    route: "PATCH /issues/comments/{comment_id}",
    parameters: { comment_id: id, body },
    lookUp: async () => {
      const comment = await readComment(probe, id);
      return comment.body === body ? comment : undefined;
    },
  });
}

/** Runs of this repository's own workflows on the canary's commit. The job's token should have started none. */
async function runsOfOthers(probe: Probe, head: string): Promise<string> {
  const { workflow_runs: runs } = await probe.get(RunList, "GET /actions/runs", { head_sha: head });
  const started = runs.filter(
    ({ status, conclusion }) => status !== "waiting" && conclusion !== "action_required",
  );
  if (started.length > 0) return `${started.length} started`;
  return runs.length > 0 ? "waiting" : "none";
}
