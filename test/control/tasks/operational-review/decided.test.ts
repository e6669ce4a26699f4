import { describe, expect, test } from "vitest";
import { withFiles } from "../../../../src/control/observed/files.ts";
import { readSituation, type View } from "../../../../src/control/observed/issue-view.ts";
import { decideOperationalReview } from "../../../../src/control/tasks/operational-review/operational-review.ts";
import type { CommitTree } from "../../../../src/domain/github/commit-tree.ts";
import type { Snapshot } from "../../../../src/domain/github/snapshot.ts";
import { appendEntry, type LedgerEvent, type SealedEntry } from "../../../../src/domain/ledger.ts";
import { idOfLesson, pathOfLesson } from "../../../../src/domain/lesson/lesson.ts";
import type { FileState } from "../../../../src/ports/github.ts";
import { REVIEW_MARKER } from "../../../../src/wording/pages/report/review-issue.ts";
import { writePaged } from "../../../wording/paged.ts";
import { controlInput, newLine, schedule } from "../../line.ts";

const line = newLine();
const RUN = 1_000_007;
const LIVE = await line.github.observe({ prefix: "factory:", issues: [] });
const { head } = LIVE.repository;
const GUIDE = { path: "AGENTS.md", mode: "100644", blob: "a".repeat(40) } as const;

interface Scene {
  readonly snapshot?: object;
  readonly tree?: CommitTree["files"];
  readonly files?: Readonly<Record<string, FileState>>;
  readonly event?: View["input"]["event"];
}

function viewOf({ snapshot, tree, files = {}, event = schedule }: Scene = {}): View {
  const place = { github: line.github, run: RUN, sealKey: line.sealKey };
  const seen = { openIssues: { known: [] }, ledgers: { known: [] }, pullWork: { known: [] } };
  const paths = Object.keys(files);
  return readSituation({
    input: controlInput("operational-review", { event }, place),
    snapshot: { ...LIVE, ...seen, ...snapshot } as Snapshot,
    now: "2026-11-20T09:00:00Z",
    receipts: [],
    files: withFiles(
      new Map(),
      paths.map((path) => ({ commit: head, path })),
      Object.values(files),
    ),
    trees: new Map([[head, { parents: [], files: tree ?? { known: [] } }]]),
  });
}

function decided(scene: Scene = {}) {
  const decision = decideOperationalReview(viewOf(scene));
  if ("wants" in decision) throw new Error("it has all it needs");
  return decision;
}

/** The text that it writes. */
function bodyOf(scene: Scene): string {
  const [effect] = decided(scene).effects;
  return effect !== undefined && "body" in effect ? effect.body : "";
}

/** Of one issue: two attempts, both sent back for the same check. */
function ledgerOf(issue: number): { issue: number; comment: number; body: string } {
  const context = {
    place: { repositoryId: LIVE.repository.id, issue },
    key: line.sealKey,
  };
  const place = { kind: "check", name: "lint" } as const;
  const events = [1, 2].flatMap((attempt): LedgerEvent[] => [
    { kind: "claimed", attempt, branch: `factory/${issue}-${attempt}`, base: head },
    { kind: "sent-back", attempt, findings: [], mistakes: [{ cause: "check-red", place }] },
  ]);
  const entries = events.reduce<readonly SealedEntry[]>((ledger, event, index) => {
    const stage = event.kind === "claimed" ? "building" : "ready";
    const at = `2026-11-18T08:0${index}:00Z`;
    return appendEntry(ledger, { at, run: 1, stage, event }, context);
  }, []);
  return { issue, comment: 7, body: writePaged(entries, []).ledger.body };
}

describe("the review is not written", () => {
  test.each<readonly [string, Scene, object]>([
    [
      "by a config that nobody can read",
      { snapshot: { configText: "bord: true" } },
      { code: "config-invalid" },
    ],
    [
      "for a stranger who starts it",
      {
        event: {
          name: "workflow_dispatch",
          payload: { inputs: {}, sender: { id: 77, login: "rea", type: "User" } },
        },
      },
      { code: "actor-not-permitted", subject: "rea" },
    ],
    [
      "where the open issues are unknown",
      { snapshot: { openIssues: { unknown: "HTTP 502" } } },
      { code: "state-unknown", subject: "the open issues", found: "HTTP 502" },
    ],
    [
      "where the ledgers are unknown",
      { snapshot: { ledgers: { unknown: "too many" } } },
      { code: "state-unknown", subject: "the ledgers", found: "too many" },
    ],
  ])("%s", (_, scene, refusal) => {
    const { effects, refusals, next, summary } = decided(scene);
    expect({ effects, refusals, next }).toEqual({
      effects: [],
      refusals: [expect.objectContaining(refusal)],
      next: "none",
    });
    expect(summary).toContain("nothing was written");
    expect(summary).not.toContain("#### Figures");
  });

  test("before the lessons at the head are read: their tree first, then their files", () => {
    const view = viewOf({ tree: { known: [GUIDE] } });
    expect(decideOperationalReview({ ...view, trees: new Map() })).toEqual({
      wants: [],
      trees: [head],
    });
    expect(decideOperationalReview(view)).toEqual({ wants: [{ commit: head, path: GUIDE.path }] });
  });
});

