import { expect, test } from "vitest";
import { tryChecks } from "../../../src/cli/source/try-checks.ts";
import { Config } from "../../../src/domain/config/schema.ts";
import { createFakeRepository } from "../../fakes/repository.ts";
import { createFakeSandbox, exited } from "../../fakes/sandbox.ts";

const TWO = "1..2\nok 1 - one\nok 2 - two\n";

/** What is said of a runner of which one test alone says this. */
async function trial(alone: ReturnType<typeof exited>, whole = exited(0, TWO)) {
  const repository = createFakeRepository();
  const base = repository.commit({ "a.txt": "a\n" });
  const sandbox = createFakeSandbox({
    run: ({ arguments: words }) => (words === undefined ? whole : alone),
  });
  const only = { run: 'tap "$@"', by: "names" };
  const config = Config.parse({
    checks: { test: { run: "tap", report: { format: "tap" }, only } },
  });
  const quiet = { onBegin: () => undefined, onTried: () => undefined };
  const { signal } = new AbortController();
  const [tried] = await tryChecks({ ...quiet, signal, config, base, sandbox, repository });
  const words = sandbox.calls.flatMap(({ method, argument }) =>
    method === "run" ? [(argument as { arguments?: readonly string[] }).arguments] : [],
  );
  return { keep: tried?.keep, only: tried?.only, words };
}

test("one test that passes is run alone, and seen", async () => {
  const { only, words } = await trial(exited(0, "1..1\nok 1 - one\n"));
  expect(words).toEqual([undefined, ["one"]]);
  expect(only).toMatchObject({ keep: true, said: expect.stringMatching(/: 1 of 2 ran in /) });
});

test("what a pattern leaves out is listed as skipped, and did not run", async () => {
  const { only } = await trial(exited(0, "1..2\nok 1 - one\nok 2 - two # SKIP\n"));
  expect(only?.said).toMatch(/: 1 of 2 ran in /);
});

test.each([
  ["the report does not hold it", exited(0, "1..1\nok 1 - two\n")],
  ["it fails alone", exited(1, "1..1\nnot ok 1 - one\n")],
  ["the runner does not know the option", exited(2, "unknown option\n")],
])("where %s, the check is of use and its tests cannot be selected", async (_title, alone) => {
  const { keep, only } = await trial(alone);
  expect([keep, only?.keep]).toEqual([true, false]);
});

test("where no test passes there is none to try", async () => {
  const whole = exited(1, "1..2\nnot ok 1 - one\nok 2 - two # SKIP\n");
  expect((await trial(exited(0), whole)).only).toMatchObject({ keep: false });
});
