import { expect, test } from "vitest";
import { createClient } from "../../../../src/adapters/github/client/client.ts";
import { readTail } from "../../../../src/adapters/github/observe/checks/log-tail.ts";

const STAMP = "2026-11-29T08:00:00.1234567Z ";
const MEGABYTE = 1024 * 1024;

function clientOf(answer: () => Response) {
  const options = { token: "a token of the tests", repository: "OWNER/millwright" };
  const apiUrl = "https://api.github.test";
  return createClient({ ...options, apiUrl, retryDelayMs: 1, request: async () => answer() });
}

async function tail(answer: () => Response): Promise<readonly string[]> {
  return await readTail(clientOf(answer), 7);
}

function text(log: string) {
  return () => new Response(log, { headers: { "content-type": "text/plain; charset=utf-8" } });
}

test.each<readonly [string, string, readonly string[]]>([
  ["nothing", "", []],
  ["a line without an end", "one", ["one"]],
  ["lines of another system", `\uFEFF${STAMP}one\r\n${STAMP}two\r\n`, ["one", "two"]],
  ["what follows an error", `one\n${STAMP}##[error]two\nthree`, ["one"]],
  ["an error alone", "##[error]two", []],
  ["an error inside of a line", "say ##[error]two\nthree", ["say ##[error]two", "three"]],
  ["folds and blank lines", `##[group]a\n \n\u0000\n##[endgroup]\nb\n`, ["b"]],
  [
    "commands of the runner, which stay words",
    "::error::no\n::set-output name=a::b",
    ["::error::no", "::set-output name=a::b"],
  ],
])("of a log, %s", async (_what, log, lines) => {
  expect(await tail(text(log))).toEqual(lines);
});

test("of ten thousand lines the last twenty are kept, each bounded", async () => {
  const lines = Array.from({ length: 10_000 }, (_, at) => `${at} ${"x".repeat(5_000)}`);
  const told = await tail(text(lines.join("\n")));
  expect(told).toHaveLength(20);
  expect(told[19]).toMatch(/^9999 x+…$/);
  expect(Math.max(...told.map(({ length }) => length))).toBeLessThanOrEqual(300);
});

/** A log that comes in pieces, and how many of them were taken. */
function pieces(piece: string, most: number, end: "ends" | "breaks" = "ends") {
  const bytes = new TextEncoder().encode(piece);
  let taken = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      taken += 1;
      if (taken <= most) controller.enqueue(bytes);
      else if (end === "ends") controller.close();
      else controller.error(new TypeError("terminated"));
    },
  });
  return { answer: () => new Response(body), taken: () => taken };
}

test("a log without end is left where it is longer than a job can hold", async () => {
  const endless = pieces("y".repeat(MEGABYTE), 10_000);
  expect(await tail(endless.answer)).toEqual([]);
  expect(endless.taken()).toBeLessThan(70);
});

test("a log is read no further than to its first error", async () => {
  const long = pieces("one\n##[error]two\n", 10_000);
  expect(await tail(long.answer)).toEqual(["one"]);
  expect(long.taken()).toBeLessThan(5);
});

test("a log that breaks off tells nothing", async () => {
  expect(await tail(pieces("one\n", 3, "breaks").answer)).toEqual([]);
});

test("a letter that two pieces share stays whole", async () => {
  const [one, two] = [new Uint8Array([0xe2, 0x82]), new Uint8Array([0xac])];
  const body = ReadableStream.from([one, two]);
  expect(await tail(() => new Response(body))).toEqual(["€"]);
});

test.each([403, 404, 410, 500, 503])(
  "a log that is answered with %s tells nothing",
  async (status) => {
    const answer = () => new Response(JSON.stringify({ message: "no" }), { status });
    expect(await tail(answer)).toEqual([]);
  },
);
