import { describe, expect, test } from "vitest";
import type { View } from "../../../src/control/observed/issue-view.ts";
import { readProposal, spentBy } from "../../../src/control/observed/proposals.ts";
import { digestOf } from "../../../src/domain/digest.ts";
import type { Delivery } from "../../../src/domain/proposal.ts";
import { PROPOSAL_BYTES } from "../../../src/domain/proposal.ts";
import { NO_USAGE } from "../../../src/domain/usage.ts";
import { deliver, failed, green, newLine, toBuilding } from "../line.ts";

const line = newLine();
const { order } = await toBuilding(line);
const { implement, verify } = green(line.github, order);

function read(proposals: readonly Delivery[], jobResults?: object, held = 7) {
  const run = { id: 7 };
  const ledger = { entries: [{ run: held, event: { kind: "claimed" } }] };
  const view = { input: { proposals, jobResults, run }, ledger } as unknown as View;
  return readProposal(view, { worker: "implement", order });
}

function invalid(found: unknown) {
  const refusal = { code: "proposal-invalid", subject: "the proposal of implement", found };
  return { kind: "invalid", refusal };
}

function bytes(text: string): Delivery {
  const encoded = new TextEncoder().encode(text);
  return { worker: "implement", bytes: encoded, digest: digestOf(encoded) };
}

describe("what a worker returned", () => {
  test("is its proposal, or its failure with the reason", () => {
    const failure = failed(order, "implement");
    expect(read([deliver("verify", verify), deliver("implement", implement)])).toEqual({
      kind: "proposal",
      proposal: implement,
    });
    expect(read([deliver("implement", failure)])).toEqual({
      kind: "failed",
      proposal: failure,
      refusal: { code: "gave-up", subject: "implement" },
    });
  });

  test.each([
    [undefined, "it returned no proposal", undefined],
    [{ verify: "failure" }, "it returned no proposal", undefined],
    [{ implement: "success" }, "it returned no proposal; its job ended as success", undefined],
    [{ implement: "skipped" }, "it returned no proposal; its job ended as skipped", undefined],
    ...(["failure", "cancelled"] as const).map(
      (ended) =>
        [
          { implement: ended },
          `it returned no proposal; its job ended as ${ended}`,
          "run-failed-jobs-again",
        ] as const,
    ),
  ] as const)("is missing where its jobs ended as %j", (jobResults, found, hint) => {
    const refusal = { code: "worker-failed", subject: "implement", found, ...(hint && { hint }) };
    expect(read([deliver("verify", verify)], jobResults)).toEqual({ kind: "missing", refusal });
  });

  test("names no re-run where it would go on with nothing: another run wrote last", () => {
    expect(read([], { implement: "failure" }, 6)).not.toHaveProperty("refusal.hint");
    expect(read([], { implement: "failure" }, 7)).toHaveProperty("refusal.hint");
  });

  const answer = deliver("implement", implement);
  test.each<readonly [string, readonly Delivery[], unknown]>([
    ["two", [answer, answer], "2 proposals"],
    [
      "too much",
      [{ ...answer, bytes: new Uint8Array(PROPOSAL_BYTES + 1) }],
      `${PROPOSAL_BYTES + 1} bytes, at most ${PROPOSAL_BYTES}`,
    ],
    ["no JSON", [bytes("{")], "not one JSON value in UTF-8"],
    ["another shape", [bytes("[]")], expect.stringMatching(/^: \w/)],
    [
      "another version",
      [deliver("implement", { ...implement, version: 2 })],
      expect.stringMatching(/^version: \w/),
    ],
    [
      "a fault at a long name",
      [deliver("implement", { ...implement, ["x".repeat(3_000)]: 1 })],
      expect.stringMatching(/^.{2000}$/),
    ],
    [
      "the answer to another order",
      [deliver("implement", { ...implement, order: "0".repeat(64) })],
      "it answers another order",
    ],
    ["another worker's answer", [deliver("implement", verify)], "it is of verify"],
    [
      "another worker's failure",
      [deliver("implement", failed(order, "review"))],
      "it is of review",
    ],
  ])("is not believed: %s", (_, proposals, found) => {
    expect(read(proposals)).toEqual(invalid(found));
  });

  test("is as many bytes as a proposal may have, and no more", () => {
    const largest = bytes("x".repeat(PROPOSAL_BYTES));
    expect(read([largest])).toEqual(invalid("not one JSON value in UTF-8"));
  });

  test("is not believed where its job announced another digest", () => {
    expect(read([{ ...answer, digest: "f".repeat(100) }])).toEqual({
      kind: "invalid",
      refusal: {
        code: "artifact-invalid",
        subject: "the proposal of implement",
        found: `digest ${answer.digest}`,
        accepted: `${"f".repeat(64)}, as its job announced`,
      },
    });
  });

  test("is not read where any of it leaks", () => {
    const leak = { code: "secret-leaked", subject: "x" } as const;
    expect(read([answer, { ...answer, leak }])).toEqual({ kind: "invalid", refusal: leak });
  });
});

describe("what workers cost", () => {
  const refusal = { code: "worker-failed", subject: "x" } as const;
  const missing = { kind: "missing", refusal } as const;
  const spent = (readings: Parameters<typeof spentBy>[1], jobResults?: object) =>
    spentBy(
      {
        input: { jobResults, proposals: [] },
        config: order.config,
        ledger: { entries: [] },
      } as unknown as View,
      readings,
      order,
    );

  test("is the sum of what they say", () => {
    const both = {
      implement: { kind: "proposal", proposal: implement },
      verify: { kind: "proposal", proposal: verify },
    } as const;
    expect(spent({})).toEqual({ usage: NO_USAGE, durationMs: 0 });
    expect(spent(both)).toEqual({ usage: implement.usage, durationMs: 200 });
  });

  test("is the whole allowance of one that may call a model, ran, and gave no account", () => {
    const whole = { ...NO_USAGE, usd: order.budget.usd * 0.8 };
    expect(spent({ implement: missing })).toEqual({ usage: whole, durationMs: 0 });
    expect(spent({ implement: missing }, { implement: "success" }).usage).toEqual(whole);
    expect(spent({ implement: missing }, { implement: "skipped" }).usage).toEqual(NO_USAGE);
    expect(spent({ verify: missing }, { verify: "failure" }).usage).toEqual(NO_USAGE);
    const both = { implement: { kind: "proposal", proposal: implement }, review: missing } as const;
    expect(spent(both).usage.usd).toBeCloseTo(order.budget.usd);
    expect(implement.usage.usd).toBeGreaterThan(0);
  });

  test.each(["failure", "cancelled"])(
    "is the share of one whose job ended as %s and left nothing",
    (result) => {
      const { attempts, usdPerIssue } = order.config.limits;
      const share = usdPerIssue / attempts;
      expect(spent({ implement: missing }, { implement: result }).usage.usd).toBeCloseTo(share);
      const both = {
        implement: { kind: "proposal", proposal: implement },
        review: missing,
      } as const;
      const known = implement.usage.usd;
      const shared = known + (usdPerIssue - known) / attempts;
      expect(spent(both, { review: result }).usage.usd).toBeCloseTo(shared);
    },
  );
});
