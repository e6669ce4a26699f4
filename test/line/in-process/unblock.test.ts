import { describe, expect, test } from "vitest";
import type { Weather } from "../../../src/twin/github/weather/weather.ts";
import { CONFIG } from "../repository.ts";
import { headOf, PATIENCE_MS, REPOSITORY, raise, type Setting, say, type World } from "../rig.ts";

const GREET = "src/greet.js";
const TESTS = "test/greet.test.js";

const source = (greet: string, part = 'return "Bye " + name;') =>
  [
    "export function greet(name) {",
    `  ${greet}`,
    "}",
    "",
    "export function part(name) {",
    `  ${part}`,
    "}",
    "",
  ].join("\n");
const block = (title: string, law: string) => [`test("${title}", () => {`, `  ${law}`, "});", ""];
const tests = (...added: readonly (readonly string[])[]) =>
  [
    'import assert from "node:assert/strict";',
    'import { test } from "node:test";',
    'import { greet, part } from "../src/greet.js";',
    "",
    ...block("greets by name", 'assert.equal(greet("Ada"), "Hello Ada");'),
    ...added.flat(),
    ...block("parts by name", 'assert.equal(part("Ada"), "Bye Ada");'),
  ].join("\n");
const NOBODY = block("greets nobody", 'assert.equal(greet(), "Hello");');
const BLANKS = block("greets without blanks", 'assert.equal(greet(" Ada "), "Hello Ada");');

type Files = Readonly<Record<string, string>>;

const CI = "ci[bot]";

/** What an App of the repository's own says of a commit, by itself. */
async function check(world: World, sha: string, conclusion: "success" | "failure"): Promise<void> {
  const mark = {
    ...{ path: GREET, start_line: 2, end_line: 2, annotation_level: "failure" },
    message: "an empty name is a name, too",
  };
  const output = { title: conclusion, summary: "", annotations: [mark] };
  await world.send("POST", "/check-runs", { name: "rules", head_sha: sha, conclusion, output }, CI);
}

/** A commit of a person on a branch, which is made where it is not there. */
async function push(world: World, branch: string, files: Files): Promise<string> {
  if (branch !== "main") {
    await world.send("POST", "/git/refs", { ref: `refs/heads/${branch}`, sha: world.base });
  }
  const parent = await headOf(world, branch);
  const { tree } = await world.get<{ tree: { sha: string } }>(`/git/commits/${parent}`);
  const entries = Object.entries(files);
  const made = (await world.send("POST", "/git/trees", {
    base_tree: tree.sha,
    tree: entries.map(([path, content]) => ({ path, mode: "100644", type: "blob", content })),
  })) as { sha: string };
  const message = `Change ${branch}`;
  const commit = { message, tree: made.sha, parents: [parent] };
  const { sha } = (await world.send("POST", "/git/commits", commit)) as { sha: string };
  await world.send("PATCH", `/git/refs/heads/${branch}`, { sha });
  return sha;
}

async function offer(world: World, head: string): Promise<number> {
  const pull = { title: "Greet nobody", head, base: "main", body: "Somebody asked for it." };
  const { number } = (await world.send("POST", "/pulls", pull)) as { number: number };
  await world.idle();
  return number;
}

const write = (path: string, content: string) => ({
  tool: "write",
  input: { file_path: path, content },
});
const coder = (...calls: readonly object[]) => ({
  coder: [{ calls }, { json: { summary: "Both sides are kept.", assumptions: [] } }],
});

interface Branch {
  readonly ref: string;
  readonly object: { readonly sha: string };
}

async function suggestions(world: World): Promise<readonly Branch[]> {
  return await world.get<readonly Branch[]>("/git/matching-refs/heads/factory/unblock-");
}

async function fileAt(world: World, path: string, ref: string): Promise<string> {
  const { content } = await world.get<{ content: string }>(`/contents/${path}?ref=${ref}`);
  return Buffer.from(content, "base64").toString("utf8");
}

