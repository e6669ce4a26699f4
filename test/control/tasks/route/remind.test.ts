import { describe, expect, test } from "vitest";
import {
  CONFIG,
  commented,
  deliveries,
  doorbell,
  green,
  newLine,
  type TestLine,
  toBuilding,
} from "../../line.ts";

const DAYS = 24 * 3_600;

/** An issue that waits for a person since just now. */
async function waiting(line: TestLine): Promise<number> {
  const building = await toBuilding(line);
  const answers = green(line.github, building.order);
  answers.review.verdict.decision = "escalate";
  await line.run("settle", { ...building, proposals: deliveries(answers) });
  return building.issue;
}

function ring(line: TestLine, issue: number) {
  line.nextRun();
  return line.run("route", { event: doorbell(line.github, issue) });
}

function titles({ github }: TestLine, issue: number): readonly (string | undefined)[] {
  return github
    .comments(issue)
    .map(({ body }) => body.split("\n")[0])
    .filter((title) => title?.includes("asked, by line"));
}

describe("a person who does not answer", () => {
  test("is reminded after a day, three and seven, and then no more", async () => {
    const line = newLine();
    const issue = await waiting(line);
    const [asked] = titles(line, issue);
    const number = /[0-9]+$/.exec(`${asked}`)?.[0];
    const reminder = (count: number) =>
      `### Millwright · a person is still asked, by line ${number}, reminder ${count}`;
    const seen: number[] = [];
    for (let day = 0; day < 12; day += 1) {
      await ring(line, issue);
      // Twice on one day is once.
      expect(await ring(line, issue)).toMatchObject({ effects: [], stage: "needs-human" });
      seen.push(titles(line, issue).length - 1);
      line.pass(DAYS);
    }
    expect(seen).toEqual([0, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 3]);
    expect(titles(line, issue).slice(1)).toEqual([1, 2, 3].map(reminder));
    const last = line.github.comments(issue).at(-1);
    expect(last?.body).toMatch(
      /^@ada\n\nSince 2026-11-20 this waits for an answer: \[the question\]\(https:\/\/github\.com\/OWNER\/app\/issues\/1#issuecomment-[0-9]+\)\.$/m,
    );
  });

  test("is reminded of a pull request as well", async () => {
    const line = newLine({ config: CONFIG.replace("scoped-autonomy", "open-pr") });
    const building = await toBuilding(line);
    const proposals = deliveries(green(line.github, building.order));
    await line.run("settle", { ...building, proposals });
    line.pass(DAYS);
    expect(await ring(line, building.issue)).toMatchObject({ stage: "gating", ok: true });
    expect(titles(line, building.issue)).toHaveLength(2);
  });

  test.each<readonly [string, (line: TestLine, issue: number) => unknown]>([
    ["closed it", ({ github }, issue) => github.changeIssue(issue, { state: "closed" })],
    ["locked it", ({ github }, issue) => github.changeIssue(issue, { locked: true })],
    [
      "stopped it",
      (line, issue) => {
        const event = commented(line.github, { issue, by: "ada", body: "/factory stop" });
        return line.run("route", { event });
      },
    ],
  ])("is not reminded once somebody %s", async (_, change) => {
    const line = newLine();
    const issue = await waiting(line);
    await change(line, issue);
    line.pass(DAYS);
    expect(await ring(line, issue)).toMatchObject({ effects: [] });
    expect(titles(line, issue)).toHaveLength(1);
  });

  test("is asked where the question itself was lost, once", async () => {
    const line = newLine();
    const issue = await waiting(line);
    const ask = line.github.comments(issue).at(-1);
    line.github.deleteComment(ask?.id ?? 0);
    expect(titles(line, issue)).toEqual([]);
    await ring(line, issue);
    await ring(line, issue);
    expect(line.github.comments(issue).at(-1)?.body).toBe(ask?.body);
    expect(titles(line, issue)).toHaveLength(1);
  });

  test("words of somebody else are no question of ours", async () => {
    const line = newLine();
    const issue = await waiting(line);
    const ask = line.github.comments(issue).at(-1);
    line.github.deleteComment(ask?.id ?? 0);
    line.github.addComment({ issue, author: "rea", body: `${ask?.body}` });
    await ring(line, issue);
    expect(titles(line, issue)).toHaveLength(2);
  });
});
