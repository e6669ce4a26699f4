import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, onTestFinished, test } from "vitest";
import { ghIn } from "../../../../src/cli/init/github/gh.ts";
import { type Gh, setUpGitHub, THINGS } from "../../../../src/cli/init/github/set-up.ts";
import { start } from "../../command-line.ts";

/** GitHub as `gh` sees it: it keeps what is written, and never tells a secret. */
function github(
  state: {
    readonly secrets?: readonly string[];
    readonly labels?: readonly string[];
    readonly approve?: boolean;
    readonly refused?: string;
  } = {},
) {
  const secrets = new Map((state.secrets ?? []).map((name) => [name, "old"]));
  const labels = new Set(state.labels ?? []);
  const calls: string[] = [];
  let setting = {
    default_workflow_permissions: "write",
    can_approve_pull_request_reviews: state.approve ?? false,
  };
  const named = (names: Iterable<string>) => [...names].map((name) => ({ name }));
  const answers: readonly (readonly [string, (name: string, input: string) => unknown])[] = [
    ["auth status", () => ""],
    ["secret list", () => named(secrets.keys())],
    ["label list", () => named(labels)],
    ["secret set", (name, input) => void secrets.set(name, input)],
    ["label create", (name) => void labels.add(name)],
    [
      "api --method PUT",
      () => {
        setting = { ...setting, can_approve_pull_request_reviews: true };
      },
    ],
    ["api", () => setting],
  ];
  const gh: Gh = async (words, input = "") => {
    const line = words.join(" ");
    calls.push(line);
    if (state.refused !== undefined && line.startsWith(state.refused)) {
      return { code: 1, stdout: "", stderr: "HTTP 403: Resource not accessible\nmore" };
    }
    const answer = answers.find(([begin]) => line.startsWith(begin))?.[1];
    if (answer === undefined) throw new Error(`unknown command: gh ${line}`);
    return { code: 0, stdout: JSON.stringify(answer(words[2] ?? "", input) ?? ""), stderr: "" };
  };
  return { gh, secrets, labels, calls, setting: () => setting };
}

const fates = async (gh: Gh, how: { apiKey?: string; dryRun?: boolean } = {}) => {
  const found = await setUpGitHub(gh, { apiKey: how.apiKey, dryRun: how.dryRun ?? false });
  return Object.fromEntries(found.map(({ what, fate }) => [what, fate]));
};

const all = (fate: string) => Object.fromEntries(Object.values(THINGS).map((one) => [one, fate]));

describe("what is missing on GitHub", () => {
  test("is set up, and a second time nothing is written", async () => {
    const { gh, secrets, labels, calls, setting } = github();
    expect(await fates(gh, { apiKey: "key" })).toEqual(all("done"));
    expect(secrets.get("ANTHROPIC_API_KEY")).toBe("key");
    expect(secrets.get("FACTORY_SEAL_KEY")).toMatch(/^[0-9a-f]{64}$/);
    expect([...labels]).toEqual(["factory:queued"]);
    // What it is not about stays as it was.
    expect(setting()).toEqual({
      default_workflow_permissions: "write",
      can_approve_pull_request_reviews: true,
    });
    const before = calls.length;
    expect(await fates(gh, { apiKey: "another" })).toEqual(all("there"));
    expect(calls.slice(before).some((line) => /set|create|PUT/.test(line))).toBe(false);
    expect(secrets.get("ANTHROPIC_API_KEY")).toBe("key");
  });

  test("has no secret on any command line", async () => {
    const { gh, calls, secrets } = github();
    await fates(gh, { apiKey: "sk-secret" });
    for (const value of secrets.values()) expect(calls.join("\n")).not.toContain(value);
  });

  test("is shown with --dry-run, and nothing is written", async () => {
    const { gh, secrets, labels } = github();
    expect(await fates(gh, { apiKey: "key", dryRun: true })).toEqual(all("planned"));
    expect([secrets.size, labels.size]).toEqual([0, 0]);
  });

  test("is left where there is no key of the model", async () => {
    expect(await fates(github().gh)).toEqual({ ...all("done"), [THINGS.apiKey]: "left" });
  });

  test("is not guessed: what cannot be seen is not written over", async () => {
    const { gh, secrets } = github({ secrets: ["FACTORY_SEAL_KEY"], refused: "secret list" });
    const found = await setUpGitHub(gh, { apiKey: "key", dryRun: false });
    expect(found.filter(({ fate }) => fate === "left")).toEqual([
      { what: THINGS.apiKey, fate: "left", because: "HTTP 403: Resource not accessible" },
      { what: THINGS.sealKey, fate: "left", because: "HTTP 403: Resource not accessible" },
    ]);
    expect(secrets.get("FACTORY_SEAL_KEY")).toBe("old");
  });

  test.each([
    ["secret set", [THINGS.apiKey, THINGS.sealKey]],
    ["label", [THINGS.label]],
    ["api", [THINGS.setting]],
  ])(
    "of which GitHub refuses %s is left with its reason, and the rest is done",
    async (refused, left) => {
      const found = await fates(github({ refused }).gh, { apiKey: "key" });
      const expected = Object.fromEntries(left.map((what) => [what, "left"]));
      expect(found).toEqual({ ...all("done"), ...expected });
    },
  );
});

const WITHOUT_GH = fileURLToPath(new URL("without-gh.play.ts", import.meta.url));
/** Half of what a call of `gh` may take. */
const PATIENCE_MS = 30_000;

describe("gh itself", () => {
  function bin(script: string): string {
    const folder = mkdtempSync(join(tmpdir(), "millwright-gh-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    writeFileSync(join(folder, "gh"), script);
    chmodSync(join(folder, "gh"), 0o755);
    return folder;
  }

  test("gets words and input apart", async () => {
    const folder = bin('#!/bin/sh\nprintf "%s|" "$@" > words; cat > input; echo no >&2; exit 3\n');
    const gh = ghIn(folder, { PATH: `${folder}:/usr/bin:/bin` });
    expect(await gh(["secret", "set", "A B"], "value")).toEqual({
      code: 3,
      stdout: "",
      stderr: "no\n",
    });
    expect(readFileSync(join(folder, "words"), "utf8")).toBe("secret|set|A B|");
    expect(readFileSync(join(folder, "input"), "utf8")).toBe("value");
  });

  test("that is not there is said to be", async () => {
    const gh = ghIn(tmpdir(), { PATH: "/nowhere" });
    expect(await setUpGitHub(gh, { apiKey: "key", dryRun: false })).toEqual([
      { what: "GitHub", fate: "left", because: "gh is not signed in: there is no gh on PATH" },
    ]);
  });

  test("that is not there keeps nobody waiting", async () => {
    using command = start([], { program: WITHOUT_GH, path: "/nowhere" });
    const { promise: late, resolve } = Promise.withResolvers<"late">();
    const bound = setTimeout(resolve, PATIENCE_MS, "late");
    onTestFinished(() => clearTimeout(bound));
    expect(await Promise.race([command.ended, late])).toEqual({
      code: 0,
      stdout: "127\n",
      stderr: "",
    });
  });
});
