import { z } from "zod";
import { type CheckRunState, timestamp } from "../state/state.ts";
import type { RepositoryRequest } from "./api.ts";
import { unprocessable, validationFailed } from "./refusals.ts";

const LONGEST_TEXT = 65_535;

const MOST_ANNOTATIONS = 50;

const CONCLUSIONS = [
  "success",
  "failure",
  "neutral",
  "cancelled",
  "skipped",
  "timed_out",
  "action_required",
] as const;

const annotation = z.object({
  path: z.string(),
  start_line: z.int().positive(),
  end_line: z.int().positive(),
  annotation_level: z.enum(["failure", "warning", "notice"]),
  message: z.string(),
  title: z.string().optional(),
});

const output = z.object({
  title: z.string().optional(),
  summary: z.string(),
  text: z.string().optional(),
  annotations: z.array(annotation).optional(),
});

const changeable = {
  status: z.enum(["queued", "in_progress", "completed"]).optional(),
  conclusion: z.enum(CONCLUSIONS).optional(),
  started_at: z.iso.datetime({ offset: true }).optional(),
  completed_at: z.iso.datetime({ offset: true }).optional(),
  details_url: z.string().optional(),
  external_id: z.string().optional(),
  output: output.optional(),
};

export const creation = z.object({ name: z.string().min(1), head_sha: z.string(), ...changeable });

export const update = z.object({ name: z.string().min(1).optional(), ...changeable });

type Fields = z.infer<typeof update>;

function assertOutput(fields: Fields, titleKnown: boolean): void {
  const { output: given } = fields;
  if (given === undefined) return;
  const resource = "CheckRun";
  if (!titleKnown && given.title === undefined) {
    throw validationFailed({ resource, code: "missing_field", field: "title" });
  }
  for (const field of ["summary", "text"] as const) {
    if ((given[field] ?? "").length <= LONGEST_TEXT) continue;
    const message = `${field} exceeds a maximum length of ${LONGEST_TEXT} characters`;
    throw validationFailed({ resource, code: "custom", field, message });
  }
  if ((given.annotations ?? []).length > MOST_ANNOTATIONS) {
    throw unprocessable(
      `Invalid request.\n\nNo more than ${MOST_ANNOTATIONS} items are allowed; ${given.annotations?.length} were supplied.`,
    );
  }
}

function applyOutput(run: CheckRunState, given: Fields["output"]): void {
  if (given === undefined) return;
  run.output = {
    title: given.title ?? run.output.title,
    summary: given.summary,
    text: given.text ?? run.output.text,
    // Annotations add up over requests: 50 each time.
    annotations: run.output.annotations + (given.annotations ?? []).length,
  };
  for (const one of given.annotations ?? []) {
    const { path, start_line: line, annotation_level: level, title, message } = one;
    run.marks.push({ path, line, level, title, message });
  }
}

function seconds(time: string): string {
  return `${new Date(time).toISOString().slice(0, 19)}Z`;
}

function applyState(run: CheckRunState, fields: Fields, now: string): void {
  const status = fields.conclusion === undefined ? fields.status : "completed";
  if (status === "completed" && fields.conclusion === undefined && run.conclusion === null) {
    throw unprocessable(
      "Invalid request.\n\nNo subschema in \"anyOf\" matched.\n'conclusion' wasn't supplied.",
    );
  }
  run.status = status ?? run.status;
  if (run.status !== "completed") {
    run.conclusion = null;
    run.completedAt = null;
    return;
  }
  run.conclusion = fields.conclusion ?? run.conclusion;
  const completed = fields.completed_at;
  run.completedAt = completed === undefined ? (run.completedAt ?? now) : seconds(completed);
}

export function apply(request: RepositoryRequest, run: CheckRunState, fields: Fields): void {
  assertOutput(fields, run.output.title !== null);
  applyState(run, fields, timestamp(request.twin));
  run.name = fields.name ?? run.name;
  run.externalId = fields.external_id ?? run.externalId;
  run.detailsUrl = fields.details_url ?? run.detailsUrl;
  if (fields.started_at !== undefined) run.startedAt = seconds(fields.started_at);
  applyOutput(run, fields.output);
}
