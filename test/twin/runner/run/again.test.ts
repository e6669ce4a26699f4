import { writeFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { conclusions, createNotes, createWorld, type Notes, type World } from "../world.ts";

const ONE = (notes: string) => `on: push
jobs:
  before:
    runs-on: x
    outputs: { made: "\${{ steps.make.outputs.made }}" }
    steps:
      - id: make
        run: echo "made=in-\${{ github.run_attempt }}" >> "$GITHUB_OUTPUT"
  breaks:
    runs-on: x
    steps:
      - run: test -e ${notes}/mended
  beside:
    needs: before
    runs-on: x
    steps:
      - run: echo \${{ github.run_attempt }} >> ${notes}/beside
  called:
    needs: [before, breaks]
    if: "!cancelled()"
    uses: ./.github/workflows/two.yml
    with: { made: "\${{ needs.before.outputs.made }}" }
`;
const TWO = (notes: string) => `on: { workflow_call: { inputs: { made: { type: string } } } }
jobs:
  inner:
    if: "!cancelled()"
    runs-on: x
    steps:
      - run: echo "\${{ inputs.made }} \${{ github.run_attempt }}" >> ${notes}/inner
`;

async function createBroken(notes: Notes): Promise<World> {
  return createWorld({
    ".github/workflows/one.yml": ONE(notes.folder),
    ".github/workflows/two.yml": TWO(notes.folder),
  });
}

async function again(world: World, which: "all" | "failed") {
  const [first] = world.runner.runs();
  const begun = world.runSource().rerun?.("acme/app", first?.id ?? 0, which);
  await world.runner.idle();
  const [run] = world.runner.runs();
  if (run === undefined) throw new Error("no run");
  return { begun, run };
}

describe("a run that is run again", () => {
  test("by its failed jobs keeps what succeeded, and runs what waited for a failed job", async () => {
    await using notes = await createNotes();
    await using world = await createBroken(notes);
    const first = await world.run("push");
    expect(conclusions(first).breaks).toBe("failure");
    await writeFile(`${notes.folder}/mended`, "");
    const { begun, run } = await again(world, "failed");
    expect(begun).toBe(true);
    expect({ id: run.id, attempt: run.attempt, conclusion: run.conclusion }).toEqual({
      ...{ id: first.id, attempt: 2, conclusion: "success" },
    });
    expect(notes.read("beside")).toBe("1\n");
    expect(notes.read("inner")).toBe("in-1 1\nin-1 2\n");
    expect(Object.keys(conclusions(run)).sort()).toEqual(Object.keys(conclusions(first)).sort());
  });

  test("as a whole runs every job again", async () => {
    await using notes = await createNotes();
    await using world = await createBroken(notes);
    await world.run("push");
    const { run } = await again(world, "all");
    expect(run.conclusion).toBe("failure");
    expect(notes.read("beside")).toBe("1\n2\n");
    expect(notes.read("inner")).toBe("in-1 1\nin-2 2\n");
  });

  test("is run again where a job got no runner, which cancelled it", async () => {
    await using notes = await createNotes();
    await writeFile(`${notes.folder}/mended`, "");
    const files = { ".github/workflows/one.yml": ONE(notes.folder) };
    const all = { ...files, ".github/workflows/two.yml": TWO(notes.folder) };
    await using world = await createWorld(all, { losesJob: 2, concurrency: 1 });
    const run = await world.run("push");
    expect({ attempt: run.attempt, conclusion: run.conclusion }).toEqual({
      ...{ attempt: 2, conclusion: "success" },
    });
    expect(notes.read("beside")).toBe("2\n");
    expect(notes.read("inner")).toMatch(/^in-[12] 2\n$/);
  });

  test("is run again where a runner was lost in the middle of a job, of which nothing later ran", async () => {
    await using notes = await createNotes();
    const one = `on: push
jobs:
  before: { runs-on: x, steps: [{ run: echo one >> ${notes.folder}/before }] }
  lost:
    needs: before
    runs-on: x
    outputs: { made: "\${{ steps.make.outputs.made }}" }
    steps:
      - run: echo first >> ${notes.folder}/lost
      - { id: make, run: 'echo made=it >> "$GITHUB_OUTPUT"' }
      - { if: always(), run: echo last >> ${notes.folder}/lost }
  behind:
    needs: lost
    if: "!cancelled()"
    runs-on: x
    steps: [{ run: "echo '\${{ needs.lost.result }} \${{ needs.lost.outputs.made }}' >> ${notes.folder}/behind" }]
`;
    const files = { ".github/workflows/one.yml": one };
    await using world = await createWorld(files, { losesRunner: 2 });
    const run = await world.run("push");
    expect({ attempt: run.attempt, conclusion: run.conclusion }).toEqual({
      ...{ attempt: 2, conclusion: "success" },
    });
    expect(notes.read("before")).toBe("one\n");
    expect(notes.read("lost")).toBe("first\nfirst\nlast\n");
    expect(notes.read("behind")).toBe("failure \nsuccess it\n");
  });

  test("has to be there", async () => {
    await using notes = await createNotes();
    await using world = await createBroken(notes);
    await world.run("push");
    expect(world.runSource().rerun?.("acme/app", 7, "all")).toBe(false);
    expect(world.runSource().rerun?.("acme/other", 1_000_001, "all")).toBe(false);
  });
});
