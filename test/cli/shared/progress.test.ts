import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { DOING } from "../../../src/cli/shared/progress.ts";

const FOLDER = join(import.meta.dirname, "../../../.github/workflows");

interface Workflow {
  readonly on?: unknown;
  readonly jobs?: Readonly<Record<string, { readonly name?: string; readonly "runs-on"?: string }>>;
}

/** Workflows that measure GitHub itself, which no demo plays. */
const MEASURING = /^conformance/;

const jobs = readdirSync(FOLDER)
  .filter((file) => !MEASURING.test(file))
  .flatMap((file) => {
    const workflow = parse(readFileSync(join(FOLDER, file), "utf8")) as Workflow;
    const isCalled = Object.keys(Object(workflow.on)).includes("workflow_call");
    return Object.entries(isCalled ? (workflow.jobs ?? {}) : {})
      .filter(([, job]) => job["runs-on"] !== undefined)
      .map(([key, job]) => [file, job.name ?? key] as const);
  });

test("there are jobs to speak of", () => expect(jobs.length).toBeGreaterThan(20));

test.each(jobs)("%s: who watches the job %s is told what it does", (_file, job) => {
  expect(DOING.get(job)).toMatch(/^[a-z]/);
});
