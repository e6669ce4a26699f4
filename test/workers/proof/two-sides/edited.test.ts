import { expect, test } from "vitest";
import type { ChangedFile } from "../../../../src/domain/change-set.ts";
import { editedIn } from "../../../../src/workers/proof/two-sides/edited.ts";

const BASE = "a".repeat(40);
const text = (
  path: string,
  content: string,
  mode: "100644" | "100755" = "100644",
): ChangedFile => ({
  ...{ path, mode, encoding: "utf-8", content },
});
const bytes = (path: string, content: string): ChangedFile => ({
  ...{ path, mode: "100644", encoding: "base64", content },
});
const gone = (path: string): ChangedFile => ({ path, deleted: true });

const edited = (
  now: readonly ChangedFile[],
  merged: readonly ChangedFile[],
  conflicts: readonly string[] = [],
) =>
  editedIn(
    { base: BASE, files: [...now] },
    {
      changeSet: { base: BASE, files: [...merged] },
      conflicts: conflicts.map((path) => ({ path, kind: "text" })),
    },
  );

test.each<[string, readonly ChangedFile[], readonly ChangedFile[], readonly string[]]>([
  ["nothing", [], [], []],
  ["the same text", [text("f", "1")], [text("f", "1")], []],
  ["the same bytes in another encoding", [text("f", "1\n")], [bytes("f", "MQo=")], []],
  ["a file that both take out", [gone("f")], [gone("f")], []],
  ["another text", [text("f", "1")], [text("f", "2")], ["f"]],
  [
    "another text of the characters of an encoding",
    [text("f", "MQo=")],
    [bytes("f", "MQo=")],
    ["f"],
  ],
  ["other bytes", [bytes("f", "MQo=")], [bytes("f", "Mgo=")], ["f"]],
  ["another mode", [text("f", "1", "100755")], [text("f", "1")], ["f"]],
  ["a file that the merge alone has", [], [text("f", "1")], ["f"]],
  ["a file that the change alone has", [text("f", "1")], [], ["f"]],
  ["a removal that the change alone has", [gone("f")], [], ["f"]],
  ["a removal that the merge alone has", [], [gone("f")], ["f"]],
  ["a removal in place of a text", [gone("f")], [text("f", "1")], ["f"]],
  ["a text in place of a removal", [text("f", "1")], [gone("f")], ["f"]],
])("a change that differs from the merge by %s", (_what, now, merged, expected) => {
  expect(edited(now, merged)).toEqual(expected);
});

test("names each path once, sorted, and none with a conflict", () => {
  const now = [text("z", "1"), text("b", "1"), text("open", "1")];
  const merged = [text("b", "2"), text("a", "1"), text("open", "2")];
  expect(edited(now, merged, ["open"])).toEqual(["a", "b", "z"]);
});
