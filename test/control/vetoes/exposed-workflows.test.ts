import { describe, expect, test } from "vitest";
import type { Situation } from "../../../src/control/observed/situation.ts";
import {
  readsWorkflows,
  refuseExposed,
  workflowsToRead,
} from "../../../src/control/vetoes/exposed-workflows.ts";

const HEAD = "a".repeat(40);
const JOB = 41_898_282;
const PATH = ".github/workflows/release.yml";
const EXPOSED = "on: push\njobs:\n  a:\n    steps:\n      - run: echo ${{ secrets.TOKEN }}\n";
const HARMLESS = "on: workflow_dispatch\njobs:\n  a:\n    steps:\n      - run: echo\n";

interface Scene {
  readonly task?: string;
  readonly id?: number;
  readonly paths?: object;
  /** The texts that were read. */
  readonly files?: Readonly<Record<string, string>>;
  readonly own?: string;
}

/** A claim by an identity whose pushes start workflows. */
function situationOf({ task = "claim", id = 7, files = {}, ...rest }: Scene): Situation {
  const { paths = { known: ["src/a.ts", PATH, ".github/workflows/README.md"] } } = rest;
  const seen = Object.entries(files).map(
    ([path, text]) => [`${HEAD}:${path}`, { known: new TextEncoder().encode(text) }] as const,
  );
  return {
    input: { task, identity: { id }, run: { workflowFile: rest.own ?? "factory.yml" } },
    snapshot: { paths, repository: { head: HEAD, defaultBranch: "main" } },
    files: new Map(seen),
  } as unknown as Situation;
}

describe("the workflows of a repository", () => {
  test.each([
    ...["claim", "settle", "revert", "nightly-settle", "unblock-settle", "learn"].map(
      (task) => [task, 7, true] as const,
    ),
    ["claim", JOB, false] as const,
    ["heartbeat", 7, false] as const,
  ])("in the task %s by %d are read: %j", (task, id, isRead) => {
    const situation = situationOf({ task, id });
    expect(readsWorkflows(situation.input)).toBe(isRead);
    expect(workflowsToRead(situation)).toStrictEqual(isRead ? [{ commit: HEAD, path: PATH }] : []);
  });

  test("cannot be read where not every file is listed", () => {
    expect(workflowsToRead(situationOf({ paths: { unknown: "too many" } }))).toStrictEqual([]);
  });
});

describe("what a publication would start", () => {
  const startedBy = (event: string, said: string) => ({
    ...{ code: "workflow-exposed", subject: PATH, found: `${PATH} runs on ${said}` },
    accepted: "no workflow with secrets that a branch of the factory starts",
    hint: { code: "guard-workflow", path: PATH, event },
  });
  test.each<readonly [string, Scene, object | undefined]>([
    [
      "with secrets refuses",
      { files: { [PATH]: EXPOSED } },
      startedBy("push", "push with the secret TOKEN, a token whose permissions nobody said"),
    ],
    ["without any may run", { files: { [PATH]: HARMLESS } }, undefined],
    [
      "that nobody could read refuses",
      {},
      startedBy(
        "unreadable",
        "events that nobody can tell with whatever it has, because the file cannot be read as YAML",
      ),
    ],
    ["is nothing for the job's own token", { id: JOB, files: { [PATH]: EXPOSED } }, undefined],
    [
      "is not known where not every file is listed",
      { paths: { unknown: "too many" } },
      {
        ...{ code: "workflow-exposed", subject: ".github/workflows", hint: "use-the-job-token" },
        found: "a repository with more files than GitHub lists",
      },
    ],
    ["is nothing where there is no workflow", { paths: { known: ["src/a.ts"] } }, undefined],
  ])("%s", (_what, scene, refusal) => {
    expect(refuseExposed(situationOf(scene))).toStrictEqual(refusal);
  });
});
