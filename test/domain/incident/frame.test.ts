import { describe, expect, test } from "vitest";
import { Frames, framesOf } from "../../../src/domain/incident/frame.ts";
import { type OwnFrame, ownFrames } from "../../../src/domain/incident/own-frames.ts";

const read = (frames: unknown) => framesOf(Frames.parse(frames));

describe("a frame of a stack", () => {
  test.each<readonly [string, object, object]>([
    ["a path alone", { path: "src/a.ts" }, { path: "src/a.ts", foreign: false }],
    [
      "all that it may say",
      { path: "a.ts", function: "f", line: 3 },
      { path: "a.ts", function: "f", line: 3, foreign: false },
    ],
    [
      "the first of three names for a path",
      { abs_path: "/c", filename: "b", path: "a" },
      { path: "a", foreign: false },
    ],
    ["the second name", { abs_path: "/c", filename: "b" }, { path: "b", foreign: false }],
    ["the third name", { abs_path: "/c" }, { path: "c", foreign: false }],
    [
      "the other name of a line",
      { path: "a", lineno: "7" },
      { path: "a", line: 7, foreign: false },
    ],
    [
      "a line of both names",
      { path: "a", line: 6, lineno: 7 },
      { path: "a", line: 6, foreign: false },
    ],
    ["code of its own", { path: "a", in_app: true }, { path: "a", foreign: false }],
    ["foreign code", { path: "a", in_app: false }, { path: "a", foreign: true }],
    ["a module of Node", { path: "node:fs" }, { path: "fs", foreign: true }],
    ["what only ends like one", { path: "src/node:fs" }, { path: "src/node:fs", foreign: false }],
    [
      "a path of another system",
      { path: "C:\\app\\.\\src\\..\\a.ts?v=1?w" },
      { path: "app/src/a.ts", foreign: false },
    ],
    [
      "an address",
      { path: "webpack-internal://shop/./src//a.ts" },
      { path: "shop/src/a.ts", foreign: false },
    ],
    ["a colon within a path", { path: "src/a:b.ts" }, { path: "src/a:b.ts", foreign: false }],
    ["Go's cache", { path: "/go/pkg/mod/x.go" }, { path: "go/pkg/mod/x.go", foreign: true }],
    ["no folder of Go's", { path: "go/pkg/x.go" }, { path: "go/pkg/x.go", foreign: false }],
    ["a file named like one", { path: "src/vendor.ts" }, { path: "src/vendor.ts", foreign: false }],
    ...[
      "node_modules",
      "bower_components",
      "site-packages",
      "dist-packages",
      "vendor",
      "gems",
      ".cargo",
      ".rustup",
      ".m2",
      ".venv",
      "GOROOT",
    ].map((folder): [string, object, object] => [
      `what stands in ${folder}`,
      { path: `x/${folder}/a` },
      { path: `x/${folder}/a`, foreign: true },
    ]),
  ])("is read: %s", (_what, frame, expected) => {
    expect(read([frame])).toStrictEqual([expected]);
  });

  test.each<readonly [string, unknown]>([
    ["no path", { function: "f", line: 1 }],
    ["a path that is none", { path: "/../." }],
    ["a query alone", { path: "?a" }],
    ["no object", "src/a.ts"],
  ])("is left out with %s, and the others stay", (_what, frame) => {
    expect(read([frame, { path: "b" }])).toStrictEqual([{ path: "b", foreign: false }]);
  });

  test("is one of the last fifty", () => {
    const frames = Array.from({ length: 51 }, (_, index) => ({ path: `f${index}` }));
    const paths = read(frames).map(({ path }) => path);
    expect([paths.length, paths[0], paths.at(-1)]).toEqual([50, "f1", "f50"]);
    expect(read(undefined)).toEqual([]);
  });
});

describe("a frame of the repository's own", () => {
  const TREE = ["a.ts", "src/a.ts", "app/src/a.ts", "lib/b.ts"];
  test.each<readonly [string, string, string | undefined]>([
    ["the path as it is", "src/a.ts", "src/a.ts"],
    ["a name alone that is the whole path", "a.ts", "a.ts"],
    ["the longest end", "srv/app/src/a.ts", "app/src/a.ts"],
    ["a shorter end", "srv/lib/b.ts", "lib/b.ts"],
    ["a name alone at the end of a path", "x/y/a.ts", undefined],
    ["a name of another folder", "x/a.ts", undefined],
    ["no file of the tree", "src/c.ts", undefined],
  ])("is found by %s", (_what, path, file) => {
    const expected: readonly OwnFrame[] = file === undefined ? [] : [{ file }];
    expect(ownFrames([{ path, foreign: false }], TREE)).toStrictEqual(expected);
  });

  test("keeps its function and its line, and a foreign one is none", () => {
    const frames = [
      { path: "src/a.ts", foreign: true },
      { path: "src/a.ts", function: "f", line: 2, foreign: false },
    ];
    expect(ownFrames(frames, TREE)).toStrictEqual([{ file: "src/a.ts", function: "f", line: 2 }]);
  });
});
