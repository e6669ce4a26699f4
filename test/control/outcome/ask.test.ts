import { describe, expect, test } from "vitest";
import { digestOfContract } from "../../../src/domain/contract.ts";
import {
  CONFIG,
  CONTRACT,
  commented,
  deliver,
  deliveries,
  doorbell,
  green,
  intake,
  ledgerOf,
  newLine,
  orderOf,
  type TestLine,
  toBuilding,
  toProposed,
} from "../line.ts";

function asksOf({ github }: TestLine, issue: number) {
  return github.comments(issue).filter(({ body }) => body.includes("· a person is asked"));
}

/** An attempt that the reviewer sends to a person, or that a person has to merge. */
async function ended(line: TestLine, decision: "approve" | "escalate") {
  const building = await toBuilding(line);
  const answers = green(line.github, building.order);
  answers.review.verdict.decision = decision;
  const settled = { ...building, proposals: deliveries(answers) };
  return { ...building, result: await line.run("settle", settled) };
}

describe("where an issue comes to wait for a person", () => {
  test("one new comment calls them and names its line of the ledger", async () => {
    const line = newLine();
    const { issue, result } = await ended(line, "escalate");
    expect(result).toMatchObject({ stage: "needs-human", ok: true });
    const [ask, ...more] = asksOf(line, issue);
    expect(more).toEqual([]);
    const last = ledgerOf(line.github, issue).at(-1);
    expect(ask?.body.split("\n")).toEqual([
      `### Millwright · a person is asked, by line ${last?.sequence}`,
      "",
      "@ada",
      "",
      expect.stringMatching(/^\*\*Asked:\*\* The reviewer asks for a person: /),
      expect.stringMatching(/^\*\*Recommended:\*\* read the findings/),
      ...["**Reply:**", "", "```", "/factory retry", "```", ""],
    ]);
  });

  test("who merges is called as well", async () => {
    const line = newLine({ config: CONFIG.replace("scoped-autonomy", "open-pr") });
    const { issue, result } = await ended(line, "approve");
    expect(result).toMatchObject({ stage: "gating", ok: true });
    const [ask] = asksOf(line, issue);
    expect(ask?.body).toContain("@ada\n\n**A person merges this.**");
    // The line's identity is that of a job's token: GitHub holds what its pull request starts.
    expect(ask?.body).toContain("for pull requests wait there until you approve their runs.");
  });

  test("a ring or a question asks nobody again", async () => {
    const line = newLine();
    const { issue } = await ended(line, "escalate");
    line.nextRun();
    await line.run("route", { event: doorbell(line.github, issue) });
    const event = commented(line.github, { issue, by: "wil", body: "/factory status" });
    await line.run("route", { event });
    expect(asksOf(line, issue)).toHaveLength(1);
  });

  test("an answer to somebody who is there calls nobody", async () => {
    const line = newLine();
    const { issue } = await ended(line, "escalate");
    line.nextRun();
    await line.run("route", {
      event: commented(line.github, { issue, by: "wil", body: "/factory dance" }),
    });
    expect(asksOf(line, issue)).toHaveLength(1);
  });

  test("a contract that was written again is asked about, the first one is not", async () => {
    const line = newLine();
    const issue = await toProposed(line);
    expect(asksOf(line, issue)).toEqual([]);
    line.nextRun();
    const event = commented(line.github, { issue, by: "ada", body: "/factory rework: kinder" });
    await line.run("route", { event });
    const order = orderOf(await line.run("open", { event, issue }));
    const contract = { ...CONTRACT, goal: "Greet people kindly" };
    const proposals = [deliver("intake-normalize", intake(order, contract))];
    await line.run("propose", { event, issue, order, proposals });
    const [ask] = asksOf(line, issue);
    expect(ask?.body).toContain(`\n/factory approve ${digestOfContract(contract).slice(0, 7)}\n`);
    expect(ask?.body).toContain("\n@ada\n");
  });

  test.each<readonly [string, string, boolean, string]>([
    ["the one who approved and wrote it", CONFIG, true, "@ada"],
    ["nobody, where they may not answer any more", CONFIG, false, "**Asked:**"],
    ["whom the config names", `${CONFIG}ask: [tom, OWNER/team]\n`, true, "@tom, @OWNER/team"],
    [
      "roles and names, each person once",
      `${CONFIG}ask: [issue author, contract approver, Ada, tom]\n`,
      true,
      "@ada, @tom",
    ],
    [
      "who is asked anyway, where a role is nobody's",
      `${CONFIG}ask: [code owners]\n`,
      true,
      "@ada",
    ],
    ["nobody of a role who may not answer", `${CONFIG}ask: [issue author, tom]\n`, false, "@tom"],
  ])("it calls %s", async (_, config, mayAnswer, called) => {
    const line = newLine({ config });
    const building = await toBuilding(line);
    if (!mayAnswer) line.github.setPermission("ada", "read");
    const answers = green(line.github, building.order);
    answers.review.verdict.decision = "escalate";
    await line.run("settle", { ...building, proposals: deliveries(answers) });
    const [ask] = asksOf(line, building.issue);
    expect(ask?.body.split("\n")[2]?.startsWith(called)).toBe(true);
  });
});

