import { writeFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { createConcurrencyGroups } from "../../../../src/twin/runner/run/concurrency.ts";
import { conclusions, createNotes, createWorld, type Notes, until, type World } from "../world.ts";

interface Ask {
  readonly name: string;
  readonly group?: string;
  readonly repository?: string;
  readonly queue?: "single" | "max";
  readonly cancel?: boolean;
}

/** Asks in order, then releases whoever holds until nobody does; tells the order and who was cancelled. */
async function play(
  asks: readonly Ask[],
): Promise<{ readonly held: string[]; readonly cancelled: string[] }> {
  const groups = createConcurrencyGroups();
  const held: string[] = [];
  const cancelled: string[] = [];
  const work = asks.map(async (ask) => {
    const ticket = groups.request({
      repository: ask.repository ?? "a/b",
      group: ask.group ?? "g",
      queue: ask.queue ?? "single",
      cancelInProgress: ask.cancel ?? false,
      cancel: () => cancelled.push(ask.name),
    });
    if (await ticket.granted) {
      held.push(ask.name);
      // Everyone has asked before the first one lets go.
      await new Promise((resolve) => setImmediate(resolve));
      ticket.release();
      ticket.release();
    }
  });
  await Promise.all(work);
  return { held, cancelled };
}

describe("concurrency groups", () => {
  test.each<[string, readonly Ask[], string, string]>([
    ["one after another", [{ name: "1" }, { name: "2" }], "1 2", ""],
    ["the newest waits alone", [{ name: "1" }, { name: "2" }, { name: "3" }], "1 3", "2"],
    [
      "names are compared without case",
      [{ name: "1", group: "G" }, { name: "2" }, { name: "3" }],
      "1 3",
      "2",
    ],
    [
      "repositories have their own",
      [{ name: "1" }, { name: "2" }, { name: "3", repository: "a/c" }],
      "1 3 2",
      "",
    ],
    [
      "cancel-in-progress cancels all before",
      [{ name: "1" }, { name: "2" }, { name: "3", cancel: true }],
      "1 3",
      "2 1",
    ],
    [
      "queue: max keeps all in order",
      ["1", "2", "3", "4"].map((name) => ({ name, queue: "max" as const })),
      "1 2 3 4",
      "",
    ],
    [
      "queue: max holds 100 and no more",
      Array.from({ length: 103 }, (_, index) => ({ name: String(index), queue: "max" as const })),
      Array.from({ length: 101 }, (_, index) => String(index)).join(" "),
      "101 102",
    ],
  ])("%s", async (_, asks, held, cancelled) => {
    const result = await play(asks);
    expect(result.held.join(" ")).toBe(held);
    expect(result.cancelled.join(" ")).toBe(cancelled);
  });

  test("a place in the queue can be given up", async () => {
    const groups = createConcurrencyGroups();
    const ask = () =>
      groups.request({
        repository: "a/b",
        group: "g",
        queue: "max",
        cancelInProgress: false,
        cancel: () => undefined,
      });
    const [first, second, third] = [ask(), ask(), ask()];
    second.release();
    expect(await second.granted).toBe(false);
    first.release();
    expect(await third.granted).toBe(true);
  });
});

const WAIT = `echo 1 > "$NOTES/$GITHUB_RUN_ID"; until test -e "$NOTES/go"; do sleep 0.02; done`;

/** Starts three runs, waits until the first one holds, lets all go. */
async function three(world: World, notes: Notes): Promise<(string | null)[]> {
  world.runner.handle(world.event("push"));
  await until("the first run", () => notes.has("1000001"));
  world.runner.handle(world.event("push"));
  world.runner.handle(world.event("push"));
  await until("all runs", () => world.runner.runs().length === 3);
  await writeFile(`${notes.folder}/go`, "");
  await world.runner.idle();
  return world.runner.runs().map((run) => run.conclusion);
}

describe("concurrency in workflows", () => {
  test.each([
    ["concurrency: group-${{ github.ref }}", ["success", "cancelled", "success"]],
    ["concurrency: { group: g, cancel-in-progress: true }", ["cancelled", "cancelled", "success"]],
    [
      "concurrency: { group: g, cancel-in-progress: \"${{ github.ref == 'x' }}\" }",
      ["success", "cancelled", "success"],
    ],
    ["concurrency: { group: g, queue: max }", ["success", "success", "success"]],
    ['concurrency: "${{ github.run_id }}"', ["success", "success", "success"]],
  ])("%s", async (key, expected) => {
    await using notes = await createNotes();
    await using world = await createWorld(
      {
        ".github/workflows/one.yml": `on: push\n${key}\njobs: { a: { runs-on: x, steps: [{ run: '${WAIT}' }] } }\n`,
      },
      { environment: { NOTES: notes.folder }, concurrency: 4, grace: 100 },
    );
    expect(await three(world, notes)).toEqual(expected);
  });

  test("of a job and of a called workflow hold only their part", async () => {
    await using notes = await createNotes();
    const guard = `mkdir "$NOTES/lock"; sleep 0.1; rmdir "$NOTES/lock"`;
    await using world = await createWorld(
      {
        ".github/workflows/one.yml": `
on: push
jobs:
  free: { runs-on: x, steps: [{ run: echo }] }
  own: { concurrency: { group: lock, queue: max }, runs-on: x, steps: [{ run: '${guard}' }] }
  call: { uses: ./.github/workflows/two.yml }
`,
        ".github/workflows/two.yml": `
on: workflow_call
concurrency: { group: LOCK, queue: max }
jobs: { inner: { runs-on: x, steps: [{ run: '${guard}' }] } }
`,
      },
      { environment: { NOTES: notes.folder }, concurrency: 6 },
    );
    world.runner.handle(world.event("push"));
    world.runner.handle(world.event("push"));
    await world.runner.idle();
    expect(world.runner.runs().map((run) => [run.conclusion, run.error])).toEqual([
      ["success", undefined],
      ["success", undefined],
    ]);
  });

  test("a callee that wants its caller's group is a deadlock and is cancelled", async () => {
    await using world = await createWorld({
      ".github/workflows/one.yml": `
on: push
concurrency: same
jobs: { call: { uses: ./.github/workflows/two.yml } }
`,
      ".github/workflows/two.yml": `
on: workflow_call
concurrency: Same
jobs: { inner: { runs-on: x, steps: [{ run: echo }] } }
`,
    });
    const run = await world.run("push");
    expect(run.conclusion).toBe("cancelled");
    expect(conclusions(run)).toEqual({ call: "cancelled" });
    expect(run.jobs[0]?.annotations[0]?.message).toContain("a deadlock was detected");
  });
});
