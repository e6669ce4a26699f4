import type { Draft } from "../../src/domain/lesson/draft.ts";
import type { Lesson } from "../../src/domain/lesson/lesson.ts";
import { keyOf } from "../../src/domain/loop/key-of.ts";
import { Loop } from "../../src/domain/loop/loop.ts";
import { type LoopState, sealState } from "../../src/domain/loop/state.ts";
import { renderLessonWork } from "../../src/wording/lessons/work-issue.ts";
import { renderClosed, renderFinding } from "../../src/wording/loops/finding.ts";
import { renderLoopIssue } from "../../src/wording/loops/issue.ts";
import { renderLearningPage } from "../../src/wording/pages/learning-page.ts";
import { renderLessonPullRequest } from "../../src/wording/pull-request/lesson.ts";
import { REPOSITORY } from "./issue-samples.ts";

const PATH = ".github/factory/loops/slow-routes.md";
const RUN_URL = `${REPOSITORY}/actions/runs/12`;
const AT = "2026-11-20T09:07:30Z";

const LOOP = Loop.parse({
  on: { schedule: "17 3 * * *" },
  gather: { command: "node scripts/slow-routes.mjs" },
  until: "slow-routes = 0",
  guards: [{ measure: "bundle-bytes", worse: "higher" }],
});

const ITEM = {
  key: "route:/notes?archived=1",
  title: "GET /notes?archived=1 takes 840 ms, 300 ms wanted",
  body: "Nine of ten answers come within 840 ms.\nIt was 210 ms a week ago.",
  evidence: [
    {
      what: "the slowest call",
      at: "src/routes.ts:25",
      output:
        "GET /notes?archived=1  840 ms  select * from notes where archived = 1 order by changed_at desc",
    },
  ],
};

const STATE: LoopState = {
  version: 1,
  loop: "slow-routes",
  last: { run: 12, at: AT, items: 3 },
  baseline: { "slow-routes": 4, "bundle-bytes": 81_220 },
  measures: { "slow-routes": 3, "bundle-bytes": 81_906 },
  findings: [
    { issue: 21, key: keyOf(ITEM), run: 11, seenAt: "2026-11-18T09:07:30Z" },
    { issue: 24, key: "c".repeat(64), run: 12, seenAt: AT },
  ],
};

const STOPPED: LoopState = {
  ...STATE,
  stopped: {
    ...{ at: AT, run: 12, measure: "bundle-bytes", from: 81_906, to: 94_310 },
    ...{ undone: [24], left: [21] },
  },
};

const sealed = (state: LoopState) => sealState(state, { repositoryId: 7, key: "5".repeat(64) });

const LESSON: Lesson = {
  id: "0123456789ab",
  cause: "check-red",
  place: { kind: "check", name: "lint" },
  remedy: "agents-line",
  line: "Run `npm run lint` before you hand a change over: it fails on unused imports.",
  per: "attempts",
  windowDays: 28,
  baseline: { times: 3, among: 15, until: AT, issues: [3, 8, 11] },
  threshold: 0.1,
  check: "2027-01-01",
  branch: "factory/guide-0123456789ab",
};
const CHECKED: Lesson = {
  ...LESSON,
  outcome: { is: "did-not-help", times: 4, among: 20, until: "2027-01-29T00:00:00Z" },
};
const draftOf = (kind: Draft["kind"], lesson: Lesson): Draft => ({
  ...{ kind, lesson, files: [], asksForWork: false },
});
const LINKS = { repository: REPOSITORY, runUrl: RUN_URL };
const PROPOSED = renderLessonPullRequest(draftOf("propose", LESSON), LINKS);
const JUDGED = renderLessonPullRequest(draftOf("take-back", CHECKED), LINKS);

/** What loops and lessons write on GitHub, by the function that renders it. */
export const LOOP_SAMPLES: Readonly<Record<string, string>> = {
  renderLoopIssue: renderLoopIssue({
    ...{ loop: LOOP, path: PATH, sealed: sealed(STATE) },
    said: {
      ...{ filed: [24], started: [], expired: [19], waiting: 1, dismissed: 0, reached: false },
      unfiled: 2,
      notTaken: [],
    },
  }).body,
  renderFinding: renderFinding({
    ...{ loop: "slow-routes", path: PATH, key: keyOf(ITEM), item: ITEM },
    ...{ expireAfterDays: 9, queued: "factory:queued", start: 0 },
  }).body,
  renderClosed: renderClosed("slow-routes", { kind: "expired", days: 9 }),
  renderLessonPullRequest: PROPOSED.body,
  renderLessonWork: renderLessonWork({ ...LESSON, remedy: "regression-test" }, REPOSITORY).body,
};

/** Others of the same functions, which say something else. */
export const MORE_LOOP_SAMPLES: Readonly<Record<string, string>> = {
  "a loop that stopped": renderLoopIssue({
    ...{ loop: LOOP, path: PATH, sealed: sealed(STOPPED), said: undefined },
  }).body,
  "a lesson that did not help": JUDGED.body,
};

export const LEARNING_PAGE = renderLearningPage([
  {
    heeds: true,
    proposed: { number: 5, day: 26, ...PROPOSED },
    judged: null,
    lesson: LESSON,
    guide: `# Guide\n\n${LESSON.line}\n`,
  },
  {
    heeds: false,
    proposed: { number: 5, day: 26, ...PROPOSED },
    judged: { number: 9, day: 69, ...JUDGED },
    lesson: CHECKED,
    guide: "# Guide\n\nNotes stand in `src/`, their tests in `test/`.\n",
  },
]);
