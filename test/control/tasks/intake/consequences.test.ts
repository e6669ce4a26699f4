import { describe, expect, test } from "vitest";
import type { OnIssue } from "../../../../src/control/observed/issue-view.ts";
import { consequencesOf } from "../../../../src/control/tasks/intake/consequences.ts";
import { Config } from "../../../../src/domain/config/schema.ts";
import { appendEntry, type LedgerEvent, type SealedEntry } from "../../../../src/domain/ledger.ts";
import { NO_USAGE } from "../../../../src/domain/usage.ts";
import { writePaged } from "../../../wording/paged.ts";
import { issue as own, viewOf } from "../../outcome/building.ts";

const VIEW = viewOf();
const { snapshot, input } = VIEW;
const CONFIG = Config.parse({ trust: { default: "open-pr" } });
const NONE = { merges: "person", isSeen: false, limits: CONFIG.limits };

/** A merged issue that cost so many dollars. */
function merged(issue: number, usd: number, isMerged = true) {
  const place = { repositoryId: snapshot.repository.id, issue };
  const steps: readonly LedgerEvent[] = [
    { kind: "sent-back", attempt: 1, findings: [] },
    isMerged
      ? {
          kind: "merged",
          pullRequest: 9,
          commit: "a".repeat(40),
          tree: "b".repeat(40),
          by: "person",
        }
      : { kind: "sent-back", attempt: 2, findings: [] },
  ];
  const entries = steps.reduce<readonly SealedEntry[]>((ledger, event) => {
    const entry = { at: "2026-11-19T09:00:00Z", run: 1, stage: "ready", event } as const;
    const usage = { ...NO_USAGE, usd: usd / 2 };
    const stamped = { ...entry, usage, durationMs: 1_000 };
    return appendEntry(ledger, stamped, { place, key: input.sealKey });
  }, []);
  return { issue, comment: 500 + issue, body: writePaged(entries, []).ledger.body, pages: [] };
}

const withLedgers = (ledgers: unknown) =>
  ({ ...VIEW, snapshot: { ...snapshot, ledgers } }) as unknown as OnIssue;
const expectedIn = (ledgers: unknown) =>
  consequencesOf(withLedgers(ledgers), { config: CONFIG, risk: "low" });

describe("what an approval leads to, by the record", () => {
  const [one, two, three] = [merged(own + 1, 1), merged(own + 2, 2), merged(own + 3, 6)];

  test.each<readonly [string, unknown, object]>([
    ["nothing, where nobody looked", undefined, {}],
    ["nothing, where nobody knows", { unknown: "cut" }, {}],
    ["nothing, where nothing was merged", { known: [merged(own + 1, 1, false)] }, {}],
    [
      "the middle of the others",
      { known: [one, two, three] },
      { expected: { issues: 3, usd: 2, workedMs: 2_000 } },
    ],
    [
      "not of itself",
      { known: [merged(own, 9), one] },
      { expected: { issues: 1, usd: 1, workedMs: 2_000 } },
    ],
    [
      "not of an issue with two ledgers",
      { known: [one, one, three] },
      { expected: { issues: 1, usd: 6, workedMs: 2_000 } },
    ],
    [
      "not of one that is not to be believed",
      { known: [{ ...one, issue: own + 4 }, three] },
      { expected: { issues: 1, usd: 6, workedMs: 2_000 } },
    ],
  ])("%s", (_, ledgers, expected) => {
    expect(expectedIn(ledgers)).toStrictEqual({ ...NONE, ...expected });
  });
});

describe("what an approval leads to, by the config,", () => {
  const deploy = { workflow: "deploy.yml" };
  const probes = [{ get: "https://example.com/health" }];

  test.each<readonly [string, object, object]>([
    ["nothing that is seen", {}, {}],
    ["a deployment", { smoke: { deploy } }, { deploys: "deploy.yml", isSeen: true }],
    ["what is asked afterwards", { smoke: { probes } }, { isSeen: true }],
    ["both", { smoke: { deploy, probes } }, { deploys: "deploy.yml", isSeen: true }],
    ["a merge by the factory", { trust: { default: "full-factory" } }, { merges: "factory" }],
  ])("is %s", (_, given, expected) => {
    const config = Config.parse({ trust: { default: "open-pr" }, ...given });
    const found = consequencesOf(withLedgers(undefined), { config, risk: "low" });
    expect(found).toStrictEqual({ ...NONE, ...expected });
  });

  test("without a seal key is never a merge by the factory", () => {
    const config = Config.parse({ trust: { default: "full-factory" } });
    const { sealKey: _, ...unsealed } = input;
    const view = { ...withLedgers(undefined), input: unsealed };
    expect(consequencesOf(view, { config, risk: "low" }).merges).toBe("person");
  });
});
