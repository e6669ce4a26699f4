import { describe, expect, test } from "vitest";
import type { Next } from "../../../../src/control/observed/situation.ts";
import { COMMAND_NAMES, COMMANDS, commandLine, stagesFor } from "../../../../src/domain/command.ts";
import type { Stage } from "../../../../src/domain/stage.ts";
import {
  approve,
  CONTRACT,
  closed,
  commented,
  deliver,
  deliveries,
  doorbell,
  failed,
  green,
  kindsOf,
  labeled,
  ledgerOf,
  newLine,
  orderOf,
  questions,
  schedule,
  smoke,
  stageShown,
  submit,
  type TestLine,
  toBuilding,
  toProposed,
  toSmoking,
} from "../../line.ts";

/** How an issue gets to each stage. */
const AT: Readonly<Record<Exclude<Stage, "blocked">, (line: TestLine) => Promise<number>>> = {
  queued: async (line) => submit(line),
  "needs-info": async (line) => {
    const issue = submit(line);
    const event = labeled(line.github, issue);
    const order = orderOf(await line.run("open", { event, issue }));
    const proposals = [deliver("intake-normalize", questions(order, "Which?"))];
    await line.run("propose", { event, issue, order, proposals });
    return issue;
  },
  proposed: (line) => toProposed(line),
  ready: async (line) => {
    const building = await toBuilding(line);
    const proposals = green(line.github, building.order);
    proposals.review.verdict.decision = "rework";
    await line.run("settle", { ...building, proposals: deliveries(proposals) });
    return building.issue;
  },
  building: async (line) => (await toBuilding(line)).issue,
  gating: async (line) => {
    line.github.setConfig("checks: { test: npm test }\napprove: always\n");
    const building = await toBuilding(line);
    const proposals = deliveries(green(line.github, building.order));
    await line.run("settle", { ...building, proposals });
    return building.issue;
  },
  smoking: async (line) => (await toSmoking(line)).issue,
  done: async (line) => {
    const { issue, event, result } = await toSmoking(line);
    const order = orderOf(result);
    const proposals = [deliver("post-merge-smoke", smoke(order, "passed"))];
    await line.run("record", { event, issue, order, proposals });
    return issue;
  },
  "needs-human": async (line) => {
    const building = await toBuilding(line);
    const proposals = [deliver("implement", failed(building.order, "implement"))];
    await line.run("settle", { ...building, proposals });
    return building.issue;
  },
};

