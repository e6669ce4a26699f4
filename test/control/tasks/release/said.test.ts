import { describe, expect, test } from "vitest";
import type { Order } from "../../../../src/domain/order.ts";
import type { Refusal } from "../../../../src/domain/refusal.ts";
import { type ProbeResult, SmokeStatus } from "../../../../src/domain/smoke.ts";
import {
  deliver,
  doorbell,
  kindsOf,
  ledgerOf,
  newLine,
  orderOf,
  PROBE_ID,
  smoke,
  type TestLine,
  toSmoking,
} from "../../line.ts";

type Release = Extract<Order, { kind: "release" }>;

function release(order: Order): Release {
  if (order.kind !== "release") throw new Error(`an order of kind ${order.kind}`);
  return order;
}

/** A merge that is waiting to be looked at. */
async function smoking() {
  const line = newLine();
  const { issue, event, result } = await toSmoking(line);
  const order = release(orderOf(result));
  const record = (proposal: object, made: Order = order) =>
    line.run("record", {
      event,
      issue,
      order: made,
      proposals: [deliver("post-merge-smoke", proposal)],
    });
  return { line, issue, order, record };
}

/** A smoke test of the head that belongs to no issue. */
async function alone(line: TestLine) {
  line.nextRun();
  const event = doorbell(line.github, "", "ada");
  const order = release(orderOf(await line.run("smoke-open", { event })));
  const record = (proposal: object) =>
    line.run("record", { event, order, proposals: [deliver("post-merge-smoke", proposal)] });
  return { event, order, record };
}

function probe(told: Pick<ProbeResult, "url" | "status" | "found">): ProbeResult {
  const tries: ProbeResult["tries"] = [{ status: "failed", found: told.found, durationMs: 1 }];
  return { id: PROBE_ID, durationMs: 1, tries, before: { status: "unknown" }, ...told };
}

const LONG = `https://example.com/${"x".repeat(400)}`;

describe("what is said of a smoke test that did not pass", () => {
  test.each<readonly [string, (order: Release) => object, (order: Release) => Refusal]>([
    [
      "a probe that failed",
      (order) => ({
        ...smoke(order, "failed"),
        probes: [
          probe({ url: "https://a", status: "passed", found: "well" }),
          probe({ url: LONG, status: "failed", found: "500" }),
        ],
      }),
      () => ({
        code: "probe-failed",
        subject: LONG.slice(0, 300),
        found: "500",
        hint: "revert-or-repair",
      }),
    ],
    [
      "a probe that nobody could reach",
      (order) => smoke(order, "unreachable"),
      () => ({
        code: "probe-unreachable",
        subject: "https://example.com/health",
        found: "it was unreachable",
        hint: "make-the-deploy-reachable",
      }),
    ],
    [
      "another commit that is live",
      (order) => ({ ...smoke(order, "not-deployed"), liveSha: "c".repeat(40) }),
      () => ({
        code: "deploy-not-seen",
        subject: "https://example.com/version",
        found: "names no commit",
        hint: "look-at-the-deploy",
      }),
    ],
    [
      "an address of the commit that nobody could reach",
      (order) => ({ ...smoke(order, "not-deployed"), status: "unreachable" }),
      () => ({
        code: "probe-unreachable",
        subject: "https://example.com/version",
        found: "names no commit",
        hint: "make-the-deploy-reachable",
      }),
    ],
  ])("%s", async (_, proposalOf, refusalOf) => {
    const { order, record } = await smoking();
    expect((await record(proposalOf(order))).refusals).toEqual([refusalOf(order)]);
  });

  test("another merge than the order's", async () => {
    const { order, record } = await smoking();
    const mergeSha = "1".repeat(40);
    const refusal = {
      code: "proposal-invalid",
      subject: "the smoke test",
      found: `it looked for ${mergeSha}`,
    };
    expect((await record({ ...smoke(order, "passed"), mergeSha })).refusals).toEqual([refusal]);
    const other = await alone(newLine());
    const told = await other.record({ ...smoke(other.order, "failed"), mergeSha });
    expect(told).toMatchObject({ refusals: [refusal], effects: [] });
  });

  test("an order for a merge that the ledger does not know", async () => {
    const { order, record } = await smoking();
    const mergeSha = "2".repeat(40);
    const made = { ...order, release: { ...order.release, mergeSha } };
    expect((await record(smoke(made, "passed"), made)).refusals).toEqual([
      {
        code: "order-invalid",
        subject: "the merge it is for",
        found: mergeSha,
        accepted: order.release.mergeSha,
      },
    ]);
  });

  test("one that was recorded before", async () => {
    const { order, record } = await smoking();
    await record(smoke(order, "passed"));
    expect((await record(smoke(order, "passed"))).refusals).toEqual([
      { code: "illegal-transition", subject: "done → done", accepted: "smoking" },
    ]);
  });
});

