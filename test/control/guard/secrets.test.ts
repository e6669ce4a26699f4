import { describe, expect, test } from "vitest";
import type { ControlResult } from "../../../src/control/observed/situation.ts";
import type { Refusal } from "../../../src/domain/refusal.ts";
import {
  aboutItsTree,
  CONTRACT,
  deliver,
  deliveries,
  failed,
  green,
  intake,
  kindsOf,
  labeled,
  ledgerOf,
  newLine,
  orderOf,
  questions,
  stageShown,
  submit,
  type TestLine,
  toBuilding,
} from "../line.ts";

const FRESH = ["Zk4Qw8Lr2Tn6Vx0Bc5", "Md9Fs1Gh7Jp3Ky8Ue4"].join("");
const TOKEN = `ghp_${FRESH}`;
const HELD = `ghs_${[...FRESH].reverse().join("")}`;
const SECRETS = [{ name: "GITHUB_TOKEN", value: HELD }];
const LEAK: Refusal = {
  code: "secret-leaked",
  subject: "the proposal of implement: src/greet.ts:3",
  found: "the value of ANTHROPIC_API_KEY, as base64",
};

/** Everything that reached GitHub and everything that a person reads of the run. */
function everything(line: TestLine, result: ControlResult): string {
  const { summary, refusals } = result;
  return JSON.stringify([line.github.applied, summary, refusals]);
}

function published(line: TestLine) {
  return line.github.applied.filter(
    ({ effect, receipt }) =>
      receipt.outcome !== "refused" && /publish|pull-request|check-run/.test(effect.kind),
  );
}

function withFile(
  line: TestLine,
  building: Awaited<ReturnType<typeof toBuilding>>,
  content: string,
) {
  const proposals = green(line.github, building.order);
  const { files } = proposals.implement.changeSet;
  files.push({ path: "src/key.ts", mode: "100644", encoding: "utf-8", content });
  return proposals;
}

describe("a change that looks as if it held a secret", () => {
  test("is sent back with the rule and the place, and nobody reads the value", async () => {
    const line = newLine();
    const building = await toBuilding(line);
    const proposals = deliveries(withFile(line, building, `\nexport const key = "${TOKEN}";\n`));
    const result = await line.run("settle", { ...building, proposals });
    expect(result).toMatchObject({ stage: "ready", ok: true });
    expect(result.refusals).toMatchObject([
      {
        code: "secret-found",
        subject: "src/key.ts:2",
        found: expect.stringContaining("github-token"),
      },
    ]);
    expect(published(line)).toEqual([]);
    expect(everything(line, result)).not.toContain(FRESH);
    expect(line.github.issue(building.issue).labels).not.toContain("factory:andon");
  });

  test.each([
    ["held the very same", { known: new TextEncoder().encode(`key = "${TOKEN}"`) }, true],
    ["held something else", { known: new TextEncoder().encode("key = 1") }, false],
    ["had no such file", { known: null }, false],
    ["could not be read", { unknown: "503" }, false],
  ])("counts for nothing where the base %s", async (_name, held, passes) => {
    const line = newLine();
    const building = await toBuilding(line);
    const proposals = withFile(line, building, `export const key = "${TOKEN}";\n`);
    aboutItsTree(line.github, proposals);
    const asked: unknown[] = [];
    const result = await line.run("settle", {
      ...building,
      proposals: deliveries(proposals),
      bytesAt: async (commit, paths) => {
        asked.push([commit, paths]);
        return paths.map(() => held);
      },
    });
    expect(asked).toEqual([
      [building.order.base, ["src/greet.ts", "test/greet.test.ts", "src/key.ts"]],
    ]);
    expect(result.next).toBe(passes ? "release" : "none");
  });

  test("is not asked about when it looks like none", async () => {
    const line = newLine();
    const building = await toBuilding(line);
    const result = await line.run("settle", {
      ...building,
      proposals: deliveries(green(line.github, building.order)),
      bytesAt: () => Promise.reject(new Error("nobody had to ask")),
    });
    expect(result.next).toBe("release");
  });
});

describe("a secret of the run in what a worker returned", () => {
  test("stops the line: nothing of it is read, a person is asked, the andon is up", async () => {
    const line = newLine();
    const building = await toBuilding(line);
    const [implement, ...rest] = deliveries(green(line.github, building.order));
    if (implement === undefined) throw new Error("there is a first");
    const proposals = [{ ...implement, leak: LEAK }, ...rest];
    const result = await line.run("settle", { ...building, proposals });
    expect(result).toMatchObject({ stage: "needs-human", next: "none", ok: false });
    expect(result.refusals).toEqual([LEAK]);
    expect(published(line)).toEqual([]);
    expect(line.github.issue(building.issue).labels).toContain("factory:andon");
    expect(kindsOf(line.github, building.issue).at(-1)).toBe("refused");
  });

  test("stops the line as well where the worker itself found it", async () => {
    const line = newLine();
    const building = await toBuilding(line);
    const proposals = [deliver("implement", failed(building.order, "implement", "secret-leaked"))];
    const result = await line.run("settle", { ...building, proposals });
    expect(result).toMatchObject({ stage: "needs-human", ok: false });
    expect(line.github.issue(building.issue).labels).toContain("factory:andon");
  });
});

