import { describe, expect, test } from "vitest";
import type { View } from "../../../../src/control/observed/issue-view.ts";
import { dueLoops, readLoopFiles } from "../../../../src/control/observed/loops/loop-files.ts";
import { type LoopRead, readLoopText } from "../../../../src/control/observed/loops/loop-text.ts";
import type { FileState } from "../../../../src/ports/github.ts";

const HEAD = "a".repeat(40);
const FOLDER = ".github/factory/loops";
const text = (on = "{}") => `---\ngather: { command: ./find }\non: ${on}\n---\n\nFind it.\n`;
const bytes = (content: string): FileState => ({ known: new TextEncoder().encode(content) });

function viewOf(
  paths: readonly string[] | undefined,
  files: Readonly<Record<string, FileState>> = {},
  loops: readonly string[] = [`${FOLDER}/*.md`],
): View {
  const read = Object.entries(files).map(([path, state]) => [`${HEAD}:${path}`, state] as const);
  return {
    snapshot: {
      repository: { head: HEAD },
      paths: paths === undefined ? { unknown: "GitHub cut the list" } : { known: paths },
    },
    config: { loops },
    files: new Map(read),
  } as unknown as View;
}

describe("the loop files at the head", () => {
  test("are those that the config names, in the order of their paths, hidden ones too", () => {
    const paths = [
      `${FOLDER}/tidy.md`,
      "README.md",
      `${FOLDER}/deeper/no.md`,
      `${FOLDER}/.hidden.md`,
      `${FOLDER}/audit.md`,
    ];
    expect(readLoopFiles(viewOf(paths))).toEqual({
      wants: [
        { commit: HEAD, path: `${FOLDER}/.hidden.md` },
        { commit: HEAD, path: `${FOLDER}/audit.md` },
        { commit: HEAD, path: `${FOLDER}/tidy.md` },
      ],
    });
    expect(readLoopFiles(viewOf(paths, {}, ["README.md"]))).toEqual({
      wants: [{ commit: HEAD, path: "README.md" }],
    });
  });

  test("are none where there are none, and unknown where the paths are", () => {
    expect(readLoopFiles(viewOf([]))).toEqual({ known: [] });
    expect(readLoopFiles(viewOf(undefined))).toEqual({ unknown: "GitHub cut the list" });
  });

  test("are at most thirty", () => {
    const paths = (count: number) =>
      Array.from({ length: count }, (_, index) => `${FOLDER}/loop-${index}.md`);
    expect(readLoopFiles(viewOf(paths(30)))).toMatchObject({ wants: { length: 30 } });
    expect(readLoopFiles(viewOf(paths(31)))).toEqual({
      unknown: "31 loop files, at most 30 are read",
    });
  });

  test("are read only once all of them are here: what is unread is asked for alone", () => {
    const paths = [`${FOLDER}/a.md`, `${FOLDER}/b.md`];
    expect(readLoopFiles(viewOf(paths, { [`${FOLDER}/a.md`]: bytes(text()) }))).toEqual({
      wants: [{ commit: HEAD, path: `${FOLDER}/b.md` }],
    });
  });

  test("are parsed, or have a fault each", () => {
    const states: Readonly<Record<string, FileState>> = {
      [`${FOLDER}/binary.md`]: { known: new Uint8Array([0xff, 0xfe]) },
      [`${FOLDER}/folder.md`]: { known: null },
      [`${FOLDER}/large.md`]: { unknown: "it is too large" },
      [`${FOLDER}/tidy.md`]: bytes(text()),
      [`${FOLDER}/wrong.md`]: bytes("# Tidy"),
    };
    const read = readLoopFiles(viewOf(Object.keys(states), states));
    expect(read).toEqual({
      known: [
        { path: `${FOLDER}/binary.md`, faults: ["it is not UTF-8"] },
        { path: `${FOLDER}/folder.md`, faults: ["it is no file"] },
        { path: `${FOLDER}/large.md`, faults: ["it could not be read: it is too large"] },
        readLoopText(`${FOLDER}/tidy.md`, text()),
        readLoopText(`${FOLDER}/wrong.md`, "# Tidy"),
      ],
    });
    expect(read).toMatchObject({ known: { 3: { read: { name: "tidy" } } } });
    expect(read).toMatchObject({ known: { 4: { faults: [expect.any(String)] } } });
  });
});

describe("the loops that a run was started for", () => {
  const loop = (name: string, on: string): LoopRead => {
    const reading = readLoopText(`${FOLDER}/${name}.md`, text(on));
    if (!("read" in reading)) throw new Error(reading.faults.join());
    return reading.read;
  };
  const LOOPS = [
    loop("nightly", '{ schedule: "0 3 * * *" }'),
    loop("weekly", '{ schedule: "0 3 * * 1" }'),
    loop("deployed", "{ event: deployment_status }"),
    loop("by-hand", "{}"),
  ];

  test.each<readonly [string, object | undefined, string, readonly string[]]>([
    ["a line of a schedule", { kind: "schedule", cron: "0 3 * * *" }, "schedule", ["nightly"]],
    ["another line", { kind: "schedule", cron: "0 3 * * 1" }, "schedule", ["weekly"]],
    ["a line of no loop", { kind: "schedule", cron: "0 4 * * *" }, "schedule", []],
    ["a schedule without its line", { kind: "schedule" }, "schedule", []],
    ["a name", { kind: "doorbell", loop: "by-hand" }, "workflow_dispatch", ["by-hand"]],
    ["a name of no loop", { kind: "doorbell", loop: "other" }, "workflow_dispatch", []],
    ["no name", { kind: "doorbell" }, "workflow_dispatch", []],
    ["an event", { kind: "arrived" }, "deployment_status", ["deployed"]],
    ["an event that is not understood", undefined, "deployment_status", ["deployed"]],
    ["an event of no loop", { kind: "arrived" }, "push", []],
  ])("by %s", (_, trigger, name, due) => {
    const view = { trigger, input: { event: { name } } } as unknown as View;
    expect(dueLoops(view, LOOPS).map((one) => one.name)).toEqual(due);
  });
});
