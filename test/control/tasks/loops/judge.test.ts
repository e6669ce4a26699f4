import { describe, expect, test } from "vitest";
import type { GatheredItem } from "../../../../src/domain/loop/gathered.ts";
import { digestOfOrder, type LoopOrder } from "../../../../src/domain/order.ts";
import { NO_USAGE } from "../../../../src/domain/usage.ts";
import { deliver } from "../../line.ts";
import { CRON, fileOf, gathered, item, loopLine, openOf, PATH, rolling } from "./loop-line.ts";

const JUDGED = fileOf(`
on: { schedule: "${CRON}" }
gather: { command: node scripts/untidy.mjs }
guards: [{ measure: tests, worse: lower }]
roles: { judge: {} }
budget: { usd: 0.5, minutes: 5 }
effects: { file: 2, open: 3, propose: 1, labels: [tidy] }
expireAfterDays: 10
`);
const SOURCE = "src/a.ts";
const FILES = { [PATH]: JUDGED, [SOURCE]: "one\ntwo\nlet x\n" };
const LINE = { kind: "quote", path: SOURCE, line: 3, text: "let x" };
const file = (key: string, evidence: readonly object[] = []) => ({
  ...{ verdict: "file", key, reason: `Because of ${key}.`, evidence },
});

function saidBy(order: LoopOrder, judgement: object, usd = 0.1) {
  return deliver("judge", {
    version: 1,
    order: digestOfOrder(order),
    usage: { ...NO_USAGE, requests: 1, usd },
    durationMs: 5,
    worker: "judge",
    judgement: { verdicts: [], proposals: [], ...judgement },
    unseen: 0,
  });
}

type Line = ReturnType<typeof loopLine>;

/** One run in which this is found and said; `undefined` where the judge gives nothing. */
async function play(
  line: Line,
  items: readonly GatheredItem[],
  judgement: object | undefined,
  also: Partial<Parameters<Line["run"]>[1]> = {},
  measures: Readonly<Record<string, number>> = { tests: 8 },
) {
  const opened = await line.open();
  const { order } = opened;
  if (order?.kind !== "loop") return opened;
  const said = judgement === undefined ? [] : [saidBy(order, judgement)];
  return line.run("loop-settle", {
    ...{ event: { name: "schedule", payload: { schedule: CRON } }, order },
    proposals: [gathered(order, items, measures), ...said],
    ...also,
  });
}

const ANDON = { author: "ada", title: "stop", body: "", labels: ["factory:andon"] };
const ABC = ["a", "b", "c"].map((key) => item(key));