describe("what a smoke test leaves behind", () => {
  test.each([
    ["passed", "done"],
    ["nothing-to-probe", "done"],
    ["failed", "needs-human"],
    ["unreachable", "needs-human"],
    ["not-deployed", "needs-human"],
    ["flaky", "done"],
    ["red-before", "done"],
  ] as const)("%s: an entry at %s, with what it cost", async (status, stage) => {
    const { line, issue, order, record } = await smoking();
    const { effects, summary } = await record(smoke(order, status));
    const entry = ledgerOf(line.github, issue).find(({ event }) => event.kind === "smoked");
    expect(entry).toMatchObject({
      stage,
      event: { kind: "smoked", commit: order.release.mergeSha, status },
      durationMs: 100,
    });
    expect(summary).not.toBe("");
    expect(effects.map(({ key }) => key)).toEqual(
      {
        passed: [/^ledger/, /^labels/, /^close\/1\//],
        "nothing-to-probe": [/^ledger/, /^labels/, /^close\/1\//],
        failed: [/^incident\//, /^ledger/, /^labels/, /^ask\//],
        flaky: [/^ledger/, /^labels/, /^close\/1\//],
        "red-before": [/^ledger/, /^labels/, /^close\/1\//],
        "not-deployed": [/^ledger/, /^labels/, /^ask\//],
        unreachable: [/^ledger/, /^labels/, /^ask\//],
      }[status].map((key) => expect.stringMatching(key)),
    );
    expect(kindsOf(line.github, issue).at(-1)).toBe(stage === "done" ? "smoked" : "refused");
  });

  test("summaries that tell the outcomes apart", async () => {
    const said = new Set<string>();
    const statuses = SmokeStatus.options.filter((status) => status !== "waiting");
    for (const status of statuses) {
      const on = await smoking();
      said.add((await on.record(smoke(on.order, status))).summary.split("\n")[0] ?? "");
      const none = await alone(newLine());
      said.add((await none.record(smoke(none.order, status))).summary.split("\n")[0] ?? "");
    }
    expect(said.size).toBeGreaterThanOrEqual(statuses.length);
  });
});

describe("a record without an issue", () => {
  const refused = [{ code: "event-not-understood", subject: "no issue to record" }];
  test("is none of an order that belongs to a pull request, nor of an issue that is not there", async () => {
    const line = newLine();
    const { event, order } = await alone(line);
    const given = { ...order, release: { ...order.release, pullRequest: 9 } };
    const proposals = [deliver("post-merge-smoke", smoke(given, "failed"))];
    expect(await line.run("record", { event, order: given, proposals })).toMatchObject({
      refusals: refused,
      effects: [],
    });
  });

  test("says what is wrong with its order, and with what was delivered", async () => {
    const line = newLine();
    const { event, order } = await alone(line);
    expect((await line.run("record", { event })).refusals).toMatchObject([
      { code: "order-invalid", subject: "the order", accepted: "an order of kind release" },
    ]);
    expect((await line.run("record", { event, order })).refusals).toMatchObject([
      { code: "worker-failed", subject: "post-merge-smoke" },
    ]);
  });
});

test("a commit that is not the head any more is left to a later run, in so many words", async () => {
  const line = newLine();
  const sender = { id: 100, login: "ada", type: "User" };
  const after = "a".repeat(40);
  const result = await line.run("smoke-open", {
    event: { name: "push", payload: { after, sender } },
  });
  expect(result.refusals).toEqual([
    { code: "base-moved", subject: "main", found: line.github.head(), accepted: after },
  ]);
});
