import { expect, test } from "vitest";
import { REPOSITORY, reply, scriptedApi, sha } from "../scripted-api.ts";

const file = (text: string) => ({
  type: "file",
  encoding: "base64",
  content: Buffer.from(text).toString("base64"),
});

const bytes = (text: string) => ({ known: Buffer.from(text) });
const ABSENT = { known: null };
const UNKNOWN = { unknown: "no file whose content GitHub shows" };

test("what a commit holds is read path by path: bytes, nothing, or unknown", async () => {
  const api = scriptedApi({
    ...REPOSITORY,
    "GET /contents/src/a.ts": file("one"),
    "GET /contents/src/new.ts": reply(404, { message: "Not Found" }),
    "GET /contents/src": [{ type: "file", name: "a.ts" }],
    "GET /contents/big.bin": { type: "file", encoding: "none", content: "" },
    "GET /contents/b.ts": file("zwei ü"),
  });
  const paths = ["src/a.ts", "src/new.ts", "src", "big.bin", "b.ts"];
  expect(await api.github.bytesAt(sha("a"), paths)).toEqual([
    bytes("one"),
    ABSENT,
    UNKNOWN,
    UNKNOWN,
    bytes("zwei ü"),
  ]);
  expect(api.github.count()).toEqual({ requests: 5, writes: 0 });
});

test("a base that cannot be read is no empty one", async () => {
  const api = scriptedApi({ "GET /contents/a.ts": reply(403, { message: "no" }) });
  await expect(api.github.bytesAt(sha("a"), ["a.ts"])).rejects.toThrow();
});

test("a path that would lead out of the repository is not asked for, and a strange one as it is", async () => {
  const strange = "src/a b#c?d%2e.ts";
  const api = scriptedApi({ ...REPOSITORY, [`GET /contents/${strange}`]: file("three") });
  const out = ["../../../../user", "src/../../issues", "/user", "src//a.ts", "./a.ts", ""];
  expect(await api.github.bytesAt(sha("a"), [...out, strange])).toEqual([
    ...out.map(() => ABSENT),
    bytes("three"),
  ]);
  expect(api.github.count()).toEqual({ requests: 1, writes: 0 });
});