describe("the review of a pull request", () => {
  const config = CONFIG.replace("scoped-autonomy", "open-pr");

  function requested({ github }: TestLine) {
    return github.applied.flatMap(({ effect }) =>
      effect.kind === "request-review" ? [[effect.people, effect.teams]] : [],
    );
  }

  test.each<readonly [string, string, readonly unknown[]]>([
    ["nobody, where the config names nobody: they are called by the comment", config, []],
    [
      "whom the config names, people and teams apart",
      `${config}ask: [tom, OWNER/core, STRANGER/core, issue author]\n`,
      [
        [["tom", "ada"], []],
        [[], ["core"]],
      ],
    ],
    [
      "nobody in quiet hours",
      `${config}ask: [tom]\nquietHours: { from: "00:00", to: "23:59" }\n`,
      [],
    ],
  ])("is asked of %s", async (_, text, expected) => {
    const line = newLine({ config: text });
    const { result } = await ended(line, "approve");
    expect(result).toMatchObject({ stage: "gating", ok: true });
    expect(requested(line)).toEqual(expected);
  });

  test("that GitHub refuses is said, and the question stands all the same", async () => {
    const line = newLine({ config: `${config}ask: [tom]\n` });
    line.github.refuseNext("request-review", { status: 422, reason: "no collaborator" });
    const { issue, result } = await ended(line, "approve");
    expect(result).toMatchObject({ stage: "gating", ok: true });
    expect(result.refusals).toMatchObject([{ subject: "request-review" }]);
    expect(asksOf(line, issue)).toHaveLength(1);
  });
});

describe("code owners", () => {
  const OWNED = CONFIG.replace("scoped-autonomy", "open-pr").concat(
    "ask: [code owners, tom]\nlimits: { waitingForPeople: 1 }\n",
  );
  const TEXT = "* @all\n/src/ @Team/greeting @ada mail@example.com\n/test/\n";

  /** A base that holds these files and no others. */
  function base(files: Readonly<Record<string, string>>) {
    const read: string[] = [];
    const bytesAt = async (commit: string, paths: readonly string[]) =>
      paths.map((path) => {
        read.push(`${commit}:${path}`);
        const text = files[path];
        return { known: text === undefined ? null : new TextEncoder().encode(text) };
      });
    return { read, bytesAt };
  }

  async function settled(files: Readonly<Record<string, string>>, config = OWNED) {
    const line = newLine({ config });
    const building = await toBuilding(line);
    const { read, bytesAt } = base(files);
    const proposals = deliveries(green(line.github, building.order));
    const result = await line.run("settle", { ...building, proposals, bytesAt });
    return { line, ...building, result, read };
  }

  test.each<readonly [string, Readonly<Record<string, string>>, string]>([
    // What the last pattern leaves to nobody is nobody's, and an address cannot be called.
    ["of the changed paths", { CODEOWNERS: TEXT }, "@Team/greeting, @ada, @tom"],
    [
      "by the first file that is there",
      { ".github/CODEOWNERS": "* @first\n", CODEOWNERS: TEXT },
      "@first, @tom",
    ],
    ["are nobody without a file", {}, "@tom"],
  ])("%s", async (_, files, called) => {
    const { line, issue, result, read, order } = await settled(files);
    expect(result).toMatchObject({ stage: "gating", ok: true });
    expect(asksOf(line, issue)[0]?.body.split("\n")[2]).toBe(called);
    // Of the base, whatever the change says.
    expect(new Set(read.map((one) => one.split(":")[0]))).toEqual(new Set([order.base]));
  });

  test("are written down, so that whoever reminds calls them, and a decision counts for them", async () => {
    const { line, issue } = await settled({ CODEOWNERS: TEXT });
    const published = ledgerOf(line.github, issue).findLast(
      ({ event }) => event.kind === "published",
    );
    expect(published?.event).toMatchObject({ owners: ["Team/greeting", "ada"] });
    line.pass(25 * 3_600);
    line.nextRun();
    await line.run("route", { event: doorbell(line.github, issue) });
    const said = line.github.comments(issue).map(({ body }) => body);
    expect(said.at(-1)).toMatch(/reminder 1\n\n@Team\/greeting, @ada, @tom\n/);
  });

  test("are not read where nobody asks for them", async () => {
    const { read } = await settled({ CODEOWNERS: TEXT }, CONFIG);
    expect(read).toEqual([]);
  });
});
