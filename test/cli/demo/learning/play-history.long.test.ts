import { expect, test } from "vitest";
import { playHistory } from "../../../../src/cli/demo/learning/play-history.ts";
import { renderLearningPage } from "../../../../src/wording/pages/learning-page.ts";

test("the same mistake thrice, one lesson, its check: what did not help leaves the guide again", async () => {
  const shows = () => undefined;
  const { signal } = new AbortController();
  const found = await playHistory(false, { signal, shows });
  expect(found).toMatchObject({
    openAfterSecondLook: 1,
    openBeforeCheck: 0,
    proposed: { day: 26, title: expect.stringMatching(/^Learn: a check failed/) },
    judged: { day: 69, title: expect.stringMatching(/^Take back what did not help/) },
    lesson: {
      ...{ cause: "check-red", place: { kind: "check", name: "lint" } },
      baseline: { times: 3, among: 15 },
      outcome: { is: "did-not-help", times: 4, among: 20 },
    },
  });
  expect(found.guide).toBe("# Guide\n\nNotes stand in `src/`, their tests in `test/`.\n");
  const page = renderLearningPage([found]);
  expect(page).toContain("3 times in 15 attempts");
  expect(page).not.toMatch(/<script|src="http/);
}, 300_000);
