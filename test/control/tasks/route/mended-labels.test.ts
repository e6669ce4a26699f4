import { describe, expect, test } from "vitest";
import {
  CONFIG,
  commented,
  deliver,
  deliveries,
  doorbell,
  green,
  labeled,
  newLine,
  orderOf,
  questions,
  smoke,
  stageShown,
  submit,
  type TestLine,
  toBuilding,
  toProposed,
  toSmoking,
} from "../../line.ts";

function ring(line: TestLine, issue: number) {
  line.nextRun();
  return line.run("route", { event: doorbell(line.github, issue) });
}

async function atGating(line: TestLine) {
  const building = await toBuilding(line);
  const proposals = deliveries(green(line.github, building.order));
  await line.run("settle", { ...building, proposals });
  return building;
}

const RESTS: Readonly<Record<string, (line: TestLine) => Promise<number>>> = {
  proposed: (line) => toProposed(line),
  "needs-info": async (line) => {
    const issue = submit(line);
    line.nextRun();
    const event = labeled(line.github, issue);
    const order = orderOf(await line.run("open", { event, issue }));
    const proposals = [deliver("intake-normalize", questions(order, "Which name?"))];
    await line.run("propose", { event, issue, order, proposals });
    return issue;
  },
  "needs-human": async (line) => {
    const building = await toBuilding(line);
    const answers = green(line.github, building.order);
    answers.review.verdict.decision = "escalate";
    await line.run("settle", { ...building, proposals: deliveries(answers) });
    return building.issue;
  },
  gating: async (line) => (await atGating(line)).issue,
  done: async (line) => {
    const { issue, event, result } = await toSmoking(line);
    const order = orderOf(result);
    const proposals = [deliver("post-merge-smoke", smoke(order, "passed"))];
    await line.run("record", { event, issue, order, proposals });
    return issue;
  },
};

const SPOILT = [[], ["factory:ready", "factory:done"], ["bug", "Factory:Queued"]] as const;

describe("the labels of an issue at rest", () => {
  test.each(
    Object.keys(RESTS).flatMap((stage) => SPOILT.map((labels) => ({ stage, labels: [...labels] }))),
  )("say $stage again after a ring where they said $labels", async ({ stage, labels }) => {
    const rest = RESTS[stage];
    if (rest === undefined) throw new Error(`no way to ${stage}`);
    const line = newLine({
      config: stage === "gating" ? CONFIG.replace("scoped-autonomy", "open-pr") : CONFIG,
    });
    const issue = await rest(line);
    expect(stageShown(line.github, issue)).toEqual([stage]);
    line.github.changeIssue(issue, { labels });
    expect(await ring(line, issue)).toMatchObject({ stage, ok: true });
    expect(stageShown(line.github, issue)).toEqual([stage]);
    expect(line.github.issue(issue).labels.includes("bug")).toBe(labels.includes("bug"));
    expect(await ring(line, issue)).toMatchObject({ effects: [] });
  });

  test("are left alone where the factory knows nothing of it", async () => {
    const line = newLine();
    const issue = submit(line, "factory:done");
    expect(await ring(line, issue)).toMatchObject({ effects: [] });
  });
});

describe("a ledger that somebody deleted with all else that the factory said", () => {
  test.each(["gating", "smoking"])(
    "at %s is asked about once, and a retry goes on",
    async (stage) => {
      const line = newLine({ config: CONFIG.replace("scoped-autonomy", "open-pr") });
      const { issue } = await atGating(line);
      for (const { id } of line.github.comments(issue)) line.github.deleteComment(id);
      line.github.changeIssue(issue, { labels: [`factory:${stage}`] });
      await ring(line, issue);
      expect(stageShown(line.github, issue)).toEqual(["needs-human"]);
      const [said, ...others] = line.github.comments(issue);
      expect(others).toEqual([]);
      expect(said?.body).toContain("branch factory/1-1 of an attempt is still there");
      expect(said?.body).toContain("/factory retry");
      await ring(line, issue);
      expect(line.github.comments(issue)).toHaveLength(1);
      line.github.changeIssue(issue, { labels: ["factory:needs-human"] });
      line.nextRun();
      const event = commented(line.github, { issue, by: "ada", body: "/factory retry" });
      expect(await line.run("route", { event, issue })).toMatchObject({ next: "intake" });
      expect(stageShown(line.github, issue)).toEqual(["queued"]);
    },
  );
});