describe("the last look at what control writes", () => {
  test.each([
    ["as it is", HELD],
    ["in base64", Buffer.from(`token ${HELD}`).toString("base64")],
    ["reversed", [...HELD].reverse().join("")],
  ])("withholds a pull request that holds a secret %s, and stops the line", async (_name, text) => {
    const line = newLine();
    const building = await toBuilding(line);
    const proposals = green(line.github, building.order);
    proposals.implement.summary = `All is well. ${text}`;
    const secrets = SECRETS;
    const result = await line.run("settle", {
      ...building,
      proposals: deliveries(proposals),
      secrets,
    });
    expect(result).toMatchObject({ stage: "needs-human", next: "none", ok: false });
    expect(result.refusals[0]).toMatchObject({
      code: "secret-leaked",
      found: expect.stringContaining("the value of GITHUB_TOKEN"),
      subject: expect.stringContaining("open-pull-request.body"),
    });
    expect(line.github.applied.map(({ effect }) => effect.kind)).not.toContain("open-pull-request");
    expect(line.github.issue(building.issue).labels).toContain("factory:andon");
    expect(everything(line, result)).not.toContain(text);
  });

  test("withholds one over several files' names", async () => {
    const line = newLine();
    const building = await toBuilding(line);
    const proposals = green(line.github, building.order);
    const [left, right] = [HELD.slice(0, 18), HELD.slice(18)];
    const { files } = proposals.implement.changeSet;
    for (const name of [left, right]) {
      const path = `src/${name}.ts`;
      files.push({ path, mode: "100644", encoding: "utf-8", content: "" });
    }
    const result = await line.run("settle", {
      ...building,
      proposals: deliveries(proposals),
      secrets: SECRETS,
    });
    expect(result.refusals[0]).toMatchObject({ code: "secret-leaked" });
    expect(published(line)).toEqual([]);
  });

  test("withholds text that looks like a secret, without an andon", async () => {
    const line = newLine();
    const building = await toBuilding(line);
    const proposals = green(line.github, building.order);
    proposals.implement.summary = `Use ${TOKEN}.`;
    const result = await line.run("settle", { ...building, proposals: deliveries(proposals) });
    expect(result).toMatchObject({ stage: "needs-human" });
    expect(result.refusals[0]).toMatchObject({
      code: "secret-found",
      subject: expect.stringMatching(/^open-pull-request body:\d+$/),
    });
    expect(everything(line, result)).not.toContain(FRESH);
    expect(line.github.issue(building.issue).labels).not.toContain("factory:andon");
  });

  test("keeps the record where the output of a failed check looks like a secret, and says what it left out", async () => {
    const line = newLine();
    const building = await toBuilding(line);
    const proposals = green(line.github, building.order);
    for (const piece of proposals.verify.evidence) {
      if (piece.kind === "check") Object.assign(piece, { status: "failed", tail: `got ${TOKEN}` });
    }
    const result = await line.run("settle", { ...building, proposals: deliveries(proposals) });
    expect(result).toMatchObject({ stage: "ready" });
    const [last] = ledgerOf(line.github, building.issue).slice(-1);
    expect(JSON.stringify(last?.event)).toContain("withheld: it holds what the secret rule github");
    expect(JSON.stringify(line.github.applied)).not.toContain(FRESH);
  });

  test("takes what stands on the issue already for no news", async () => {
    const line = newLine();
    const issue = submit(line);
    line.github.changeIssue(issue, { body: `tokens like ${TOKEN} are refused` });
    const { result } = await propose(line, issue, `Refuse ${TOKEN}`);
    expect(result).toMatchObject({ stage: "proposed", ok: true });
  });

  test("says on the issue that a contract was withheld", async () => {
    const line = newLine();
    const { issue, result } = await propose(line, submit(line), `Refuse ${TOKEN}`);
    expect(result).toMatchObject({ stage: "needs-human" });
    expect(result.refusals).toMatchObject([{ code: "secret-found" }]);
    expect(stageShown(line.github, issue)).toEqual(["needs-human"]);
    expect(JSON.stringify(line.github.comments(issue))).not.toContain(FRESH);
  });

  test("and that questions were", async () => {
    const line = newLine();
    const issue = submit(line);
    const { result } = await propose(line, issue, undefined);
    expect(result).toMatchObject({ stage: "needs-human" });
    expect(JSON.stringify(line.github.comments(issue))).not.toContain(FRESH);
  });
});

/** Intake answers with a contract of this goal, or with a question that holds a token. */
async function propose(line: TestLine, issue: number, goal: string | undefined) {
  line.nextRun();
  const event = labeled(line.github, issue);
  const order = orderOf(await line.run("open", { event, issue }));
  const answer =
    goal === undefined ? questions(order, `Is it ${TOKEN}?`) : intake(order, { ...CONTRACT, goal });
  const proposals = [deliver("intake-normalize", answer)];
  return { issue, result: await line.run("propose", { event, issue, order, proposals }) };
}
