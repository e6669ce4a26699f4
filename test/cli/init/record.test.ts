import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { blobId, type InitRecord, planInit, planUninstall } from "../../../src/cli/init/record.ts";

const BY = "OWNER/millwright@v0";
const bytes = (text: string) => new TextEncoder().encode(text);

/** A work tree in memory, in which a run may be ended after so many writes. */
function worldOf(files: Readonly<Record<string, string>>) {
  const tree = new Map(Object.entries(files));
  let record: InitRecord | undefined;
  const standing = (path: string) => {
    const text = tree.get(path);
    return text === undefined ? undefined : bytes(text);
  };
  return {
    tree,
    init(wanted: Readonly<Record<string, string>>, writes = Number.POSITIVE_INFINITY) {
      const list = Object.entries(wanted).map(([path, text]) => ({ path, text, why: "" }));
      const plan = planInit(list, { by: BY, record, standing });
      let left = writes;
      const write = (act: () => void) => {
        if (left > 0) act();
        left -= 1;
      };
      if (plan.record === undefined) return plan;
      const begun = plan.record;
      write(() => {
        record = begun;
      });
      for (const { path, text, fate } of plan.files) {
        if (fate === "written") write(() => tree.set(path, text));
      }
      write(() => {
        record = { ...begun, complete: true };
      });
      return plan;
    },
    uninstall() {
      if (record === undefined) return { remove: [], keep: [] };
      const plan = planUninstall(record, standing);
      for (const path of plan.remove) tree.delete(path);
      record = undefined;
      return plan;
    },
  };
}

const name = fc.constantFrom("a", "b", "c", "d", "e");
const tree = fc.dictionary(name, fc.string({ maxLength: 8 }));

describe("a page that an earlier run wrote, and this one does not want", () => {
  const record = {
    version: 1,
    by: BY,
    complete: true,
    files: { "AGENTS.md": blobId("ours") },
  } as const;

  test.each([
    ["as it was written", "ours", [["AGENTS.md", "same"]]],
    ["changed since", "mine", [["AGENTS.md", "kept"]]],
    ["gone", undefined, []],
  ])("%s", (_, there, fates) => {
    const standing = (path: string) =>
      there === undefined || path !== "AGENTS.md" ? undefined : bytes(there);
    const plan = planInit([], { by: BY, record, standing });
    expect(plan.files.map(({ path, fate }) => [path, fate])).toEqual(fates);
    expect(plan.record).toBeUndefined();
  });
});

describe("init, ended anywhere and run again", () => {
  test("writes what is missing and changes nothing that stood there", () => {
    fc.assert(
      fc.property(tree, tree, fc.nat(8), (before, wanted, writes) => {
        const world = worldOf(before);
        world.init(wanted, writes);
        world.init(wanted);
        expect(Object.fromEntries(world.tree)).toEqual({ ...wanted, ...before });
        const again = world.init(wanted);
        expect(again.record).toBeUndefined();
      }),
    );
  });

  test("uninstall after it is the identity, wherever it was ended", () => {
    fc.assert(
      fc.property(tree, tree, fc.nat(8), (before, wanted, writes) => {
        const world = worldOf(before);
        world.init(wanted, writes);
        world.uninstall();
        expect(Object.fromEntries(world.tree)).toEqual(before);
      }),
    );
  });

  test("a person's edit stays, and so does what a person took away", () => {
    fc.assert(
      fc.property(tree, tree, name, fc.option(fc.string()), (before, wanted, path, edit) => {
        const world = worldOf(before);
        world.init(wanted);
        if (edit === null) world.tree.delete(path);
        else world.tree.set(path, edit);
        const edited = Object.fromEntries(world.tree);
        world.init(wanted);
        const isOwn = Object.hasOwn(wanted, path) && !Object.hasOwn(before, path);
        const isNew = Object.hasOwn(wanted, path) && !isOwn && edit === null;
        expect(Object.fromEntries(world.tree)).toEqual(
          isNew ? { ...edited, [path]: wanted[path] } : edited,
        );
      }),
    );
  });
});

test("a file is the one that git would say it is", () => {
  expect(blobId("hello\n")).toBe("ce013625030ba8dba906f756967f9e9ca394464a");
});

test("what was changed since is named, and stays", () => {
  const world = worldOf({});
  world.init({ a: "1", b: "2" });
  world.tree.set("a", "mine");
  expect(world.uninstall()).toEqual({ remove: ["b"], keep: ["a"] });
  expect(Object.fromEntries(world.tree)).toEqual({ a: "mine" });
});