async function saidOn(world: World, pull: number): Promise<readonly { body: string }[]> {
  return await world.get<readonly { body: string }[]>(`/issues/${pull}/comments`);
}

async function lastWord(world: World, pull: number): Promise<string> {
  return (await saidOn(world, pull)).at(-1)?.body ?? "";
}

async function beat(world: World): Promise<void> {
  world.twin.github.emitSchedule(REPOSITORY, "41 * * * *");
  await world.idle();
}

function requestsOfBeats(world: World): readonly number[] {
  const jobs = world.twin.runner.runs().flatMap(({ jobs: ran }) => ran);
  const beats = jobs.filter(({ name }) => name === "heartbeat").map(({ id }) => id);
  const asked = world.twin.github.requests();
  return beats.map((id) => asked.filter(({ jobId }) => jobId === String(id)).length);
}

async function parentsOf(world: World, commit: string): Promise<readonly string[]> {
  const { parents } = await world.get<{ parents: { sha: string }[] }>(`/git/commits/${commit}`);
  return parents.map(({ sha }) => sha);
}

const GOOD = source('return name === undefined ? "Hello" : "Hello " + name.trim();');

/** Both sides change one line of the source, and add a test at one place. */
async function conflicting(
  roles: object,
  config: Setting["config"] = {},
  weather: Partial<Weather> = {},
) {
  const world = await raise({
    roles: { ...roles },
    config,
    weather,
  });
  const head = await push(world, "nobody", {
    [GREET]: source('return name === undefined ? "Hello" : "Hello " + name;'),
    [TESTS]: tests(NOBODY),
  });
  const base = await push(world, "main", {
    [GREET]: source('return "Hello " + name.trim();'),
    [TESTS]: tests(BLANKS),
  });
  return { world, head, base, pull: await offer(world, "nobody") };
}

