import { describe, expect, test } from "vitest";
import type {
  CheckState,
  ChecksSeen,
  RepositoryCheck,
} from "../../../../src/domain/github/repository-check.ts";
import { doorbell, ledgerOf, newLine, type TestLine } from "../../line.ts";
import { claimNext, gating, PERSON_MERGES, settleGreen } from "./gating.ts";

const KEY = "actions:.github/workflows/ci.yml:consumers";
const MARK = { path: "src/greet.ts", line: 3, message: "a missing name must be an error" };

function consumers(state: CheckState, more: Partial<RepositoryCheck> = {}): RepositoryCheck {
  const run = { id: 7, attempt: 2 };
  return { name: "CI / consumers", key: KEY, state, run, marks: [MARK], tail: [], ...more };
}

function seen(checks: readonly RepositoryCheck[], base?: CheckState): Omit<ChecksSeen, "head"> {
  const states = base === undefined ? {} : { [KEY]: base };
  return {
    checks,
    bases: [{ commit: "b".repeat(40), states }],
    changed: ["src/greet.ts", "test/greet.test.ts"],
  };
}

/** The end of a run on the head of pull request 2, as GitHub sends it. */
function ran(line: TestLine) {
  const { id, type } = line.github.actor("wil");
  const { head } = line.github.pullRequest(2);
  const run = { head_branch: head.branch, head_sha: head.sha, conclusion: "failure" };
  return {
    name: "workflow_run",
    payload: { action: "completed", workflow_run: run, sender: { id, login: "wil", type } },
  };
}

async function checked(line: TestLine, issue: number, known: Omit<ChecksSeen, "head">) {
  line.github.checked({ known });
  return await line.run("route", { event: ran(line), issue });
}

function eventsOf(line: TestLine, issue: number) {
  return ledgerOf(line.github, issue).map(({ event }) => event);
}

describe("a red check of the repository on the factory's own pull request", () => {
  test("is run once more before anybody says why", async () => {
    const line = newLine({ config: PERSON_MERGES });
    const issue = await gating(line);
    const before = line.github.comments(issue).length;
    const first = consumers("failed", { run: { id: 7, attempt: 1 } });
    const again = await checked(line, issue, seen([first, { ...first, name: "CI / unit" }]));
    expect(again).toMatchObject({ stage: "gating", next: "none", ok: true });
    const applied = line.github.applied.filter(({ effect }) => effect.kind === "run-jobs-again");
    expect(applied.map(({ effect }) => effect)).toMatchObject([{ run: 7, attempt: 1 }]);
    expect(line.github.comments(issue)).toHaveLength(before);
  });

  test("that is the change's goes back with what it says, and the next attempt is a commit on it", async () => {
    const line = newLine({ config: PERSON_MERGES });
    const issue = await gating(line);
    const { head } = line.github.pullRequest(2);
    const tail = ["GET /quote", "expected 400, got 200"];
    const route = await checked(line, issue, seen([consumers("failed", { tail })]));
    expect(route).toMatchObject({ stage: "ready", next: "line" });
    const [event, sent] = eventsOf(line, issue).slice(-2);
    expect(event).toEqual({
      kind: "checked",
      commit: head.sha,
      red: [{ name: "CI / consumers", cause: "change" }],
    });
    expect(sent).toMatchObject({
      kind: "sent-back",
      attempt: 1,
      findings: [
        "check CI / consumers is red",
        "src/greet.ts:3 a missing name must be an error",
        "its log ends: GET /quote ⏎ expected 400, got 200",
      ],
    });
    line.nextRun();
    const building = await claimNext(line, issue);
    expect(building.order.continues).toMatchObject({ pullRequest: 2, head: head.sha });
    expect(building.order.prior.at(-1)?.findings).toContain(
      "src/greet.ts:3 a missing name must be an error",
    );
    expect(await settleGreen(line, building)).toMatchObject({ stage: "gating" });
  });

  test("is found by the heartbeat's ring where the word of it was lost", async () => {
    const line = newLine({ config: PERSON_MERGES });
    const issue = await gating(line);
    line.github.checked({ known: seen([consumers("failed")]) });
    const route = await line.run("route", { event: doorbell(line.github, issue) });
    expect(route).toMatchObject({ stage: "ready", next: "line" });
  });

  test("waits for the others to end", async () => {
    const line = newLine({ config: PERSON_MERGES });
    const issue = await gating(line);
    const other = consumers("waiting", { key: "actions:other", name: "CI / unit" });
    const route = await checked(line, issue, seen([consumers("failed"), other]));
    expect(route).toMatchObject({ stage: "gating", next: "none", effects: [] });
  });

  test("that withholds a secret in what it says goes back without it", async () => {
    const line = newLine({ config: PERSON_MERGES });
    const issue = await gating(line);
    const token = ["ghp_Wm5Rb1Xk7Hq3Td9Ln2", "Pc6Vz0Jf4Gs8Ay1Eu5"].join("");
    const message = `token ${token}`;
    const mark = { ...MARK, message };
    await checked(line, issue, seen([consumers("failed", { marks: [mark] })]));
    const sent = eventsOf(line, issue).at(-1);
    expect(JSON.stringify(sent)).not.toContain("ghp_");
    expect(JSON.stringify(sent)).toContain("withheld");
  });
});

