import { describe, expect, test } from "vitest";
import type {
  ChecksSeen,
  RepositoryCheck,
} from "../../../../src/domain/github/repository-check.ts";
import { doorbell, ledgerOf, newLine, orderOf, stageShown, type TestLine } from "../../line.ts";
import { gating, PERSON_MERGES } from "./gating.ts";

const TOKEN = ["ghp_Wm5Rb1Xk7Hq3Td9Ln2", "Pc6Vz0Jf4Gs8Ay1Eu5"].join("");
const BASE = "b".repeat(40);

function named(name: string): RepositoryCheck {
  const marks = [name, "src/greet.ts"].map((path) => ({ path, line: 3, message: name }));
  const run = { id: 7, attempt: 2 };
  return { name, key: name, state: "failed", run, marks, tail: [name] };
}

async function look(line: TestLine, issue: number, known: Omit<ChecksSeen, "head">) {
  line.github.checked({ known });
  const route = await line.run("route", { event: doorbell(line.github, issue) });
  line.nextRun();
  return route;
}

/** What a job, an App or a change under test may call a check. */
const NAMES = [
  ["a secret", TOKEN],
  ["Markdown", "x\n\n@everyone fixes #1 <img src=x> <!-- millwright --> [y](//z) | `"],
  ["more than a name", "𝒳".repeat(150)],
  ["half a letter", "\ud800"],
  ["nothing", ""],
] as const;

describe("whatever a red check is called", () => {
  test.each(NAMES)(
    "%s: the issue goes back for it, and no more of it is shown",
    async (_, name) => {
      const line = newLine({ config: PERSON_MERGES });
      const issue = await gating(line);
      const known = { checks: [named(name)], bases: [], changed: ["src/greet.ts"] };
      expect(await look(line, issue, known)).toMatchObject({ ok: true, next: "line" });
      const kinds = ledgerOf(line.github, issue).map(({ event }) => event.kind);
      expect(kinds.slice(-2)).toEqual(["checked", "sent-back"]);
      assertInert(line, issue);
    },
  );

  test.each(NAMES)("%s: a person is asked about it once", async (_, name) => {
    const line = newLine({ config: PERSON_MERGES });
    const issue = await gating(line);
    const bases = [{ commit: BASE, states: { [name]: "failed" as const } }];
    const known = { checks: [named(name)], bases, changed: [] };
    expect(await look(line, issue, known)).toMatchObject({ ok: true, stage: "gating" });
    assertInert(line, issue);
    expect(await look(line, issue, known)).toMatchObject({ effects: [] });
  });
});

function assertInert(line: TestLine, issue: number): void {
  const said = line.github.comments(issue).map(({ body }) => body);
  for (const body of said) {
    expect(body).not.toContain(TOKEN.slice(0, 12));
    // Outside of code, where GitHub reads it.
    expect(body.replace(/(`+)[^`][\s\S]*?\1/g, "")).not.toMatch(/@everyone|<img|fixes #1/);
  }
}

test("a token at the end of a log is withheld before the log is cut", async () => {
  const line = newLine({ config: PERSON_MERGES });
  const issue = await gating(line);
  // The cut would leave the second half, which no rule knows.
  const tail = [`${"a ".repeat(70)}${TOKEN}${" b".repeat(65)}`];
  const check = { ...named("CI / test"), tail };
  await look(line, issue, { checks: [check], bases: [], changed: ["src/greet.ts"] });
  const sent = JSON.stringify(ledgerOf(line.github, issue).at(-1)?.event);
  expect(sent).toContain("withheld");
  expect(sent).not.toContain(TOKEN.slice(-12));
});

test("the same red checks in another order are no news", async () => {
  const line = newLine({ config: PERSON_MERGES });
  const issue = await gating(line);
  const checks = Array.from({ length: 12 }, (_, at) => named(`CI / ${at}`));
  const states = Object.fromEntries(checks.map(({ key }) => [key, "failed" as const]));
  const known = { checks, bases: [{ commit: BASE, states }], changed: [] };
  await look(line, issue, known);
  const said = line.github.comments(issue).length;
  const turned = { ...known, checks: checks.toReversed() };
  expect(await look(line, issue, turned)).toMatchObject({ effects: [] });
  expect(line.github.comments(issue)).toHaveLength(said);
});

test.each([
  ["runs it again", { run: { id: 7, attempt: 1 } }],
  ["asks a person", {}],
  ["writes down that it is flaky", { state: "passed", failedBefore: true }],
] as const)("a look that %s puts right what somebody did to the labels", async (_what, more) => {
  const line = newLine({ config: PERSON_MERGES });
  const issue = await gating(line);
  line.github.changeIssue(issue, { labels: ["factory:done", "factory:ready"] });
  const check = { ...named("CI / unit"), ...more };
  const route = await look(line, issue, { checks: [check], bases: [], changed: [] });
  expect(route).toMatchObject({ stage: "gating", ok: true });
  expect(stageShown(line.github, issue)).toEqual(["gating"]);
});

test.each(["rea", "helper[bot]", "wil"])(
  "%s, whose run ended, is not who asked for the attempt",
  async (by) => {
    const line = newLine({ config: PERSON_MERGES });
    const issue = await gating(line);
    line.github.checked({
      known: { checks: [named("unit")], bases: [], changed: ["src/greet.ts"] },
    });
    const { id, type } = line.github.actor(by);
    const run = { head_branch: line.github.pullRequest(2).head.branch };
    const sender = { id, login: by, type };
    const event = {
      name: "workflow_run",
      payload: { action: "completed", workflow_run: run, sender },
    };
    expect(await line.run("route", { event })).toMatchObject({ next: "line" });
    line.nextRun();
    const claim = await line.run("claim", { event, issue });
    expect(orderOf(claim).actor).toMatchObject({ permission: "none", type: "Bot" });
    expect(orderOf(claim).actor.id).not.toBe(id);
  },
);

test("an andon keeps failed jobs from being run again until it is lowered", async () => {
  const line = newLine({ config: PERSON_MERGES });
  const issue = await gating(line);
  const andon = line.github.addIssue({
    author: "ada",
    title: "stop",
    body: "",
    labels: ["factory:andon"],
  });
  const first = { ...named("unit"), run: { id: 7, attempt: 1 } };
  const known = { checks: [first], bases: [], changed: [] };
  expect(await look(line, issue, known)).toMatchObject({ stage: "gating", effects: [], ok: true });
  line.github.changeIssue(andon, { labels: [] });
  expect(await look(line, issue, known)).toMatchObject({ effects: [{ kind: "run-jobs-again" }] });
});
