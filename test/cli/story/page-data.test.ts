import { expect, test } from "vitest";
import { pageOf } from "../../../src/cli/story/page-data.ts";
import type { Story } from "../../../src/cli/story/story.ts";
import type { LedgerEvent } from "../../../src/domain/ledger.ts";
import { NO_USAGE } from "../../../src/domain/usage.ts";
import { lineOrder } from "../../workers/orders.ts";

const BOT = { id: 41_898_282, login: "github-actions[bot]" };

/** A story whose newest order was started by a bot, as it is after a retry. */
function approvedIn(events: readonly LedgerEvent[], people: Story["people"]) {
  const order = { ...lineOrder(), actor: { ...lineOrder().actor, ...BOT } };
  const story: Story = {
    played: {
      ...{ issue: 1, stage: "done", state: "closed", labels: [], requestCount: 0 },
      beside: [],
      humanActions: ["approved contract"],
    },
    repository: "OWNER/shop",
    asked: [],
    issue: { title: "t", body: "b", author: "OWNER" },
    orders: [order],
    proposals: [],
    ledger: events.map((event, index) => ({
      ...{ sequence: index + 1, at: "2026-01-01T00:00:00Z", run: 1, stage: "ready" },
      event,
    })),
    people,
    ...{
      mode: "live",
      mergedBy: undefined,
      authority: undefined,
      gate: [],
      risk: undefined,
      pullRequest: undefined,
    },
    ...{ jobs: [], requests: [], usage: NO_USAGE, restoredMs: undefined },
    changes: { merges: 0, failed: [], rate: null },
  };
  const run = { startedAt: "2026-01-01T00:00:00Z", durationMs: 1, scripted: true, sentence: "s" };
  return { digest: order.contractDigest, of: pageOf(story, { ...run, diff: undefined }).contract };
}

const { digest } = approvedIn([], new Map());
const approved = (by: number, comment: number): LedgerEvent => ({
  ...{ kind: "approved", by, comment, contract: digest, issue: "0".repeat(64) },
});

test.each<readonly [string, readonly LedgerEvent[], string | undefined]>([
  ["the author of the comment, whoever started the newest run", [approved(7, 3)], "octocat"],
  ["an id where no login is known", [approved(8, 3)], "person 8"],
  ["nobody, where the config asks for no approval", [approved(BOT.id, 0)], undefined],
  ["nobody, where nobody did", [], undefined],
])("a contract was approved by %s", (_title, events, login) => {
  const people = new Map([
    [7, "octocat"],
    [BOT.id, BOT.login],
  ]);
  expect(approvedIn(events, people).of?.approvedBy).toBe(login);
});