describe("where it is not the change's", () => {
  test.each([
    ["base", consumers("failed"), "failed"],
    ["infrastructure", consumers("stopped"), "passed"],
    ["unknown", consumers("failed", { marks: [] }), undefined],
  ] as const)("%s: a person is asked once, and nothing is built", async (cause, check, base) => {
    const line = newLine({ config: PERSON_MERGES });
    const issue = await gating(line);
    const route = await checked(line, issue, seen([check], base));
    expect(route).toMatchObject({ stage: "gating", next: "none", ok: true });
    expect(route.refusals).toMatchObject([
      { code: "checks-red", found: `CI / consumers: ${cause}` },
    ]);
    expect(eventsOf(line, issue).at(-2)).toMatchObject({ kind: "checked", red: [{ cause }] });
    const said = line.github.comments(issue).length;
    line.nextRun();
    expect(await checked(line, issue, seen([check], base))).toMatchObject({ effects: [] });
    expect(line.github.comments(issue)).toHaveLength(said);
  });

  test("flaky: the ledger says so, and nobody is asked anew", async () => {
    const line = newLine({ config: PERSON_MERGES });
    const issue = await gating(line);
    const said = line.github.comments(issue).length;
    const flaky = consumers("passed", { failedBefore: true });
    expect(await checked(line, issue, seen([flaky]))).toMatchObject({ stage: "gating" });
    expect(eventsOf(line, issue).at(-1)).toMatchObject({ red: [{ cause: "flaky" }] });
    expect(line.github.comments(issue)).toHaveLength(said);
  });

  test("a change that is red beside it goes back alone", async () => {
    const line = newLine({ config: PERSON_MERGES });
    const issue = await gating(line);
    const stopped = consumers("stopped", { key: "actions:other", name: "Deploy / preview" });
    await checked(line, issue, seen([consumers("failed"), stopped]));
    const [event, sent] = eventsOf(line, issue).slice(-2);
    expect(event).toMatchObject({ red: [{ cause: "change" }, { cause: "infrastructure" }] });
    expect(JSON.stringify(sent)).not.toContain("preview");
  });

  test("that GitHub refuses to run again is unknown", async () => {
    const line = newLine({ config: PERSON_MERGES });
    const issue = await gating(line);
    line.github.refuseNext("run-jobs-again", { status: 403, reason: "The run is too old" });
    const first = consumers("failed", { run: { id: 7, attempt: 1 } });
    const route = await checked(line, issue, seen([first]));
    expect(route.refusals).toMatchObject([{ code: "checks-red", found: /unknown/ }]);
  });
});

describe("its rounds are bounded", () => {
  test("by the attempts since a person last spoke", async () => {
    const line = newLine({ config: `${PERSON_MERGES}limits: { attempts: 2 }\n` });
    const issue = await gating(line);
    await checked(line, issue, seen([consumers("failed")]));
    line.nextRun();
    await settleGreen(line, await claimNext(line, issue));
    line.nextRun();
    const route = await checked(line, issue, seen([consumers("failed")]));
    expect(route).toMatchObject({ stage: "needs-human", next: "none" });
    expect(route.refusals).toMatchObject([{ code: "attempts-exhausted" }, { code: "checks-red" }]);
  });
});

describe("nobody's word starts an attempt", () => {
  test("of a branch whose head the ledger does not know", async () => {
    const line = newLine({ config: PERSON_MERGES });
    const issue = await gating(line);
    line.github.moveBranch(`factory/${issue}-1`);
    const route = await checked(line, issue, seen([consumers("failed")]));
    expect(route).toMatchObject({ stage: "needs-human", next: "none" });
    expect(route.refusals).toMatchObject([{ code: "pull-request-taken" }]);
  });

  test("while no pull request of it waits", async () => {
    const line = newLine({ config: PERSON_MERGES });
    const issue = await gating(line);
    const event = ran(line);
    line.github.mergeByPerson(2, "ada");
    await line.run("route", { event: doorbell(line.github, issue) });
    line.nextRun();
    expect(await line.run("route", { event })).toMatchObject({ stage: "smoking", effects: [] });
  });

  test("and checks that may not be read are said, and change nothing", async () => {
    const line = newLine({ config: PERSON_MERGES });
    await gating(line);
    line.github.checked({ unknown: "Resource not accessible by integration" });
    const route = await line.run("route", { event: ran(line) });
    expect(route).toMatchObject({ stage: "gating", effects: [] });
    expect(route.refusals).toMatchObject([{ code: "permission-missing" }]);
  });
});
