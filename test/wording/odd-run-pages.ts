import { NO_USAGE } from "../../src/domain/usage.ts";
import type { RunPageData } from "../../src/wording/pages/run-page/data.ts";
import { RUN } from "./run-pages.ts";

type Part =
  | "authority"
  | "contract"
  | "plan"
  | "change"
  | "verdict"
  | "risk"
  | "pullRequest"
  | "smoke";

function without(...parts: readonly Part[]): RunPageData {
  return Object.fromEntries(
    Object.entries(RUN).filter(([key]) => !parts.some((part) => part === key)),
  ) as unknown as RunPageData;
}

const NOTHING_YET = {
  ...without("authority", "contract", "plan", "change", "verdict", "risk", "pullRequest", "smoke"),
  scripted: false,
  evidence: [],
  gate: [],
  work: { read: [], ran: [], baseline: [] },
  humanActions: [],
};

/** Stopped before any job could think. */
export const STOPPED: RunPageData = {
  ...NOTHING_YET,
  outcome: { ok: false, stage: "needs-human", sentence: "The line is stopped." },
  issue: { ...RUN.issue, body: "" },
  ledger: [],
  jobs: [],
  costs: [],
  requests: [],
  notImitated: [],
  usage: NO_USAGE,
  refusals: [
    {
      code: "secret-missing",
      subject: "ANTHROPIC_API_KEY",
      hint: "set-the-secret",
    },
  ],
};

/** The issue says too little. */
export const ASKING: RunPageData = {
  ...NOTHING_YET,
  outcome: { ok: false, stage: "needs-info", sentence: "Answer the questions on the issue." },
  questions: ["Which list: the one at `/notes` or the archive?", "Since which version?"],
  ledger: RUN.ledger.slice(0, 1),
  jobs: RUN.jobs.slice(0, 3),
  costs: RUN.costs.slice(0, 1),
};

/** The last attempt ended within implement; what it had written is a draft. */
export const FAILED: RunPageData = {
  ...without("authority", "plan", "change", "verdict", "risk", "pullRequest", "smoke"),
  outcome: { ok: false, stage: "needs-human", sentence: "Three attempts did not land." },
  evidence: [],
  gate: [],
  draft: ["src/notes.ts", "test/notes.test.ts"],
  ledger: RUN.ledger.slice(0, 4),
  refusals: [
    {
      code: "budget-exhausted",
      subject: "turns",
      found: "80 turns",
      accepted: "at most 80 turns",
    },
  ],
};

/** Verified and reviewed, held back by the gate: no pull request. */
export const UNPUBLISHED: RunPageData = {
  ...without("pullRequest", "smoke"),
  outcome: { ok: false, stage: "gating", sentence: "A person merges: trust is open-pr here." },
  gate: RUN.gate.map((line, index) => ({ ...line, ok: index !== 2 })),
};

const LONG = "a-name-that-does-not-end-".repeat(18);

function testNames(title: string, count: number): string[] {
  return Array.from(
    { length: count },
    (_, index) => `${title} ${index} ${"of a suite ".repeat(8)}`,
  );
}

function largeDiff(): string {
  const file = (name: string, lines: number) =>
    `diff --git a/${name} b/${name}\n--- a/${name}\n+++ b/${name}\n@@ -1,0 +1,${lines} @@\n${Array.from({ length: lines }, (_, index) => `+line ${index}\n`).join("")}`;
  const files = Array.from({ length: 40 }, (_, index) => file(`src/${LONG}/file-${index}.ts`, 300));
  return `${file("dist/minified.js", 0)}+${"x".repeat(100_000)}\n${files.join("")}`;
}

/** As much of everything as the bounds before the page let through, from right to left. */
export function largeRun(): RunPageData {
  const hebrew = "הפתקים שהעברתי לארכיון נעלמו, ואי אפשר לראות אותם. ";
  return {
    ...RUN,
    repository: { name: `OWNER/${LONG.slice(0, 100)}` },
    issue: {
      number: 3,
      title: `${hebrew}archived ${LONG}`.slice(0, 256),
      body: hebrew
        .repeat(30)
        .concat("\n\nand in English\n", "word ".repeat(60_000))
        .slice(0, 60_000),
      author: "a".repeat(39),
      labels: Array.from({ length: 30 }, (_, index) => `label-${index}-${LONG}`.slice(0, 50)),
    },
    work: {
      read: [{ by: "implement", places: testNames("src/", 300).map((name) => name.slice(0, 300)) }],
      ran: testNames("bash echo", 200),
      baseline: [
        { name: "test", status: "failed", said: LONG.slice(0, 300), failing: testNames("old", 50) },
      ],
    },
    ...(RUN.change && { change: { ...RUN.change, diff: largeDiff(), truncated: true } }),
    evidence: RUN.evidence.map((piece) =>
      piece.kind === "test-comparison"
        ? {
            ...piece,
            failToPass: testNames("new", 3),
            passToPass: testNames("same", 300),
            passToFail: [LONG],
            failToFail: testNames("old", 900),
          }
        : piece,
    ),
    jobs: RUN.jobs.map((job) => ({ ...job, name: `${job.name} ${LONG.slice(0, 60)}` })),
  };
}