describe("commands of a person with write", () => {
  const OBEYED: readonly (readonly [keyof typeof AT, string, Stage, Next])[] = [
    ["queued", "stop", "needs-human", "none"],
    ["proposed", "stop", "needs-human", "none"],
    ["ready", "stop", "needs-human", "none"],
    ["building", "stop", "needs-human", "none"],
    ["gating", "stop", "needs-human", "none"],
    ["smoking", "stop", "needs-human", "none"],
    ["done", "stop", "done", "none"],
    ["needs-info", "retry", "queued", "intake"],
    ["proposed", "retry", "queued", "intake"],
    ["ready", "retry", "ready", "line"],
    ["building", "retry", "building", "none"],
    ["gating", "retry", "gating", "none"],
    ["smoking", "resume", "smoking", "release"],
    ["needs-human", "retry", "ready", "line"],
    ["needs-human", "resume", "ready", "line"],
    ["done", "retry", "done", "none"],
    ["queued", "rework: more", "queued", "intake"],
    ["proposed", "rework: more", "queued", "intake"],
    ["ready", "rework more", "queued", "intake"],
    ["needs-human", "rework: more", "ready", "line"],
    ["building", "rework: more", "building", "none"],
    ["gating", "rework: more", "ready", "line"],
    ["done", "rework: more", "done", "none"],
    ["proposed", "status", "proposed", "none"],
    ["needs-human", "status", "needs-human", "none"],
    ["building", "deploy", "building", "none"],
    ["proposed", "approve", "proposed", "line"],
  ];
  test.each(OBEYED)("at %s: /factory %s leads to %s, next %s", async (from, command, to, next) => {
    const line = newLine();
    const issue = await AT[from](line);
    expect(stageShown(line.github, issue)).toEqual([from]);
    line.nextRun();
    const event = commented(line.github, { issue, by: "wil", body: `/factory ${command}` });
    const result = await line.run("route", { event });
    expect(result).toMatchObject({ stage: to, next, issue, ok: true });
    expect(stageShown(line.github, issue)).toEqual([to]);
    if (from === to && next === "none" && command !== "status") {
      expect(result.refusals).toHaveLength(1);
      expect(result.summary).toContain("Next:");
    }
  });

  const FROM = Object.keys(AT).filter((stage): stage is keyof typeof AT => stage in AT);
  test.each(FROM)(
    "at %s every command is refused that the table does not allow there",
    async (at) => {
      const line = newLine();
      const issue = await AT[at](line);
      const early = COMMAND_NAMES.filter((name) => !stagesFor(name).includes(at));
      for (const name of early) {
        line.nextRun();
        const rest = {
          digest: ` ${"0".repeat(64)}`,
          text: ": more",
          version: "",
          nothing: "",
          priority: " 1",
        };
        const body = commandLine(name, rest[COMMANDS[name].takes]);
        const event = commented(line.github, { issue, by: "wil", body });
        const result = await line.run(COMMANDS[name].obeyedBy, { event, issue });
        expect([name, result.stage, result.next]).toEqual([name, at, "none"]);
        expect(result.refusals).toMatchObject([
          { code: "illegal-transition", subject: `${name} at ${at}` },
        ]);
      }
      expect(stageShown(line.github, issue)).toEqual([at]);
    },
  );

  test("retry reads the issue again when its text is not the approved one", async () => {
    const line = newLine();
    const issue = await AT["needs-human"](line);
    line.github.changeIssue(issue, { body: "something else" });
    const event = commented(line.github, { issue, by: "wil", body: "/factory retry" });
    expect(await line.run("route", { event })).toMatchObject({ next: "intake", stage: "queued" });
  });

  test("stopping labels first", async () => {
    const line = newLine();
    const issue = await AT.building(line);
    const before = line.github.applied.length;
    const event = commented(line.github, { issue, by: "wil", body: "/factory stop" });
    await line.run("route", { event });
    const kinds = line.github.applied.slice(before).map(({ effect }) => effect.kind);
    expect(kinds).toEqual(["set-labels", "write-comment"]);
  });

  test("status puts lost and doubled labels right", async () => {
    const line = newLine();
    const issue = await AT.proposed(line);
    line.github.changeIssue(issue, { labels: ["bug", "factory:done", "factory:queued"] });
    const event = commented(line.github, { issue, by: "wil", body: "/factory status" });
    await line.run("route", { event });
    expect(line.github.issue(issue).labels).toEqual(["bug", "factory:proposed"]);
  });

  test("an unknown one is answered with those that are known", async () => {
    const line = newLine();
    const issue = await AT.proposed(line);
    const event = commented(line.github, { issue, by: "wil", body: "/factory deploy now" });
    const result = await line.run("route", { event });
    expect(result.summary).toContain("/factory approve");
    expect(kindsOf(line.github, issue).at(-1)).toBe("refused");
  });
});

describe("what is no command", () => {
  test.each([
    ["a reader", "rea", "/factory stop"],
    ["a bot with write", "helper[bot]", "/factory stop"],
    ["a quote", "ada", "> /factory stop"],
    ["a code block", "ada", "```\n/factory stop\n```"],
    ["the second line", "ada", "hello\n/factory stop"],
    ["a look-alike", "ada", "/factory\u200bstop"],
    ["another word", "ada", "/factorystop"],
    ["an indented line", "ada", " /factory stop"],
  ])("%s: nothing is written", async (_name, by, body) => {
    const line = newLine();
    const issue = await AT.building(line);
    const before = line.github.applied.length;
    const result = await line.run("route", { event: commented(line.github, { issue, by, body }) });
    expect(result).toMatchObject({ next: "none", effects: [], ok: true });
    expect(line.github.applied).toHaveLength(before);
  });

  test("a command on a pull request is not taken for one on an issue", async () => {
    const line = newLine();
    const issue = await AT.gating(line);
    const event = commented(line.github, { issue, by: "ada", body: "/factory stop" });
    const payload = { ...event.payload, issue: { number: 2, pull_request: {} } };
    const result = await line.run("route", { event: { ...event, payload } });
    expect(result).toMatchObject({ next: "none", effects: [] });
    expect(stageShown(line.github, issue)).toEqual(["gating"]);
  });

  test.each([
    ["a schedule", schedule],
    ["an edited comment's event", { name: "issue_comment", payload: { action: "edited" } }],
  ])("%s", async (_name, event) => {
    const line = newLine();
    const result = await line.run("route", { event });
    expect(result).toMatchObject({ next: "none", effects: [], ok: true });
    expect(result.refusals).toMatchObject([{ code: "event-not-understood" }]);
  });
});