describe.concurrent("anybody's pull request, on request", { timeout: PATIENCE_MS }, () => {
  test("a conflict is resolved on a branch of its own, which the tests of both sides prove", async () => {
    const both = coder(write(GREET, GOOD), write(TESTS, tests(NOBODY, BLANKS)));
    // By Node's own tests, as everybody else's are read here for less.
    const { world, head, base, pull } = await conflicting(both, { checks: CONFIG.checks });
    await using _ = world;
    await say(world, pull, "/factory unblock");
    const [branch, ...others] = await suggestions(world);
    expect(others).toEqual([]);
    const commit = branch?.object.sha ?? "";
    expect(await parentsOf(world, commit)).toEqual([head, base]);
    expect(await headOf(world, "nobody")).toBe(head);
    expect(await fileAt(world, GREET, commit)).toBe(GOOD);
    const word = await lastWord(world, pull);
    expect(word).toContain("Mended, and every test of both sides passes");
    expect(word).toContain(
      "| new tests | 1 | 1 |\n| tests that pass here | 3 | 3 |\n| tests lost | none | none |\n| hunks dropped | 1 | 1 |",
    );
    expect(word).toContain("src/greet.js");
    // Asked of nobody but the coder.
    const roles = world.model.requests().map(({ place }) => place?.role);
    expect(new Set(roles)).toEqual(new Set(["coder"]));
  });

  test("a label on a conflict starts nothing by itself: the heartbeat finds it, it is answered, and it comes off", async () => {
    const both = coder(write(GREET, GOOD), write(TESTS, tests(NOBODY, BLANKS)));
    // Longer ago than a run of GitHub's own would take to begin.
    const weather = { clockAheadMs: -20 * 60_000 };
    const { world, pull } = await conflicting(both, {}, weather);
    await using _ = world;
    const jobs = () => world.twin.runner.runs().map((run) => run.jobs.map(({ name }) => name));
    const before = jobs().length;
    await world.send("POST", `/issues/${pull}/labels`, { labels: ["factory:unblock"] });
    await world.idle();
    expect(jobs()).toHaveLength(before);
    await beat(world);
    expect(jobs().slice(before)).toEqual([
      ["heartbeat"],
      ["route", "implement", "verify", "unblock-settle"],
    ]);
    expect(await suggestions(world)).toHaveLength(1);
    expect(await lastWord(world, pull)).toContain("Mended, and every test of both sides passes");
    const { labels } = await world.get<{ labels: readonly unknown[] }>(`/issues/${pull}`);
    expect(labels).toEqual([]);
    const [begun] = await world.get<readonly { body: string }[]>(`/issues/${pull}/comments`);
    expect(begun?.body).toMatch(
      /This run has ended.*It cost [0-9.]+ k tokens, \$[0-9.]+, which counts/s,
    );
    await beat(world);
    expect(jobs().slice(before + 2)).toEqual([["heartbeat"]]);
    // The look, what the labeller may do, and the ring; without a label the look is all.
    expect(requestsOfBeats(world)).toEqual([3, 1]);
  });

  test("is not begun where the money of the day is spent on another, which the comment says", async () => {
    const both = coder(write(GREET, GOOD), write(TESTS, tests(NOBODY, BLANKS)));
    const { world, pull } = await conflicting(both, { limits: { usdPerIssue: 5, usdPerDay: 5 } });
    await using _ = world;
    await say(world, pull, "/factory unblock");
    expect(await lastWord(world, pull)).toContain("Mended");
    await say(world, pull, "/factory unblock");
    expect(await saidOn(world, pull)).toHaveLength(5);
    const word = await lastWord(world, pull);
    expect(word).toMatch(/The budget of the day is used up.*`0\.01` spent/s);
    expect(word).toContain("then comment `/factory unblock` again");
    expect(await suggestions(world)).toHaveLength(1);
  });

  test("a result that loses a test of one side is not offered, and says which", async () => {
    const oneSide = coder(
      write(GREET, source('return name === undefined ? "Hello" : "Hello " + name;')),
      write(TESTS, tests(NOBODY)),
    );
    const { world, head, pull } = await conflicting(oneSide);
    await using _ = world;
    await say(world, pull, "/factory unblock push");
    expect(await suggestions(world)).toEqual([]);
    expect(await headOf(world, "nobody")).toBe(head);
    const word = await lastWord(world, pull);
    expect(word).toContain("Nothing was offered, and no branch was touched");
    expect(word).toContain("greets without blanks");
    expect(word).toMatch(
      /\| new tests \| .* \| 1 \|\n\| tests that pass here \| .* \| 2 \|\n\| tests lost \| .* \| 1 \|\n\| hunks dropped \| .* \| [1-9] \|/,
    );
  });

  test("a result in which a new test asks less than its side wrote is not offered", async () => {
    const weaker = block("greets nobody", 'assert.equal(greet(), "Hello undefined");');
    const weakened = coder(
      write(GREET, source('return "Hello " + String(name).trim();')),
      write(TESTS, tests(weaker, BLANKS)),
    );
    const { world, pull } = await conflicting(weakened);
    await using _ = world;
    await say(world, pull, "/factory unblock");
    expect(await suggestions(world)).toEqual([]);
    expect(await lastWord(world, pull)).toMatch(/tests of the pull request.*greets nobody/i);
  });

  test("a check that fails for the change is mended on its own branch, where somebody with write says so", async () => {
    const mends = coder({
      tool: "edit",
      input: { file_path: GREET, old_string: '"Ciao "', new_string: '"Bye "' },
    });
    await using world = await raise({ roles: mends });
    const head = await push(world, "nobody", {
      [GREET]: source(
        'return name === undefined ? "Hello" : "Hello " + name;',
        'return "Ciao " + name;',
      ),
      [TESTS]: tests(NOBODY),
    });
    const pull = await offer(world, "nobody");
    await say(world, pull, "/factory unblock push");
    const now = await headOf(world, "nobody");
    expect(now).not.toBe(head);
    // The base did not move: there is nothing to merge in.
    expect(await parentsOf(world, now)).toEqual([head]);
    expect(await suggestions(world)).toEqual([]);
    const word = await lastWord(world, pull);
    expect(word).toContain("as was asked");
    expect(word).toMatch(
      /\| new tests \| 1 \| .*\n\| tests that pass here \| 2 \| .*\n\| tests lost \| none \| .*\n\| hunks dropped \| 1 \| /,
    );
    expect(word).toContain("Edited beyond the merge");
  });

  test("what the repository's own red check says is shown to the coder, and the comment names it", async () => {
    const law = 'return name === undefined || name === "" ? "Hello" : "Hello " + name;';
    const mends = coder(write(GREET, source(law)));
    await using world = await raise({
      roles: mends,
      collaborators: { [CI]: "write" },
    });
    const head = await push(world, "nobody", {
      [GREET]: source('return name === undefined ? "Hello" : "Hello " + name;'),
      [TESTS]: tests(NOBODY),
    });
    const pull = await offer(world, "nobody");
    await check(world, world.base, "success");
    await check(world, head, "failure");
    await say(world, pull, "/factory unblock");
    const [branch] = await suggestions(world);
    expect(await fileAt(world, GREET, branch?.object.sha ?? "")).toBe(source(law));
    expect(JSON.stringify(world.model.requests())).toContain("an empty name is a name, too");
    expect(await lastWord(world, pull)).toContain(
      "red before, and your CI has to say it anew: rules",
    );
  });

  test("staged, all of it is shown in the summary and nothing is written", async () => {
    const both = coder(write(GREET, GOOD), write(TESTS, tests(NOBODY, BLANKS)));
    const { world, pull } = await conflicting(both, { mode: "staged" });
    await using _ = world;
    await say(world, pull, "/factory unblock");
    expect(await suggestions(world)).toEqual([]);
    expect(await lastWord(world, pull)).toBe("/factory unblock");
    const jobs = world.twin.runner.runs().flatMap((run) => run.jobs);
    expect(jobs.map(({ name, conclusion }) => [name, conclusion])).toEqual([
      ["route", "success"],
      ["implement", "success"],
      ["verify", "success"],
      ["unblock-settle", "success"],
    ]);
    const summary = jobs.at(-1)?.summary ?? "";
    expect(summary).toContain(`factory/unblock-${pull}-`);
    expect(summary).toContain("Mended, and every test of both sides passes");
  });

  test("a result in which a mark of the conflict still stands is not offered", async () => {
    const says = { json: { summary: "It is fine as it is.", assumptions: [] } };
    const { world, pull } = await conflicting({ coder: [[says], [says], [says]] });
    await using _ = world;
    await say(world, pull, "/factory unblock");
    expect(await suggestions(world)).toEqual([]);
    expect(await lastWord(world, pull)).toContain("a mark of the conflict still stands in it");
  });

  test("one that brings packages nobody approved runs nothing and costs no token", async () => {
    await using world = await raise();
    const manifest = { name: "greeter", private: true, type: "module" };
    await push(world, "packages", {
      "package.json": JSON.stringify({ ...manifest, dependencies: { leftpad: "^1.0.0" } }),
    });
    const pull = await offer(world, "packages");
    await say(world, pull, "/factory unblock");
    expect(world.model.requests()).toEqual([]);
    expect(await suggestions(world)).toEqual([]);
    expect(await lastWord(world, pull)).toContain("package.json");
  });

  test("one that nothing blocks costs no token, and its branch is left alone", async () => {
    await using world = await raise();
    await push(world, "nobody", {
      [GREET]: source('return name === undefined ? "Hello" : "Hello " + name;'),
      [TESTS]: tests(NOBODY),
    });
    const pull = await offer(world, "nobody");
    await world.send("POST", `/issues/${pull}/labels`, { labels: ["factory:unblock"] });
    await world.idle();
    expect(world.model.requests()).toEqual([]);
    expect(await suggestions(world)).toEqual([]);
    expect(await lastWord(world, pull)).toContain("it merges without a conflict");
  });
});
