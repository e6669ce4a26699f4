import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { layOverlay, type Overlay, workflowForAct } from "../../../src/cli/act/overlay.ts";
import { allWorkflows, root } from "../../repository/workflow-files.ts";

describe("a workflow as act can read it", () => {
  test.each([
    ["an action of the project", "$/actions/control", "OWNER/millwright/actions/control@v0"],
    [
      "a workflow of the project",
      "$/.github/workflows/line.yml",
      "OWNER/millwright/.github/workflows/line.yml@v0",
    ],
    ["an action with a stand-in", "actions/checkout@3d3c42e5 # v7", "actions/checkout@v0"],
    ["an action without one", "actions/cache@3d3c42e5", "actions/cache@3d3c42e5"],
    [
      "what a template calls",
      "OWNER/millwright/.github/workflows/factory.yml@v0",
      "OWNER/millwright/.github/workflows/factory.yml@v0",
    ],
  ])("names %s", (_what, uses, expected) => {
    const text = `jobs: { one: { steps: [{ uses: "${uses.split(" #")[0]}" }] } }`;
    expect(parse(workflowForAct(text)).jobs.one.steps[0].uses).toBe(expected);
  });

  test("has no groups, queues nor modes of a cache, and all the rest", () => {
    const text =
      "on: push\nconcurrency: { group: a, queue: max }\njobs: { one: { cache-mode: none, if: a, steps: [] } }";
    expect(parse(workflowForAct(text))).toEqual({
      on: "push",
      jobs: { one: { if: "a", steps: [] } },
    });
  });

  test("takes nothing from a job that was skipped", () => {
    const text = "jobs: { two: { if: needs.one.outputs.next == 'line' } }";
    expect(parse(workflowForAct(text)).jobs.two.if).toBe(
      "(needs.one.result != 'skipped' && needs.one.outputs.next || '') == 'line'",
    );
  });

  test.each(allWorkflows().map(({ path, text }) => [path, text] as const))(
    "%s keeps its jobs and their conditions",
    (_path, text) => {
      const [before, after] = [parse(text), parse(workflowForAct(text))];
      expect(Object.keys(after.jobs)).toEqual(Object.keys(before.jobs));
      expect(after.on).toEqual(before.on);
      expect(JSON.stringify(after)).not.toMatch(/"uses":"\$\/|"cache-mode"|"queue":"max"/);
    },
  );
});

describe("the stand-ins", () => {
  let folder: string;
  let overlay: Overlay;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "millwright-act-"));
    overlay = await layOverlay(root, join(folder, "overlay"));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** One step in an environment of its own; answers what it put out. */
  function play(name: string, inputs: Readonly<Record<string, string>>, more = {}) {
    const put = join(folder, "output");
    writeFileSync(put, "");
    const given = Object.entries(inputs).map(([key, value]) => [
      `INPUT_${key.toUpperCase()}`,
      value,
    ]);
    const target = join(folder, "overlay/stand-ins", name);
    const { runs } = parse(readFileSync(join(target, "action.yml"), "utf8"));
    execFileSync(process.execPath, [join(target, runs.main)], {
      env: {
        PATH: process.env.PATH,
        GITHUB_OUTPUT: put,
        MILLWRIGHT_ACT_ARTIFACTS: join(folder, "artifacts/7"),
        ...Object.fromEntries(given),
        ...more,
      },
      stdio: "pipe",
    });
    return Object.fromEntries(
      readFileSync(put, "utf8")
        .trim()
        .split("\n")
        .map((line) => line.split("=")),
    );
  }

  test("are told to act, beside the project's own repository", () => {
    const names = overlay.repositories.map((one) => one.split("=")[0]);
    expect(names).toContain("OWNER/millwright@v0");
    expect(names).toContain("actions/upload-artifact@v0");
  });

  test("hand an artifact on by its id, once for each name", () => {
    writeFileSync(join(folder, "a.json"), "1");
    writeFileSync(join(folder, "b.json"), "2");
    const path = `${join(folder, "a.json")}\n\n${join(folder, "b.json")}\n`;
    const first = play("upload-artifact", { name: "order-1", path });
    const second = play("upload-artifact", { name: "order-2", path: join(folder, "b.json") });
    expect([first["artifact-id"], second["artifact-id"]]).toEqual(["1", "2"]);
    expect(first["artifact-digest"]).toMatch(/^[0-9a-f]{64}$/);
    play("download-artifact", { "artifact-ids": "1, 2", path: join(folder, "handover") });
    expect(readdirSync(join(folder, "handover")).sort()).toEqual(["a.json", "b.json"]);
    expect(() => play("upload-artifact", { name: "order-1", path })).toThrow("EEXIST");
    expect(() => play("upload-artifact", { name: "none", path: "/nowhere" })).toThrow(
      "no files were found",
    );
  });

  test("check a commit out by git, without a credential", () => {
    const [source, workspace] = [join(folder, "OWNER/app"), join(folder, "workspace")];
    const git = (...words: readonly string[]) =>
      execFileSync("git", words, { stdio: "pipe" }).toString().trim();
    const who = ["-c", "user.name=A", "-c", "user.email=a@example.com"];
    git("init", "--quiet", source);
    git("-C", source, ...who, "commit", "--quiet", "--allow-empty", "-m", "One");
    git("init", "--quiet", workspace);
    const sha = git("-C", source, "rev-parse", "HEAD");
    const asked = { ref: sha, token: "a-token", "fetch-depth": "0", path: "" };
    const place = {
      GITHUB_WORKSPACE: workspace,
      GITHUB_REPOSITORY: "OWNER/app",
      GITHUB_SERVER_URL: `file://${folder}`,
    };
    play("checkout", asked, { ...place, GITHUB_SHA: sha });
    expect(git("-C", workspace, "rev-parse", "HEAD")).toBe(sha);
    expect(readFileSync(join(workspace, ".git/config"), "utf8")).not.toContain("extraheader");
  });

  test("refuse another Node, and an App", () => {
    expect(() => play("setup-node", { "node-version": "20" })).toThrow("node 20 is asked for");
    expect(() => play("create-github-app-token", { "client-id": "x" })).toThrow("no GitHub App");
  });
});