describe("a doorbell", () => {
  const RINGS: readonly (readonly [keyof typeof AT, Next])[] = [
    ["queued", "intake"],
    ["proposed", "none"],
    ["ready", "line"],
    ["building", "none"],
    ["smoking", "release"],
    ["done", "none"],
    ["needs-human", "none"],
  ];
  test.each(RINGS)("at %s leads to %s and writes nothing", async (from, next) => {
    const line = newLine();
    const issue = await AT[from](line);
    const before = line.github.applied.length;
    const result = await line.run("route", { event: doorbell(line.github, issue) });
    expect(result).toMatchObject({ next, issue, effects: [] });
    expect(result.order?.kind).toBe(next === "release" ? "release" : undefined);
    expect(line.github.applied).toHaveLength(before);
  });

  test.each(["", "0", "1; rm", "1.5"])("with %j for an issue is refused", async (number) => {
    const line = newLine();
    const result = await line.run("route", { event: doorbell(line.github, number, "ada") });
    expect(result.refusals).toMatchObject([{ code: "event-not-understood" }]);
  });
});

describe("a pull request that was closed", () => {
  test("by the factory's own merge is left to the run that merged", async () => {
    const line = newLine();
    await AT.smoking(line);
    const result = await line.run("route", { event: closed(line.github, 2) });
    expect(result).toMatchObject({ next: "none", effects: [], refusals: [] });
  });

  test.each([
    ["is told", ({ github }: TestLine) => closed(github, 2)],
    ["was not told, and is rung for", ({ github }: TestLine) => doorbell(github, 1)],
  ])(
    "without a merge asks what is to become of it, once, where the factory %s",
    async (_, event) => {
      const line = newLine();
      const issue = await AT.gating(line);
      line.github.changePullRequest(2, { state: "closed" });
      const result = await line.run("route", { event: event(line) });
      expect(result).toMatchObject({ next: "none", refusals: [{ code: "pull-request-closed" }] });
      expect(stageShown(line.github, issue)).toEqual(["needs-human"]);
      const asks = () =>
        line.github.comments(issue).filter(({ body }) => body.includes("· a person is asked"));
      expect(asks().at(-1)?.body).toMatch(
        /Somebody closed the pull request without merging it: pull request 2[\s\S]+\*\*Reply:\*\*\s+```\n.+retry/,
      );
      const before = asks().length;
      line.nextRun();
      await line.run("route", { event: event(line) });
      expect(asks()).toHaveLength(before);
    },
  );

  test("without a merge is nobody's question where the issue is closed as well", async () => {
    const line = newLine();
    const issue = await AT.gating(line);
    line.github.changePullRequest(2, { state: "closed" });
    line.github.changeIssue(issue, { state: "closed" });
    const result = await line.run("route", { event: closed(line.github, 2) });
    expect(result).toMatchObject({ next: "none", effects: [] });
  });

  test("of a fork whose branch is named like ours is not taken for ours", async () => {
    const line = newLine();
    const issue = await AT.building(line);
    const number = line.github.addPullRequest(`factory/${issue}-1`);
    line.github.mergeByPerson(number, "ada");
    const before = line.github.applied.length;
    const result = await line.run("route", { event: closed(line.github, number) });
    expect(result.refusals).toMatchObject([{ code: "event-not-understood" }]);
    expect(line.github.applied).toHaveLength(before);
  });

  test("of a fork beside the published one is not taken for it", async () => {
    const line = newLine();
    const issue = await AT.gating(line);
    const number = line.github.addPullRequest(`factory/${issue}-1`);
    line.github.mergeByPerson(number, "ada");
    const result = await line.run("route", { event: closed(line.github, number) });
    expect(result).toMatchObject({ next: "none", refusals: [{ code: "event-not-understood" }] });
    expect(stageShown(line.github, issue)).toEqual(["gating"]);
  });

  test("by a person after the base moved: the verified tree is what the ledger knows", async () => {
    const line = newLine();
    const issue = await AT.gating(line);
    line.github.mergeByPerson(2, "ada");
    const merge = line.github.head();
    line.github.moveHead();
    const result = await line.run("route", { event: closed(line.github, 2) });
    expect(result).toMatchObject({ next: "release" });
    const entries = ledgerOf(line.github, issue);
    const published = entries.find(({ event }) => event.kind === "published")?.event;
    expect(result.order).toMatchObject({
      release: {
        mergeSha: merge,
        tree: published?.kind === "published" ? published.tree : "",
      },
    });
  });
});

test("an approval needs no route: the contract of the test is the one that is approved", async () => {
  const line = newLine();
  const issue = await toProposed(line);
  const result = await line.run("claim", { event: approve(line, issue), issue });
  expect(result.order).toMatchObject({ contract: CONTRACT });
});
