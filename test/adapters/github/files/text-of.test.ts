import { expect, test } from "vitest";
import { REPOSITORY, reply, scriptedApi } from "../scripted-api.ts";

const PLACE = "GET /repos/acme/.github/contents/factory.yml";
const read = (answer: unknown) =>
  scriptedApi({ ...REPOSITORY, [PLACE]: answer as never }).github.textOf(
    "acme/.github",
    "factory.yml",
  );

test("a file of another repository is read on its default branch", async () => {
  const content = Buffer.from("mode: staged # ü\n").toString("base64");
  expect(await read({ type: "file", encoding: "base64", content })).toEqual({
    known: "mode: staged # ü\n",
  });
});

test.each([
  [
    "what is not there, or hidden from this token",
    reply(404, { message: "Not Found" }),
    "not there, or not to be seen with this token",
  ],
  ["a folder", [{ type: "file", name: "a.ts" }], "no file whose content GitHub shows"],
  [
    "a file that is too large",
    { type: "file", encoding: "none", content: "" },
    "no file whose content GitHub shows",
  ],
])("%s is unknown, never an empty one", async (_what, answer, unknown) => {
  expect(await read(answer)).toEqual({ unknown });
});

test("an answer that means no is no word about the file", async () => {
  await expect(read(reply(403, { message: "no" }))).rejects.toThrow();
});
