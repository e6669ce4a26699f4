import { expect, test } from "vitest";
import { type ActLine, followJobs } from "../../../src/cli/act/follow-jobs.ts";
import { beginRun } from "../../../src/cli/in-process/runs.ts";
import type { TwinEvent } from "../../../src/twin/github/twin-github.ts";

const EVENT: TwinEvent = {
  name: "issues",
  repository: "OWNER/app",
  payload: {},
  ref: "refs/heads/main",
  sha: "a".repeat(40),
  actor: { id: 1, login: "OWNER", type: "User" },
  startsRuns: "yes",
};

function follow(lines: readonly ActLine[]) {
  const told: string[] = [];
  const run = beginRun(EVENT, "factory.yml", {
    number: 0,
    onProgress: (event) => told.push(event.kind),
  });
  const say = followJobs(run);
  for (const line of lines) say(line);
  return { told, jobs: run.record.jobs };
}

test("a job is told of from its first step to its result, with what it wrote on its page", () => {
  const job = "line/line/claim  ";
  const { told, jobs } = follow([
    { job: "Factory/factory", msg: "calls" },
    { job, step: "Set up job", msg: "begins" },
    { job, command: "summary", content: "### claimed", msg: "Summary" },
    { job, jobResult: "success", msg: "ended\n" },
    { msg: "act itself" },
  ]);
  expect(told).toEqual(["job-started", "job-finished"]);
  expect(jobs).toMatchObject([
    {
      name: "line / line / claim",
      conclusion: "success",
      summary: "### claimed",
      log: ["begins", "Summary", "ended"],
    },
  ]);
});

test("a job that failed has failed, and one that did not end has no conclusion", () => {
  const { jobs } = follow([
    { job: "a", step: "Set up job" },
    { job: "b", step: "Set up job" },
    { job: "a", jobResult: "failure" },
  ]);
  expect(jobs.map(({ conclusion }) => conclusion)).toEqual(["failure", null]);
});