describe("the review", () => {
  const OWN = { id: line.github.identity.id, login: "bot", type: "Bot" } as const;
  const standing = { number: 31, title: "any", labels: [], updatedAt: "2026-11-13T09:00:00Z" };

  test("is opened where there is none, once in a run", () => {
    const { effects, refusals, ok } = decided();
    expect({ refusals, ok }).toEqual({ refusals: [], ok: true });
    expect(effects).toEqual([
      {
        kind: "open-issue",
        key: `operational-review/${RUN}`,
        marker: REVIEW_MARKER,
        title: "Millwright: the operational review",
        body: expect.stringContaining("2026-11-13 09:00 UTC to 2026-11-20 09:00 UTC."),
        labels: [],
      },
    ]);
  });

  test("is rewritten where it stands, known by its author and its last line", () => {
    const body = `old\n\n${REVIEW_MARKER}`;
    const forged = { ...standing, number: 30, author: { ...OWN, id: 4 }, body };
    const known = [forged, { ...standing, author: OWN, body }];
    expect(decided({ snapshot: { openIssues: { known } } }).effects).toEqual([
      {
        kind: "edit-issue",
        key: `operational-review/${RUN}`,
        issue: 31,
        marker: REVIEW_MARKER,
        body: expect.stringMatching(/^### Millwright · operational review\n/),
      },
    ]);
  });

  test("is under the headline of its job too, without what belongs to the issue alone", () => {
    const { summary } = decided();
    expect(summary).toMatch(/^### control: the operational review of the week is written\n/);
    expect(summary).toMatch(/\n#### Look at\n\n[^\n]+\n\n#### Figures\n/);
    expect(summary).not.toContain(REVIEW_MARKER);
    expect(summary.endsWith("\n")).toBe(true);
  });

  test("names each ledger that it does not count, and nothing where it counts all", () => {
    const two = [ledgerOf(3), { ...ledgerOf(3), comment: 8 }];
    expect(bodyOf({ snapshot: { ledgers: { known: two } } })).toContain(
      "- Not counted: issue 3 has two ledgers\n",
    );
    const whole = bodyOf({ snapshot: { ledgers: { known: [ledgerOf(3)] } } });
    expect(whole).not.toContain("Not counted");
    expect(whole).not.toContain("#### Lessons");
  });

  test("says of lessons that nobody can read why, and is written all the same", () => {
    const note = "- Not counted: the lessons: GitHub cut the list\n\n";
    const body = bodyOf({ tree: { unknown: "GitHub cut the list" } });
    expect(body).toContain(note);
    expect(body.replace(note, "")).toBe(bodyOf({}));
    const path = ".github/factory/lessons/0123456789ab.yml";
    const broken = {
      tree: { known: [{ ...GUIDE, path }] },
      files: { [path]: { known: new TextEncoder().encode("version: 1\n") } },
    };
    expect(bodyOf(broken)).toMatch(/- Not counted: [^\n]*0123456789ab\.yml/);
    expect(bodyOf(broken).match(/Not counted/g)).toHaveLength(1);
  });

  test("shows people a mistake that came again, in the issue and in the summary of the job", () => {
    const scene = { snapshot: { ledgers: { known: [3, 4, 5].map(ledgerOf) } } };
    const row =
      /#### Lessons\n\n\| \| \|\n\|---\|---\|\n\| Worth a lesson \| [^\n]*lint[^\n]* \|\n/;
    expect(bodyOf(scene)).toMatch(row);
    expect(decided(scene).summary).toMatch(row);
  });

  test("proposes no line for a guide that has no room for it", () => {
    const ledgers = { known: [3, 4, 5].map(ledgerOf) };
    const guide = (bytes: number) => ({
      snapshot: { ledgers },
      tree: { known: [GUIDE] },
      files: { [GUIDE.path]: { known: new TextEncoder().encode("x".repeat(bytes)) } },
    });
    expect(bodyOf(guide(10))).toContain("| Worth a lesson |");
    expect(bodyOf(guide(100_000))).toMatch(/\| No lesson \| [^\n]*lint/);
    expect(bodyOf(guide(100_000))).not.toContain("| Worth a lesson |");
  });

  test.each([
    ["stands in its file and is not due", "2026-11-21", /\n\| No lesson \| [^\n]*lint/],
    ["is due, and is judged", "2026-11-20", /\n\| Judged \| [^\n]*lint/],
  ])("proposes nothing twice: a lesson %s", (_, check, row) => {
    const place = { kind: "check", name: "lint" } as const;
    const id = idOfLesson({ cause: "check-red", place });
    const path = pathOfLesson(id);
    const baseline = { times: 3, among: 6, until: "2026-10-20T09:00:00Z", issues: [1] };
    const lesson = {
      ...{ id, cause: "check-red", place, remedy: "agents-line", per: "attempts" },
      ...{ windowDays: 28, baseline, threshold: 0.25, check, branch: "factory/guide-1" },
    };
    const body = bodyOf({
      snapshot: { ledgers: { known: [3, 4, 5].map(ledgerOf) } },
      tree: { known: [{ ...GUIDE, path }] },
      files: { [path]: { known: new TextEncoder().encode(JSON.stringify(lesson)) } },
    });
    expect(body).toMatch(row);
    expect(body).not.toMatch(/Worth a lesson|Not counted/);
  });
});
