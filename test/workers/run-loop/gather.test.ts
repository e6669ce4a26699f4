import { describe, expect, test } from "vitest";
import { GATHERED_BYTES } from "../../../src/domain/loop/gathered.ts";
import type { SandboxResult, Workspace } from "../../../src/ports/sandbox.ts";
import { gather, measure, readGathered } from "../../../src/workers/run-loop/gather.ts";
import { createFakeSandbox, exited, timedOut } from "../../fakes/sandbox.ts";

interface Played {
  readonly result?: SandboxResult;
  readonly printed?: string | undefined;
}

async function play<Result>(
  { result = exited(0, "", 42), printed }: Played,
  work: (workspace: Workspace) => Promise<Result>,
) {
  const sandbox = createFakeSandbox({ run: () => result, readFile: () => printed });
  const workspace = await sandbox.workspace(async () => undefined);
  const found = await work(workspace);
  return { found, run: sandbox.calls.find(({ method }) => method === "run")?.argument };
}

const GATHER = { what: "gather", command: "node find.mjs", timeoutMs: 1_600 };
const FIGURE = { what: "tests", command: "count", timeoutMs: 1_600 };
const refusal = (subject: string, found: unknown, accepted?: string) => ({
  refusal: {
    ...{ code: "nothing-produced", subject, found },
    ...(accepted === undefined ? {} : { accepted }),
  },
});

describe("a command of a loop", () => {
  test("prints into a file, and its line is an argument", async () => {
    const { run } = await play({ printed: "{}" }, (workspace) => gather(workspace, GATHER));
    expect(run).toEqual({
      command: 'bash -c "$1" > .millwright/printed',
      arguments: ["node find.mjs"],
      timeoutMs: 1_600,
      environment: { MILLWRIGHT_VISIBLE: ".millwright/visible.json" },
    });
  });

  test.each<[string, SandboxResult, string]>([
    ["fails", exited(3, "  no module\n"), "exit code 3: no module"],
    ["fails without a word", exited(3, " \n"), "exit code 3"],
    ["is killed", { ...exited(0, "gone"), exitCode: null }, "exit code none: gone"],
    ["takes too long", timedOut("still"), "killed after 2 s: still"],
    ["takes too long with an exit code", { ...timedOut(), exitCode: 0 }, "killed after 2 s"],
    [
      "fails with much to say",
      exited(1, `a${"b".repeat(999)}c`),
      `exit code 1: ${"b".repeat(999)}c`,
    ],
  ])("that %s says how it ended", async (_what, result, said) => {
    const { found } = await play({ result, printed: "3" }, (workspace) =>
      gather(workspace, GATHER),
    );
    expect(found).toEqual(refusal("the gatherer", said, "exit code 0"));
    const { found: figure } = await play({ result, printed: "3" }, (workspace) =>
      measure(workspace, FIGURE),
    );
    expect(figure).toEqual(refusal("the measure tests", said, "exit code 0"));
  });

  test("whose output is no file is refused", async () => {
    const { found } = await play({}, (workspace) => gather(workspace, GATHER));
    expect(found).toEqual(refusal("the gatherer", "its output is no file any more"));
  });
});

describe("a gatherer's document", () => {
  const whole = { items: [], measures: { size: 3 } };
  const padded = (bytes: number) => JSON.stringify(whole).padEnd(bytes, " ");

  test("is read, with the time that it took", async () => {
    const { found } = await play({ printed: JSON.stringify(whole) }, (workspace) =>
      gather(workspace, GATHER),
    );
    expect(found).toEqual({ gathered: whole, durationMs: 42 });
  });

  test("fills its limit and no byte more", async () => {
    const of = async (bytes: number) =>
      (await play({ printed: padded(bytes) }, (workspace) => gather(workspace, GATHER))).found;
    expect(await of(GATHERED_BYTES)).toEqual({ gathered: whole, durationMs: 42 });
    expect(await of(GATHERED_BYTES + 1)).toEqual(
      refusal("the gatherer", `more than ${GATHERED_BYTES} bytes`, "less output"),
    );
  });

  test("of another shape is refused with the place", async () => {
    const { found } = await play({ printed: '{"items":[{"key":"a"}]}' }, (workspace) =>
      gather(workspace, GATHER),
    );
    expect(found).toEqual(
      refusal(
        "the gatherer",
        expect.stringMatching(/^items\.0\.title: ./),
        "one JSON document of items and measures",
      ),
    );
  });

  const read = (text: string) => readGathered(new TextEncoder().encode(text));
  test("that is no object is refused, and the place is the whole", () => {
    expect(read("3")).toEqual({ fault: expect.stringMatching(/^Invalid input/) });
  });

  test.each(["", "{}{}", "word"])("%j is no JSON", (text) => {
    expect(read(text)).toEqual({ fault: expect.stringMatching(/^not one JSON value in UTF-8: ./) });
  });

  test("in another encoding is refused", () => {
    const bytes = Buffer.from('{"items":[],"measures":{},"é":1}', "latin1");
    expect(readGathered(bytes)).toEqual({ fault: expect.stringMatching(/^not one JSON value/) });
  });
});

describe("a figure", () => {
  const of = async (printed: string) =>
    (await play({ printed }, (workspace) => measure(workspace, FIGURE))).found;

  test.each([
    ["8\n", 8],
    [" 0 ", 0],
    ["-12", -12],
    ["123456789012345", 123_456_789_012_345],
    ["0.123456789", 0.123_456_789],
    ["10.25", 10.25],
  ])("%j is read", async (printed, value) => {
    expect(await of(printed)).toEqual({ value, durationMs: 42 });
  });

  test.each([
    ["", "no output"],
    [" \n", "no output"],
    ["many", "many"],
    ["1 2", "1 2"],
    ["1\n2", "1\n2"],
    ["1.", "1."],
    [".5", ".5"],
    ["1e9", "1e9"],
    ["1.2.3", "1.2.3"],
    ["1234567890123456", "1234567890123456"],
    ["0.1234567890", "0.1234567890"],
    ["x1", "x1"],
  ])("%j is refused", async (printed, found) => {
    expect(await of(printed)).toEqual(refusal("the measure tests", found, "one number"));
  });

  test("what it prints instead is cut", async () => {
    expect(await of("x".repeat(900))).toEqual(
      refusal("the measure tests", expect.stringMatching(/^x{1,199}.?$/u), "one number"),
    );
  });

  test("has a thousand bytes at most", async () => {
    expect(await of("3".padEnd(1_000, " "))).toEqual({ value: 3, durationMs: 42 });
    expect(await of("3".padEnd(1_001, " "))).toEqual(
      refusal("the measure tests", "more than 1000 bytes", "less output"),
    );
  });
});
