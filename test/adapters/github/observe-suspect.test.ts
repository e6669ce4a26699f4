import { describe, expect, test } from "vitest";
import { REPOSITORY, reply, type Script, scriptedApi, sha } from "./scripted-api.ts";

const PATCH = "@@ -1,2 +1,3 @@\n one\n+two\n three";
const PLACES = [{ file: "src/a.ts", line: 2 }, { file: "src/b.ts" }];

function merge(digit: string, parent: string | undefined, files: readonly object[]): object {
  const parents = parent === undefined ? [] : [{ sha: sha(parent) }, { sha: sha("9") }];
  return { sha: sha(digit), commit: { message: `Merge ${digit}\n\nbody` }, parents, files };
}

async function suspectOf(script: Script, release = "v1.4.0", places = PLACES) {
  const api = scriptedApi({ ...REPOSITORY, ...script });
  const scope = { issues: [], prefix: "factory:", suspect: { release, places } };
  const { suspect } = await api.github.observe(scope);
  return { suspect, looked: api.names().filter((name) => /commits\/(?!heads)/.test(name)).length };
}

describe("the suspected merge of a release", () => {
  test("is the newest along first parents that changed a place, and the very line is told", async () => {
    const script = {
      "GET /commits/tags/v1.4.0": merge("1", "2", [{ filename: "README.md", patch: PATCH }]),
      [`GET /commits/${sha("2")}`]: merge("2", "3", [{ filename: "src/a.ts", patch: PATCH }]),
    };
    const known = { commit: sha("2"), title: "Merge 2", file: "src/a.ts", line: 2, brought: true };
    expect(await suspectOf(script)).toEqual({ suspect: { known }, looked: 2 });
    const other = [{ file: "src/a.ts", line: 3 }];
    const older = await suspectOf(script, "v1.4.0", other);
    expect(older.suspect).toEqual({ known: { ...known, line: 3, brought: false } });
  });

  test("of a commit is looked up by its id; without a patch nobody says anything of the line", async () => {
    const script = { [`GET /commits/${sha("1")}`]: merge("1", "2", [{ filename: "src/a.ts" }]) };
    expect((await suspectOf(script, sha("1"))).suspect).toEqual({
      known: { commit: sha("1"), title: "Merge 1", file: "src/a.ts", line: 2 },
    });
  });

  test("is rather the one place whose line it brought than the innermost", async () => {
    const files = [
      { filename: "src/a.ts", patch: "@@ -9 +9 @@\n-x\n+y" },
      { filename: "src/c.ts", patch: PATCH },
    ];
    const places = [
      { file: "src/a.ts", line: 2 },
      { file: "src/c.ts", line: 2 },
    ];
    const script = { "GET /commits/tags/v1.4.0": merge("1", "2", files) };
    expect((await suspectOf(script, "v1.4.0", places)).suspect).toMatchObject({
      known: { file: "src/c.ts", brought: true },
    });
  });

  test("is none where the last ten merges changed none of the places, or the history ends", async () => {
    const chain = Object.fromEntries(
      ["2", "3", "4", "5", "6", "7", "8", "b", "c", "d"].map((digit, index, all) => [
        `GET /commits/${sha(digit)}`,
        merge(digit, all[index + 1] ?? "e", []),
      ]),
    );
    const long = { "GET /commits/tags/v1.4.0": merge("1", "2", []), ...chain };
    expect(await suspectOf(long)).toEqual({ suspect: { known: null }, looked: 10 });
    const short = { "GET /commits/tags/v1.4.0": merge("1", undefined, []) };
    expect(await suspectOf(short)).toEqual({ suspect: { known: null }, looked: 1 });
  });

  test.each([404, 422])("is unknown where GitHub answers %d: no such release", async (status) => {
    const script = { "GET /commits/tags/v1.4.0": reply(status, { message: "No commit found" }) };
    expect((await suspectOf(script)).suspect).toEqual({
      unknown: "the release is no tag and no commit",
    });
  });
});