describe("a loop with a judge", () => {
  test("files what the judge says and ties, in its order, with its reason", async () => {
    const line = loopLine(FILES);
    const verdicts = [file("c", [LINE]), file("a"), { ...file("b", [LINE]), verdict: "drop" }];
    const result = await play(line, ABC, { verdicts });
    expect(result).toMatchObject({ ok: true, refusals: [] });
    const [first = 0, second = 0] = openOf(line);
    expect(line.github.issue(first)).toMatchObject({
      title: "Untidy: c",
      labels: ["factory:loop", "tidy"],
    });
    expect(line.github.issue(second).title).toBe("Untidy: a");
    expect(line.github.issue(first).body.split("\n")[0]).toBe(
      "> **The judge of this loop, a model:** Because of c.",
    );
    const { body, state } = rolling(line);
    expect(body).toContain("1 item not filed: the judge.");
    expect(state.spent).toEqual([{ day: "2026-11-20", usd: 0.1 }]);
  });

  test("takes nothing that is tied to lines which do not stand at the base, and says so", async () => {
    const line = loopLine(FILES);
    const verdicts = [file("a", [{ ...LINE, line: 2 }]), file("b", [{ ...LINE, path: "gone.ts" }])];
    const result = await play(line, ABC, { verdicts });
    expect(openOf(line)).toEqual([]);
    expect(result).toMatchObject({
      ok: true,
      refusals: [
        { code: "judgement-untied", subject: "a", found: expect.stringContaining("src/a.ts:2") },
        { code: "judgement-untied", subject: "b" },
      ],
    });
    expect(rolling(line).body).toContain(
      "these lines do not stand there at the base, at `src/a.ts:2`",
    );
  });

  test.each(["../x.ts", "src\u0000/a.ts", "\ud800", "/etc/passwd"])(
    "a quote from %j is of no file, and GitHub is not asked for it",
    async (path) => {
      const line = loopLine(FILES);
      const asked: string[] = [];
      const bytesAt = async (_commit: string, paths: readonly string[]) => {
        asked.push(...paths);
        return paths.map(() => ({ known: null }));
      };
      const verdicts = [file("a", [{ ...LINE, path }])];
      const result = await play(line, ABC, { verdicts }, { bytesAt });
      expect(result).toMatchObject({ ok: true, refusals: [{ code: "judgement-untied" }] });
      expect(asked).toEqual([]);
    },
  );

  test("what it proposes is filed once, in whatever words it comes again", async () => {
    const line = loopLine(FILES);
    const proposal = (title: string, ...keys: readonly string[]) => ({
      ...{ title, body: "How." },
      evidence: keys.map((key) => ({ kind: "item", key })),
    });
    await play(line, ABC, { proposals: [proposal("Tidy up", "a", "b")] });
    const [number = 0] = openOf(line);
    const { title, body } = line.github.issue(number);
    expect(title).toBe("Tidy up");
    expect(body).toContain("Proposed by the judge of the loop");
    expect(body).toContain("src/a.ts:3");
    const again = await play(line, ABC, { proposals: [proposal("Clean all", "b")] });
    expect(openOf(line)).toEqual([number]);
    expect(again.refusals).toMatchObject([{ code: "judgement-untied", subject: "Clean all" }]);
    // What it says was not gathered anew: its words stay.
    expect(line.github.issue(number).body).toBe(body);
    line.github.dismiss(number);
    await play(line, ABC, { proposals: [proposal("Once more", "a")] });
    expect(openOf(line)).toEqual([]);
  });

  test("a proposal closes once nothing that it rests on is found", async () => {
    const line = loopLine(FILES);
    const evidence = ["a", "b"].map((key) => ({ kind: "item", key }));
    await play(line, ABC, { proposals: [{ title: "Tidy up", body: "How.", evidence }] });
    line.pass(11 * 86_400);
    await play(line, [item("b")], undefined);
    expect(openOf(line)).toHaveLength(1);
    line.pass(11 * 86_400);
    await play(line, [], undefined);
    expect(openOf(line)).toEqual([]);
  });

  test("what is the same stands in one issue, now and when it is written anew", async () => {
    const line = loopLine(FILES);
    const merge = (key: string, into: string) => ({ verdict: "merge", key, into, reason: "Same." });
    await play(line, [item("a"), item("b")], { verdicts: [merge("b", "a"), file("a")] });
    const [number = 0] = openOf(line);
    expect(openOf(line)).toHaveLength(1);
    await play(line, ABC, { verdicts: [merge("c", "a")] });
    const { body } = line.github.issue(number);
    for (const key of ["a", "b", "c"]) expect(body).toContain(`src/${key}.ts:3`);
    expect(body).toContain("Because of a.");
    // All three have their issue: nobody is asked again, and nothing changes.
    expect(await play(line, ABC, undefined)).toMatchObject({ ok: true, refusals: [] });
    expect(line.github.issue(number).body).toBe(body);
    expect(openOf(line)).toEqual([number]);
  });

  test("no judge is asked where nothing is found; without its word nothing is filed", async () => {
    const line = loopLine(FILES);
    expect(await play(line, [], undefined)).toMatchObject({ ok: true, refusals: [] });
    const skipped = { jobResults: { judge: "skipped" } } as const;
    expect(await play(line, ABC, undefined, skipped)).toMatchObject({
      ok: false,
      refusals: [{ code: "worker-failed", subject: "judge" }],
    });
    expect(openOf(line)).toEqual([]);
    expect(rolling(line).state.spent).toBeUndefined();
  });

  test("a judge that is silent is charged all that it was allowed, and the day knows it", async () => {
    const line = loopLine(FILES, { config: "limits: { usdPerDay: 0.9 }" });
    const result = await play(line, ABC, undefined, { jobResults: { judge: "success" } });
    expect(result).toMatchObject({ ok: false, refusals: [{ code: "worker-failed" }] });
    expect(rolling(line).state).toMatchObject({
      spent: [{ day: "2026-11-20", usd: 0.5 }],
      findings: [],
    });
    // 0.4 are left of the day, and the loop may spend 0.5.
    expect(await line.open()).toMatchObject({
      next: "none",
      refusals: [{ code: "day-spent", found: "0.50 spent and 0.00 promised of 0.9" }],
    });
    line.pass(86_400);
    expect(await line.open()).toMatchObject({ next: "loop", order: { budget: { usd: 0.5 } } });
  });

  test("a judge whose money is spent ends the run red, and its cost is written down", async () => {
    const line = loopLine(FILES);
    await play(line, [], undefined);
    const { order } = await line.open();
    if (order?.kind !== "loop") throw new Error("expected an order");
    const failed = deliver("judge", {
      ...{ version: 1, order: digestOfOrder(order), worker: "failed", of: "judge", durationMs: 5 },
      usage: { ...NO_USAGE, requests: 3, usd: 0.4 },
      refusal: { code: "budget-exhausted", subject: "USD" },
    });
    const result = await line.run("loop-settle", {
      ...{ event: { name: "schedule", payload: { schedule: CRON } }, order },
      proposals: [gathered(order, ABC, { tests: 8 }), failed],
    });
    expect(result).toMatchObject({
      ok: false,
      refusals: [{ code: "budget-exhausted" }, { code: "nothing-produced" }],
    });
    expect(openOf(line)).toEqual([]);
    expect(rolling(line).state.spent).toMatchObject([{ usd: 0.4 }]);
  });

  test.each([
    ["an andon that was raised meanwhile", "andon-raised", {}],
    ["a gathering that nobody can read", "proposal-invalid", { digestless: true }],
  ])("%s takes no word, and the cost of the judge is written down", async (_name, code, how) => {
    const line = loopLine(FILES);
    const { order } = await line.open();
    if (order?.kind !== "loop") throw new Error("expected an order");
    const isUnread = "digestless" in how;
    if (!isUnread) line.github.addIssue({ ...ANDON });
    const items = gathered(isUnread ? { ...order, runId: order.runId + 1 } : order, ABC, {
      tests: 8,
    });
    const result = await line.run("loop-settle", {
      ...{ event: { name: "schedule", payload: { schedule: CRON } }, order },
      proposals: [items, saidBy(order, { verdicts: [file("a")] }, 0.3)],
    });
    expect(result).toMatchObject({ refusals: [{ code }] });
    expect(openOf(line)).toEqual([]);
    expect(rolling(line).state).toMatchObject({ spent: [{ usd: 0.3 }], findings: [] });
  });

  test("an andon keeps a loop without a judge's word from writing anything", async () => {
    const line = loopLine(FILES);
    const { order } = await line.open();
    if (order?.kind !== "loop") throw new Error("expected an order");
    line.github.addIssue({ ...ANDON });
    const result = await line.run("loop-settle", {
      ...{ event: { name: "schedule", payload: { schedule: CRON } }, order },
      proposals: [gathered(order, [], { tests: 8 })],
    });
    expect(result).toMatchObject({ effects: [], refusals: [{ code: "andon-raised" }] });
  });

  test("without a key nothing is written, and the run says which secret is missing", async () => {
    const line = loopLine(FILES);
    const { order } = await line.open();
    if (order?.kind !== "loop") throw new Error("expected an order");
    const failed = deliver("judge", {
      ...{ version: 1, order: digestOfOrder(order), worker: "failed", of: "judge", durationMs: 5 },
      usage: NO_USAGE,
      refusal: { code: "secret-missing", subject: "ANTHROPIC_API_KEY", hint: "set-the-secret" },
    });
    const result = await line.run("loop-settle", {
      ...{ event: { name: "schedule", payload: { schedule: CRON } }, order },
      proposals: [gathered(order, ABC, { tests: 8 }), failed],
    });
    expect(result).toMatchObject({
      ...{ ok: false, effects: [] },
      refusals: [{ code: "secret-missing", subject: "ANTHROPIC_API_KEY" }],
    });
  });

  test("a guard needs no judge", async () => {
    const line = loopLine(FILES);
    await play(line, ABC, { verdicts: [file("a")] });
    await play(line, ABC, undefined, {}, { tests: 6 });
    expect(openOf(line)).toEqual([]);
    expect(rolling(line).state.stopped).toMatchObject({ measure: "tests", to: 6 });
  });
});
