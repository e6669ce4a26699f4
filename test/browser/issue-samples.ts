import { digestOfContract } from "../../src/domain/contract.ts";
import { incidentOf } from "../../src/domain/incident/incident.ts";
import { beginPulse } from "../../src/domain/incident/pulse.ts";
import type { Refusal } from "../../src/domain/refusal.ts";
import { renderAlertIssue } from "../../src/wording/issue/alert-issue.ts";
import { renderUnread } from "../../src/wording/issue/alerts-unread.ts";
import { linesOfRefusal, renderAsk, renderReminder } from "../../src/wording/issue/ask-comment.ts";
import { renderDistrust, renderQuestions } from "../../src/wording/issue/asks.ts";
import { renderDeadAutomations } from "../../src/wording/issue/automations.ts";
import { renderBoard } from "../../src/wording/issue/board.ts";
import { renderContractComment } from "../../src/wording/issue/contract-comment.ts";
import { renderAssignment, renderExplanation } from "../../src/wording/issue/explanation.ts";
import { renderIncident } from "../../src/wording/issue/incident.ts";
import { renderLedgerComment } from "../../src/wording/issue/ledger-comment.ts";
import { renderLedgerPage } from "../../src/wording/issue/ledger-page.ts";
import { renderPulse } from "../../src/wording/issue/pulse-comment.ts";
import { renderGap, sayGap } from "../../src/wording/issue/quality-gap.ts";
import { CONTRACT } from "../domain/contracts.ts";
import { LIFE } from "../wording/ledgers.ts";
import { RUN } from "../wording/run-pages.ts";

export const REPOSITORY = "https://github.com/OWNER/notes";
export const SHA = "0123456789abcdef0123456789abcdef01234567";
const FINGERPRINT = "b".repeat(64);

export const REFUSAL: Refusal = {
  code: "tests-not-failing-on-base",
  subject: "AC1",
  found: "notes lists archived notes when asked passes on the base too",
  accepted: "a test that fails on the base",
};

const INCIDENT = incidentOf("sentry", {
  status: "firing",
  type: "TypeError",
  message: "Cannot read properties of undefined (reading 'archived')",
  url: "https://sentry.io/organizations/owner/issues/1/",
  release: "v1.4.0",
});

const ROW = { number: 4, title: "archived notes are gone??", stage: "gating" } as const;

/** The contract of an ordinary issue, as it asks for an approval. */
export const CONTRACT_COMMENT = renderContractComment({
  contract: CONTRACT,
  digest: digestOfContract(CONTRACT),
  version: 1,
  approvalNeeded: true,
  risk: "medium",
  leadsTo: {
    merges: "depends",
    deploys: "deploy.yml",
    isSeen: true,
    limits: { attempts: 3, minutesPerRun: 30, usdPerIssue: 5 },
    expected: { issues: 7, usd: 0.31, workedMs: 540_000 },
  },
});

/** What the factory writes on issues, by the function that renders it. */
export const ISSUE_SAMPLES: Readonly<Record<string, string>> = {
  renderContractComment: CONTRACT_COMMENT,
  renderLedgerComment: renderLedgerComment({
    entries: LIFE,
    issue: 3,
    stage: "done",
    links: { repository: REPOSITORY },
    ask: linesOfRefusal(REFUSAL).join("\n"),
    people: new Map([[1001, "ada"]]),
  }),
  renderLedgerPage: renderLedgerPage({
    entries: LIFE.slice(0, 3),
    issue: 3,
    ledger: 500,
    repository: REPOSITORY,
  }),
  renderQuestions: renderQuestions(
    1,
    ["Which list: `/notes` or the archive?", "Since when?"],
    ["ada"],
  ),
  renderDistrust: renderDistrust(REFUSAL),
  renderAsk: renderAsk({ line: 7, people: ["ada"], lines: linesOfRefusal(REFUSAL) }),
  renderReminder: renderReminder({
    ...{ line: 7, number: 1, people: ["ada"], since: "2026-11-20" },
    url: `${REPOSITORY}/issues/3#issuecomment-7`,
  }),
  renderAssignment: renderAssignment({ comment: 7, person: "ada" }),
  renderExplanation: renderExplanation({
    ...{ comment: 7, stage: "gating", entries: LIFE, people: ["ada"], issue: 3 },
    ...{ repository: REPOSITORY, usdPerIssue: 5 },
  }),
  renderBoard: renderBoard({
    at: "2026-11-20T09:07:30Z",
    repository: REPOSITORY,
    stopped: REFUSAL,
    money: { known: { spent: 3.2, promised: 5 } },
    usdPerDay: 50,
    asked: [{ ...ROW, waitedMs: 60_000, people: ["ada"] }],
    working: [{ ...ROW, stage: "building", waitedMs: 600_000 }],
    turn: [5, 6],
    blocked: [7],
    unclear: [8],
    automations: { known: [{ name: "ci.yml", lastRun: "2026-11-20T03:17:00Z", isDead: true }] },
  }).body,
  renderDeadAutomations: renderDeadAutomations([
    { name: "night.yml", lastRun: "2026-11-20T03:17:00Z", isDead: true },
  ]).body,
  renderAlertIssue: renderAlertIssue({
    incident: INCIDENT,
    own: [{ file: "src/notes.ts", function: "listNotes", line: 14 }],
    fingerprint: FINGERPRINT,
    suspect: {
      known: {
        commit: SHA,
        title: "Show archived notes",
        file: "src/notes.ts",
        line: 14,
        brought: true,
      },
    },
    repository: REPOSITORY,
  }).body,
  renderPulse: renderPulse(
    beginPulse(FINGERPRINT, { now: "2026-11-20T09:00:00Z", release: "v1.4.0" }),
  ),
  renderUnread: renderUnread([REFUSAL]).body,
  renderIncident: renderIncident({
    ...{ commit: SHA, issue: 3, refusal: REFUSAL, run: 12, repository: REPOSITORY },
    probes: RUN.smoke?.probes ?? [],
  }).body,
  renderGap: renderGap({
    fingerprint: "notes/coverage",
    area: "notes",
    ...sayGap({
      ...{ area: "notes", grade: "D", bar: "B", because: "40 % of lines covered (B from 70)" },
      measure: { name: "coverage", value: 40, source: "reports/lcov.info" },
      files: ["src/notes.ts"],
    }),
  }).body,
};
