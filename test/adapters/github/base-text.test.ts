import { expect, test } from "vitest";
import { REPOSITORY, reply, scriptedApi, sha } from "./scripted-api.ts";

const file = (text: string) => ({
  type: "file",
  encoding: "base64",
  content: Buffer.from(text).toString("base64"),
});

test("what the base held is read file by file; what is no file there adds nothing", async () => {
  const api = scriptedApi({
    ...REPOSITORY,
    "GET /contents/src/a.ts": file("one"),
    "GET /contents/src/new.ts": reply(404, { message: "Not Found" }),
    "GET /contents/src": [{ type: "file", name: "a.ts" }],
    "GET /contents/big.bin": { type: "file", encoding: "none", content: "" },
    "GET /contents/b.ts": file("two"),
  });
  const paths = ["src/a.ts", "src/new.ts", "src", "big.bin", "b.ts"];
  const text = await api.github.textAt(sha("a"), paths);
  expect(text.split("\n").filter((line) => line !== "")).toEqual(["one", "two"]);
  expect(api.github.count()).toEqual({ requests: 5, writes: 0 });
});

test("a base that cannot be read is no empty one", async () => {
  const api = scriptedApi({ "GET /contents/a.ts": reply(403, { message: "no" }) });
  await expect(api.github.textAt(sha("a"), ["a.ts"])).rejects.toThrow();
});

test("a path that would lead out of the repository is not asked for, and a strange one as it is", async () => {
  const strange = "src/a b#c?d%2e.ts";
  const api = scriptedApi({ ...REPOSITORY, [`GET /contents/${strange}`]: file("three") });
  const out = ["../../../../user", "src/../../issues", "/user", "src//a.ts", "./a.ts", ""];
  expect((await api.github.textAt(sha("a"), [...out, strange])).trim()).toBe("three");
  expect(api.github.count()).toEqual({ requests: 1, writes: 0 });
});
