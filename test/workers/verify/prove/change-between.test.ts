import { expect, test } from "vitest";
import { CHANGE_SET_LIMITS } from "../../../../src/domain/change-set.ts";
import { changeBetween } from "../../../../src/workers/verify/prove/change-between.ts";
import { createFakeRepository, type FakeFile } from "../../../fakes/repository.ts";

type Files = Readonly<Record<string, FakeFile>>;

async function between(before: Files, after: Files) {
  const repository = createFakeRepository();
  const [base, head] = [repository.commit(before), repository.commit(after, "change")];
  const found = await changeBetween(repository, { base, head });
  if ("refusal" in found) return found;
  expect(found.changeSet.base).toBe(base);
  return found.changeSet.files;
}

const program = (content: string): FakeFile => ({ mode: "100755", content });
const link = (content: string): FakeFile => ({ mode: "120000", content });
const NO_TEXT = new Uint8Array([0xff, 0xfe, 10]);

test.each<readonly [string, Files, Files, readonly object[]]>([
  ["nothing", { a: "1" }, { a: "1" }, []],
  [
    "another text",
    { a: "1", b: "1" },
    { a: "2", b: "1" },
    [{ path: "a", mode: "100644", encoding: "utf-8", content: "2" }],
  ],
  [
    "what comes and what goes, by path",
    { c: "1", a: "1" },
    { b: "", a: "1" },
    [
      { path: "b", mode: "100644", encoding: "utf-8", content: "" },
      { path: "c", deleted: true },
    ],
  ],
  [
    "another mode alone",
    { a: "1" },
    { a: program("1") },
    [{ path: "a", mode: "100755", encoding: "utf-8", content: "1" }],
  ],
  [
    "bytes that are no text",
    {},
    { a: { mode: "100644", content: NO_TEXT } },
    [{ path: "a", mode: "100644", encoding: "base64", content: "//4K" }],
  ],
])("between two trees stands %s", async (_what, before, after, files) => {
  expect(await between(before, after)).toEqual(files);
});

const invalid = (path: string) => ({
  refusal: {
    code: "change-set-invalid",
    subject: JSON.stringify(path),
    found: "a link or a submodule",
    accepted: "regular files",
  },
});

test.each<readonly [string, Files, Files]>([
  ["that comes", {}, { l: link("a") }],
  ["that goes", { l: link("a") }, {}],
  ["that becomes a file", { l: link("a") }, { l: "a" }],
  ["in the place of a file", { l: "a" }, { l: link("a") }],
  ["to another repository", {}, { l: { mode: "160000", content: "" } }],
])("a link %s is no change set", async (_what, before, after) => {
  expect(await between(before, after)).toEqual(invalid("l"));
});

test("a link that the change leaves alone is none of its own", async () => {
  expect(await between({ l: link("a"), a: "1" }, { l: link("a"), a: "2" })).toHaveLength(1);
});

test("a long path is cut in the refusal", async () => {
  const path = "x".repeat(400);
  expect(await between({}, { [path]: link("a") })).toMatchObject({
    refusal: { subject: `"${"x".repeat(299)}` },
  });
});

const many = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`${at}`, "x"]));
const limit = (subject: string, found: number, accepted: number) => ({
  refusal: { code: "limit-exceeded", subject, found: `${found}`, accepted: `at most ${accepted}` },
});

test("a change has so many files and bytes, and no more", async () => {
  const { files, totalBytes } = CHANGE_SET_LIMITS;
  expect(await between({}, many(files))).toHaveLength(files);
  expect(await between({}, many(files + 1))).toEqual(
    limit("files in the change", files + 1, files),
  );
  const half = "x".repeat(totalBytes / 2);
  expect(await between({ gone: half }, { a: half, b: half })).toHaveLength(3);
  expect(await between({}, { a: half, b: `${half}x` })).toEqual(
    limit("bytes in the change", totalBytes + 1, totalBytes),
  );
});
