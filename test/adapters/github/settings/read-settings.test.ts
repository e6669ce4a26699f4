import { describe, expect, test } from "vitest";
import { readSettings } from "../../../../src/adapters/github/settings/read-settings.ts";
import { type Asked, checkedFetch } from "../checked-fetch.ts";

const apiUrl = "http://127.0.0.1:9";
const PREFIX = "/repos/OWNER/app";

const ANSWERS: Readonly<Record<string, unknown>> = {
  "": {
    default_branch: "main",
    archived: false,
    has_issues: true,
    allow_merge_commit: false,
    more: 1,
  },
  "/actions/permissions/workflow": {
    default_workflow_permissions: "read",
    can_approve_pull_request_reviews: true,
  },
  "/actions/secrets": { total_count: 1, secrets: [{ name: "ANTHROPIC_API_KEY" }] },
  "/actions/organization-secrets": { total_count: 1, secrets: [{ name: "LENT" }] },
  "/labels": [{ name: "factory:queued" }, { name: "bug" }],
  "/rules/branches/main": [
    { type: "deletion" },
    { type: "pull_request", parameters: { required_approving_review_count: 1 } },
    {
      type: "required_status_checks",
      parameters: { required_status_checks: [{ context: "ci" }] },
    },
  ],
  "/actions/workflows/factory.yml/runs": {
    workflow_runs: [{ created_at: "2026-11-29T00:41:00Z", conclusion: "success" }],
  },
};

function read(answers: Readonly<Record<string, unknown>>, asked: Asked = new Set()) {
  const request: typeof fetch = async (input) => {
    const path = new URL(String(input)).pathname.slice(PREFIX.length);
    const answer = answers[path];
    if (answer === undefined) return Response.json({ message: "Not Found" }, { status: 404 });
    return Response.json(answer);
  };
  return readSettings(
    {
      token: "t",
      repository: "OWNER/app",
      apiUrl,
      request: checkedFetch({ apiUrl, asked, request }),
      retryDelayMs: 0,
    },
    "factory.yml",
  );
}

describe("what a repository is set to", () => {
  test("is read in seven requests that GitHub describes, and in no write", async () => {
    const asked: Asked = new Set();
    expect(await read(ANSWERS, asked)).toEqual({
      repository: {
        known: {
          defaultBranch: "main",
          archived: false,
          hasIssues: true,
          allowsMergeCommits: false,
        },
      },
      actions: { known: { mayApprove: true, defaultPermission: "read" } },
      secrets: { known: ["ANTHROPIC_API_KEY", "LENT"] },
      labels: { known: ["factory:queued", "bug"] },
      rules: {
        known: [
          { type: "deletion" },
          { type: "pull_request", approvals: 1 },
          { type: "required_status_checks", checks: ["ci"] },
        ],
      },
      heartbeat: { known: { at: "2026-11-29T00:41:00Z", conclusion: "success" } },
    });
    expect(asked.size).toBe(7);
    expect([...asked].every((route) => route.startsWith("GET "))).toBe(true);
  });

  test("is unknown where GitHub refuses to say, with its words, one by one", async () => {
    const { "/actions/secrets": _secrets, "": _repository, ...rest } = ANSWERS;
    const settings = await read(rest);
    expect(settings.secrets).toEqual({ unknown: "GitHub said: 404 Not Found" });
    expect(settings.repository).toEqual({ unknown: "GitHub said: 404 Not Found" });
    expect(settings.rules).toEqual({ unknown: "the default branch is not known" });
    expect(settings.labels).toEqual({ known: ["factory:queued", "bug"] });
  });

  test("a repository of a person has no secrets of an organisation, and one without runs none", async () => {
    const { "/actions/organization-secrets": _lent, ...rest } = ANSWERS;
    const none = { ...rest, "/actions/workflows/factory.yml/runs": { workflow_runs: [] } };
    const settings = await read(none);
    expect(settings.secrets).toEqual({ known: ["ANTHROPIC_API_KEY"] });
    expect(settings.heartbeat).toEqual({ known: undefined });
  });

  test("is unknown where an answer cannot be read", async () => {
    const settings = await read({ ...ANSWERS, "/labels": [{ nme: "x" }] });
    expect(settings.labels).toEqual({ unknown: expect.stringContaining("cannot be read") });
  });
});
