import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { LINE } from "../../src/line.ts";
import { BUNDLED, bundleOf, root } from "./bundles.ts";

/**
 * Folders hold a bundle and its chunks: 1.6 MB is what a job downloads and Node parses within half a second. Control decides
 * all tasks, and a third of it is loaded only where it is needed. Verify carries the grammars of nine languages.
 */
const MOST_BYTES: Readonly<Record<string, number>> = { control: 1_750_000, verify: 2_600_000 };
const mostBytes = (name: string) => MOST_BYTES[name] ?? 1_600_000;

const MARKS = {
  github: ["api.github.com", "octokit", "/repos/{owner}/{repo}", "merge-upstream"],
  model: ["anthropic", "/v1/messages", "x-api-key"],
  sandbox: ["bwrap", "--unshare", "--ro-bind"],
} as const;

function filesOf(name: string): readonly string[] {
  const folder = dirname(bundleOf(name));
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

function textOf(name: string): string {
  return filesOf(name)
    .map((path) => readFileSync(path, "utf8"))
    .join("\n")
    .toLowerCase();
}

function marksIn(text: string, kind: keyof typeof MARKS): readonly string[] {
  return MARKS[kind].filter((mark) => text.includes(mark));
}

const workers = LINE.filter((station) => station.kind === "worker");

describe("the bytes prove the split", () => {
  const expectHand = (name: string) => {
    const text = textOf(name);
    expect(marksIn(text, "github")).toEqual(MARKS.github);
    expect(marksIn(text, "model")).toEqual([]);
    expect(marksIn(text, "sandbox")).toEqual([]);
  };

  test("control holds the GitHub client, neither a model nor a sandbox", () => {
    expectHand("control");
  });

  test("so does the one that measures GitHub", () => {
    expectHand("conformance");
  });

  test("the one that probes the sandbox holds the sandbox of the workers and nothing else", () => {
    const text = textOf("probe-sandbox");
    expect(marksIn(text, "github")).toEqual([]);
    expect(marksIn(text, "model")).toEqual([]);
    expect(marksIn(text, "sandbox")).toEqual(MARKS.sandbox);
  });

  test.each(workers.map((station) => [station.worker, station] as const))(
    "%s holds no GitHub client, and model and sandbox only where the line says so",
    (name, station) => {
      const text = textOf(name);
      expect(marksIn(text, "github")).toEqual([]);
      expect(marksIn(text, "model")).toEqual(station.holdsModelKey ? MARKS.model : []);
      expect(marksIn(text, "sandbox")).toEqual(station.runsRepositoryCode ? MARKS.sandbox : []);
    },
  );

  test("the toolbox, which runs inside the sandbox, knows no key and no endpoint", () => {
    const toolbox = readFileSync(join(dirname(bundleOf("implement")), "toolbox/index.js"), "utf8");
    expect(toolbox).not.toMatch(
      /api[-_]?key|auth[-_]?token|\/v1\/messages|authorization|https?:\/\/api\./i,
    );
  });

  test.each(workers.filter(({ holdsModelKey }) => holdsModelKey).map(({ worker }) => worker))(
    "%s loads the model's SDK only when it asks",
    (name) => {
      const entry = readFileSync(bundleOf(name), "utf8");
      expect(entry).not.toContain("/v1/messages");
      expect(entry.toLowerCase()).not.toContain("x-api-key");
      const chunks = filesOf(name).filter((path) => /\/[0-9]+\.index\.js$/.test(path));
      const holding = chunks.filter((path) => readFileSync(path, "utf8").includes("/v1/messages"));
      expect(holding).toHaveLength(1);
    },
  );
});

describe.each(BUNDLED)("the bundle of %s", (name) => {
  test("is small enough", () => {
    const bytes = filesOf(name).reduce((sum, path) => sum + statSync(path).size, 0);
    expect(bytes).toBeGreaterThan(100_000);
    expect(bytes).toBeLessThanOrEqual(mostBytes(name));
  });

  test("names no place on the machine that built it", () => {
    const text = filesOf(name)
      .map((path) => readFileSync(path, "utf8"))
      .join("\n");
    expect(text).not.toContain(root);
    expect(text).not.toContain(`${tmpdir()}/millwright-build`);
    expect(text).not.toMatch(/["'`](file:\/\/)?\/(home|root|Users|work|builds|workspace)\//);
  });

  test("refuses an empty environment in one line of ours", () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [bundleOf(name)], {
      env: {},
      encoding: "utf8",
      timeout: 20_000,
    });
    expect(status).toBe(1);
    expect(stderr).toBe("");
    const lines = stdout.trimEnd().split("\n");
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(
      /^::error::(Input (order is missing: pass|task: expected one of)|GITHUB_(EVENT_PATH|OUTPUT) is not set: )/,
    );
  });
});
