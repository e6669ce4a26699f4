import { describe, expect, test } from "vitest";
import type { OnIssue } from "../../../../src/control/observed/issue-view.ts";
import { decideGone } from "../../../../src/control/tasks/route/gone.ts";
import type { Refusal } from "../../../../src/domain/refusal.ts";
import { doorbell, newLine, schedule, type TestLine } from "../../line.ts";
import { viewOf } from "../../outcome/building.ts";

const URL = "https://github.com/OWNER/elsewhere/issues/4";
const HOUR = 3_600;

/** An issue with an open pull request of its first attempt. */
function attempted(line: TestLine) {
  const issue = line.github.addIssue({
    ...{ author: "ada", title: "greeting", body: "" },
    labels: ["factory:gating"],
  });
  line.github.moveBranch(`factory/${issue}-1`);
  return { issue, pull: line.github.addPullRequest(`factory/${issue}-1`) };
}

/** How often each was rung for in a whole day. */
async function dayOf(line: TestLine): Promise<readonly (string | undefined)[]> {
  const before = line.github.dispatches.length;
  for (let hour = 0; hour < 24; hour += 1) {
    line.nextRun();
    expect(await line.run("heartbeat", { event: schedule })).toMatchObject({ ok: true });
    line.pass(HOUR);
  }
  return line.github.dispatches.slice(before).map(({ inputs }) => inputs.issue);
}

function ring(line: TestLine, issue: number) {
  line.nextRun();
  return line.run("route", { event: doorbell(line.github, issue) });
}

describe("an issue that somebody transferred or deleted", () => {
  test.each([
    [URL, "was transferred and is", true],
    [undefined, "GitHub shows no issue 1 here any more", false],
  ])(
    "is rung for once a day while its pull request is open, which says so once: %s",
    async (url, word, isThere) => {
      const line = newLine();
      const { issue, pull } = attempted(line);
      line.github.loseIssue(issue, url);
      expect(await dayOf(line)).toEqual([`${issue}`]);
      expect(await ring(line, issue)).toMatchObject({ next: "none", ok: true });
      const [said, ...others] = line.github.comments(pull);
      expect(others).toEqual([]);
      expect(said?.body).toContain("Nobody tends this pull request any more");
      expect(said?.body).toContain(word);
      expect(said?.body).toContain(`delete \`factory/${issue}-1\``);
      expect(said?.body.includes("put `factory:queued` on it")).toBe(isThere);
      await ring(line, issue);
      expect(line.github.comments(pull)).toHaveLength(1);
      line.github.changePullRequest(pull, { state: "closed" });
      expect(await dayOf(line)).toEqual([]);
    },
  );

  test("is not one that a person closed: nothing is said there", async () => {
    const line = newLine();
    const { issue, pull } = attempted(line);
    line.github.changeIssue(issue, { state: "closed" });
    expect(await dayOf(line)).toEqual([]);
    expect(line.github.comments(pull)).toEqual([]);
  });

  test("is said by the summary alone where no pull request of it is open", async () => {
    const line = newLine();
    const { issue, pull } = attempted(line);
    line.github.changePullRequest(pull, { state: "closed" });
    line.github.loseIssue(issue, URL);
    expect(await dayOf(line)).toEqual([]);
    const result = await ring(line, issue);
    expect(result).toMatchObject({ next: "none", effects: [] });
    expect(result.summary).toContain("elsewhere");
  });
});

describe("of an issue that is gone", () => {
  const refusal: Refusal = { code: "state-unknown", subject: "issue 4", found: "it is gone" };
  const rung = (parts: object, task = "route") => {
    const view = viewOf();
    const trigger = { kind: "doorbell", issue: 4 };
    return { ...view, trigger, input: { ...view.input, task }, ...parts } as unknown as OnIssue;
  };
  const seen = (...gone: readonly object[]) => ({ snapshot: { ...viewOf().snapshot, gone } });
  const pulls = (...numbers: readonly number[]) => ({ number: 4, pulls: numbers, branches: [] });
  const toldOn = (view: OnIssue) =>
    decideGone(view, refusal).effects.map((effect) =>
      effect.kind === "write-comment" ? [effect.key, effect.issue, effect.comment] : effect.kind,
    );
  const comments = (...numbers: readonly number[]) =>
    numbers.map((number) => [`left-behind/${number}`, number, null]);

  test.each<readonly [string, OnIssue, readonly unknown[]]>([
    ["its pull request is told", rung(seen(pulls(9))), comments(9)],
    ["three of its pull requests are told", rung(seen(pulls(9, 10, 11, 12))), comments(9, 10, 11)],
    ["that of another issue is not", rung(seen({ ...pulls(9), number: 5 })), []],
    [
      "its own is, behind that of another",
      rung(seen({ ...pulls(8), number: 5 }, pulls(9))),
      comments(9),
    ],
    ["nothing is told where none is open", rung(seen(pulls())), []],
    ["nothing is told where nobody looked", rung({}), []],
    ["no other run tells it", rung(seen(pulls(9)), "claim"), []],
    ["nobody tells it who was not rung for", rung({ ...seen(pulls(9)), trigger: undefined }), []],
    [
      "nor who was called by a comment",
      rung({ ...seen(pulls(9)), trigger: { kind: "commented", issue: 4 } }),
      [],
    ],
  ])("%s", (_, view, told) => {
    expect(toldOn(view)).toEqual(told);
    expect(decideGone(view, refusal)).toMatchObject({ next: "none" });
    expect(decideGone(view, refusal).summary).toContain("it is gone");
  });
});
