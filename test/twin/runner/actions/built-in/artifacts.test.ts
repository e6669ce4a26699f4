import { appendFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  createNotes,
  createWorld,
  expectSuccess,
  jobOf,
  logOf,
  oneJob,
  until,
} from "../../world.ts";

const UP = "actions/upload-artifact@043fb46d1a93c77aae656e7c1c64a875d1fc6a0a";
const DOWN = "actions/download-artifact@3e5f45b2cfb9172054b4087a40e8e0b5a5461e7c";

describe("artifacts", () => {
  test("go from job to job by id and digest, and keep the shape of what was found", async () => {
    await using world = await createWorld({
      ".github/workflows/one.yml": `
on: push
jobs:
  up:
    runs-on: x
    outputs: { id: "\${{ steps.order.outputs.artifact-id }}", digest: "\${{ steps.order.outputs.artifact-digest }}" }
    steps:
      - run: mkdir -p d/e .h && echo order > d/order.json && echo deep > d/e/deep.txt && echo no > d/.hidden && echo ex > d/skip.log && touch .h/x
      - { id: order, uses: ${UP}, with: { name: order, path: d/order.json } }
      - { uses: ${UP}, with: { name: folder, path: "d\\n!d/*.log" } }
      - { uses: ${UP}, with: { name: several, path: "d/**/*.txt\\nd/order.json" } }
      - { uses: ${UP}, with: { name: hidden, path: d, include-hidden-files: true } }
      - { uses: ${UP}, with: { path: d/e/deep.txt, archive: false } }
      - { uses: ${UP}, with: { path: nothing/here } }
  down:
    needs: up
    runs-on: x
    steps:
      - { uses: ${DOWN}, id: one, with: { artifact-ids: "\${{ needs.up.outputs.id }}", path: in } }
      - run: cat in/order.json; echo "digest \${{ needs.up.outputs.digest }}"; echo "\${{ steps.one.outputs.download-path }}" | sed "s,$GITHUB_WORKSPACE,WORKSPACE,"
      - { uses: ${DOWN}, with: { name: folder, path: folder } }
      - { uses: ${DOWN}, with: { pattern: "se*", path: matched } }
      - { uses: ${DOWN}, with: { pattern: "{order,folder}", path: merged, merge-multiple: true } }
      - { uses: ${DOWN}, with: { path: all } }
      - run: find folder matched merged all -type f | sort
`,
    });
    const run = await world.run("push");
    expectSuccess(run);
    const log = logOf(run, "down");
    expect(log).toMatch(/^order\ndigest [0-9a-f]{64}\nWORKSPACE\/in$/m);
    expect(log.slice(log.indexOf("all/deep.txt")).split("\n##[")[0]?.split("\n")).toEqual([
      "all/deep.txt/deep.txt",
      "all/folder/e/deep.txt",
      "all/folder/order.json",
      "all/hidden/.hidden",
      "all/hidden/e/deep.txt",
      "all/hidden/order.json",
      "all/hidden/skip.log",
      "all/order/order.json",
      "all/several/e/deep.txt",
      "all/several/order.json",
      "folder/e/deep.txt",
      "folder/order.json",
      "matched/several/e/deep.txt",
      "matched/several/order.json",
      "merged/e/deep.txt",
      "merged/order.json",
    ]);
    expect(jobOf(run, "up").annotations.map((each) => each.level)).toEqual(["warning"]);
  });

  test.each([
    [
      "a name twice",
      `- { uses: ${UP}, with: { path: f } }\n- { uses: ${UP}, with: { path: f } }`,
      "already exists on the workflow run",
    ],
    [
      "a name that is no name",
      `- { uses: ${UP}, with: { name: "a/b", path: f } }`,
      "The artifact name is not valid",
    ],
    [
      "nothing found, as an error",
      `- { uses: ${UP}, with: { path: none, if-no-files-found: error } }`,
      "No files were found",
    ],
    ["no path", `- { uses: ${UP} }`, "Input required and not supplied: path"],
    [
      "several files unarchived",
      `- { uses: ${UP}, with: { path: "f\\ng", archive: false } }`,
      "takes one file",
    ],
    [
      "an unknown name",
      `- { uses: ${DOWN}, with: { name: nobody } }`,
      "Artifact not found for name: nobody. This run has: none",
    ],
    [
      "an unknown id",
      `- { uses: ${DOWN}, with: { artifact-ids: 7 } }`,
      "None of the provided artifact IDs were found: 7",
    ],
    [
      "an id that is none",
      `- { uses: ${DOWN}, with: { artifact-ids: x } }`,
      "Invalid artifact ID: 'x'",
    ],
    [
      "name and ids",
      `- { uses: ${DOWN}, with: { name: a, artifact-ids: 1 } }`,
      "cannot be used together",
    ],
    ["another run", `- { uses: ${DOWN}, with: { run-id: 5 } }`, "does not know 'run-id: 5'"],
  ])("%s fails with a sentence", async (_, steps, sentence) => {
    await using world = await createWorld(oneJob(`- run: echo f > f; echo g > g\n${steps}`));
    const run = await world.run("push");
    expect(run.conclusion).toBe("failure");
    expect(
      jobOf(run)
        .annotations.map((each) => each.message)
        .join("\n"),
    ).toContain(sentence);
  });

  test("overwrite gives a new id, and stored bytes that changed are refused", async () => {
    await using notes = await createNotes();
    await using world = await createWorld(
      oneJob(`
- run: echo f > f
- { id: a, uses: ${UP}, with: { path: f } }
- { id: b, uses: ${UP}, with: { path: f, overwrite: true } }
- run: test "\${{ steps.a.outputs.artifact-id }}" != "\${{ steps.b.outputs.artifact-id }}" && echo 1 > "$NOTES/uploaded"
- run: until test -e "$NOTES/changed"; do sleep 0.02; done
- { uses: ${DOWN}, with: { name: artifact } }
`),
      { environment: { NOTES: notes.folder } },
    );
    world.runner.handle(world.event("push"));
    await until("the upload", () => notes.has("uploaded"));
    const store = join(world.scratch, "artifacts", "1000001");
    for (const id of readdirSync(store)) {
      appendFileSync(join(store, id, "f"), "tampered");
    }
    appendFileSync(join(notes.folder, "changed"), "");
    await world.runner.idle();
    const [run] = world.runner.runs();
    expect(run && jobOf(run).annotations[0]?.message).toContain(
      "digest mismatch of artifact 'artifact'",
    );
  });
});
