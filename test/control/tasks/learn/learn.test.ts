import { expect, test } from "vitest";
import { newLine, schedule, type TestLine } from "../../line.ts";

const PATH = ".github/factory/lessons/0123456789ab.yml";

function learn(line: TestLine, text: string | null) {
  line.nextRun();
  const path = text === null ? "README.md" : PATH;
  return line.run("learn", {
    event: schedule,
    treeAt: async () => ({
      parents: [],
      files: { known: [{ path, mode: "100644", blob: "a".repeat(40) }] },
    }),
    bytesAt: async (_, paths) =>
      paths.map(() => ({ known: text === null ? null : new TextEncoder().encode(text) })),
  });
}

test("where nothing was made again nothing is written", async () => {
  const line = newLine();
  const result = await learn(line, null);
  expect(result).toMatchObject({ ok: true, refusals: [] });
  expect(result.summary).toContain("there is no lesson to propose");
  expect(line.github.applied).toEqual([]);
});

test.each([
  ["version: 1\n", /config-invalid|lessons\/0123456789ab/],
  ["id: [", /lessons/],
  ["a: &x [1]\nb: *x\n", /lessons/],
])("a file that is no lesson refuses, and is named: %j", async (text, named) => {
  const line = newLine();
  const { refusals, ok } = await learn(line, text);
  expect(ok).toBe(false);
  expect(refusals).toMatchObject([{ code: "config-invalid", subject: PATH }]);
  expect(refusals[0]?.subject).toMatch(named);
  expect(line.github.applied).toEqual([]);
});

test("files that nobody can list refuse", async () => {
  const line = newLine();
  line.nextRun();
  expect(await line.run("learn", { event: schedule })).toMatchObject({
    refusals: [{ code: "state-unknown", subject: "the files" }],
  });
});
