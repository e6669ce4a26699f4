import { describe, expect, test } from "vitest";
import {
  CONFIG,
  doorbell,
  newLine,
  schedule,
  submit,
  type TestLine,
  toBuilding,
} from "../../line.ts";

/** The clock of a new line, and its first job's, to a minute. */
const NOW_MS = Date.parse("2026-11-20T09:00:00Z");

/** An issue that shows these labels and has rested for some hours. */
function resting(line: TestLine, hours: number, ...labels: string[]): number {
  const issue = line.github.addIssue({ author: "ada", title: "greeting", body: "", labels });
  const updatedAt = new Date(NOW_MS - hours * 3_600_000).toISOString();
  line.github.changeIssue(issue, { updatedAt });
  return issue;
}

/** One whose pull request waits for a person. */
function waiting(line: TestLine, hours: number): { readonly issue: number; readonly pull: number } {
  const issue = resting(line, hours, "factory:gating");
  line.github.moveBranch(`factory/${issue}-1`);
  return { issue, pull: line.github.addPullRequest(`factory/${issue}-1`) };
}

function beat(line: TestLine, event: { name: string; payload: unknown } = schedule) {
  line.nextRun();
  return line.run("heartbeat", { event });
}

function rung({ github }: TestLine): readonly (string | undefined)[] {
  return github.dispatches.map(({ inputs }) => inputs.issue);
}

describe("the heartbeat", () => {
  test.each([
    ["queued for an hour", 1, ["factory:queued"]],
    ["waiting for a person", 3, ["factory:proposed"]],
    ["a person's turn after all", 3, ["factory:needs-human"]],
    ["done", 3, ["factory:done"]],
    ["not the factory's", 3, ["bug"]],
    ["given up long ago", 50, ["factory:queued"]],
  ] as const)("leaves alone what is %s", async (_, hours, labels) => {
    const line = newLine();
    resting(line, hours, ...labels);
    const result = await beat(line);
    expect(result).toMatchObject({ next: "none", effects: [], refusals: [], ok: true });
  });

  test.each(
    ["queued", "ready", "building", "gating", "smoking"]
      .map((stage) => `factory:${stage}`)
      .concat("Factory:Queued"),
  )("rings for what was forgotten at %s", async (label) => {
    const line = newLine();
    const issue = resting(line, 3, label);
    const result = await beat(line);
    expect(result).toMatchObject({ ok: true, refusals: [] });
    expect(rung(line)).toEqual([`${issue}`]);
    expect(line.github.applied).toHaveLength(1);
  });

  test("rings once a day for what was given up: only its beats may have been missed", async () => {
    const line = newLine();
    const issue = resting(line, 48, "factory:ready");
    await beat(line);
    expect(rung(line)).toEqual([`${issue}`]);
    line.pass(3_600);
    await beat(line);
    expect(rung(line)).toHaveLength(1);
  });

  test("rings for what shows two stages: whoever is rung for asks the ledger", async () => {
    const line = newLine();
    const issue = resting(line, 3, "factory:done", "factory:ready");
    expect(await beat(line)).toMatchObject({ ok: true, refusals: [] });
    expect(rung(line)).toEqual([`${issue}`]);
  });

  test("rings under an andon for what cures alone: a merge whose smoke test or revert was lost", async () => {
    const line = newLine();
    for (const stage of ["queued", "ready", "building", "gating"]) {
      resting(line, 3, `factory:${stage}`);
    }
    const smoking = resting(line, 3, "factory:smoking");
    resting(line, 1, "factory:andon");
    const result = await beat(line);
    expect(result.refusals).toMatchObject([{ code: "andon-raised" }]);
    expect(rung(line)).toEqual([`${smoking}`]);
  });

  test.each([
    ["an alert's issue that is done", ["factory:incident", "factory:done"], "incident"],
    ["one that still waits", ["factory:incident", "factory:proposed"], "none"],
    ["one that nobody has begun", ["factory:incident"], "none"],
    ["an issue of another kind that is done", ["factory:done"], "none"],
  ])("goes on to the alerts for %s", async (_, labels, next) => {
    const line = newLine();
    const issue = { author: line.github.identity.login, title: "Incident", body: "", labels };
    line.github.addIssue(issue);
    line.github.addIssue({ ...issue, author: "ada", labels: ["factory:incident", "factory:done"] });
    expect(await beat(line)).toMatchObject({ next, refusals: [], ok: true });
    // Under an andon as well: an issue that is closed moves no work.
    resting(line, 1, "factory:andon");
    const stopped = await beat(line);
    expect(stopped).toMatchObject({ next, refusals: [{ code: "andon-raised" }] });
    const follows =
      next === "none" ? "Nothing follows in this run." : "Next in this run: the alerts.";
    expect(stopped.summary).toContain(follows);
  });

  test("looks after what waits for a person last, and never calls it lost", async () => {
    const line = newLine();
    for (const hours of [4.9, 5.5]) waiting(line, hours);
    const own = [2.1, 2.2, 2.3].map((hours) => resting(line, hours, "factory:building"));
    expect((await beat(line)).refusals).toEqual([]);
    expect(rung(line)).toEqual(own.toReversed().map(String));
  });

  test.each([1, 30, 300])(
    "sees a pull request that a person closed at the next beat, also after %i hours",
    async (hours) => {
      const line = newLine();
      const { issue, pull } = waiting(line, hours);
      waiting(line, hours);
      await beat(line);
      expect(rung(line)).not.toContain(`${issue}`);
      line.github.changePullRequest(pull, { state: "closed" });
      await beat(line);
      expect(rung(line)).toEqual([`${issue}`]);
    },
  );

  test("takes no fork's pull request for one of its own", async () => {
    const line = newLine();
    const { issue, pull } = waiting(line, 30);
    line.github.changePullRequest(pull, { fork: true });
    await beat(line);
    expect(rung(line)).toEqual([`${issue}`]);
  });

  test("rings for three that were closed, and for others at the next beat", async () => {
    const line = newLine();
    const closed = [1, 2, 3, 4, 5].map(() => resting(line, 30, "factory:gating"));
    await beat(line);
    expect(rung(line)).toHaveLength(3);
    line.pass(3_600);
    await beat(line);
    expect(new Set(rung(line))).toEqual(new Set(closed.map(String)));
  });

  test("rings three times a beat, for the longest forgotten first", async () => {
    const line = newLine();
    const hours = [2.5, 4.5, 3.5, 2.2];
    const [second, longest, middle] = hours.map((one) => resting(line, one, "factory:queued"));
    await beat(line);
    expect(rung(line)).toEqual([`${longest}`, `${middle}`, `${second}`]);
  });

  test.each([
    [1.99, "rests", 0],
    [2.01, "rings", 1],
    [4.98, "rings", 1],
    [5.02, "tells", 0],
    [5.98, "tells", 0],
    [6.02, "rests", 0],
  ])("after %d hours it %s", async (hours, does, rings) => {
    const line = newLine();
    const issue = resting(line, hours, "factory:ready");
    const { updatedAt } = line.github.issue(issue);
    const result = await beat(line);
    expect(rung(line)).toHaveLength(rings);
    expect(result.refusals).toEqual(
      does === "tells"
        ? [
            {
              code: "worker-failed",
              subject: `issue ${issue}`,
              found: `it stands at ready and nothing has moved since ${updatedAt}`,
              hint: "look-at-the-last-run",
            },
          ]
        : [],
    );
  });

  test("goes on ringing in turn for a burst that it could not ring for in time", async () => {
    const line = newLine();
    const burst = Array.from({ length: 10 }, () => resting(line, 5.5, "factory:queued"));
    const seen = new Set<string | undefined>();
    for (let hour = 0; hour < 4; hour += 1) {
      await beat(line);
      for (const issue of rung(line)) seen.add(issue);
      line.pass(3_600);
    }
    expect([...seen].toSorted()).toEqual(burst.map(String).toSorted());
  });

  test("tells of twenty at most", async () => {
    const line = newLine();
    for (let number = 0; number < 22; number += 1) resting(line, 5.5, "factory:ready");
    expect((await beat(line)).refusals).toHaveLength(20);
  });

  test("says how many it rang for and how many are left, or that nothing was forgotten", async () => {
    const line = newLine();
    expect((await beat(line)).summary).not.toContain("left to a person");
    resting(line, 3, "factory:ready");
    resting(line, 9, "factory:ready");
    const { summary } = await beat(line);
    expect(summary).toMatch(/\b1\b.*1 left to a person/);
  });

  test("gives up where ringing did not help, and says so once", async () => {
    const line = newLine();
    const issue = resting(line, 5.5, "factory:queued");
    const result = await beat(line);
    expect(result).toMatchObject({ effects: [], ok: false });
    expect(result.refusals[0]).toMatchObject({ subject: `issue ${issue}` });
    expect(result.summary).toContain("1 left to a person");
  });

  test("says what is wrong with the config, and leaves it to the night to end red", async () => {
    const line = newLine({ config: "moed: live\n" });
    resting(line, 3, "factory:queued");
    const result = await beat(line);
    expect(result).toMatchObject({ effects: [], ok: true });
    expect(result.refusals[0]).toMatchObject({ code: "config-invalid" });
  });

  test("rings for nobody while the line is stopped, or for a stranger", async () => {
    const line = newLine();
    const issue = resting(line, 3, "factory:queued");
    expect(await beat(line, doorbell(line.github, issue, "rea"))).toMatchObject({ effects: [] });
    submit(line, "factory:andon");
    const stopped = await beat(line);
    expect(stopped.refusals[0]).toMatchObject({ code: "andon-raised" });
    expect(rung(line)).toEqual([]);
  });
});

describe("what waits for a deployment", () => {
  const config = `version: 1
smoke: { deploy: { status: production } }
`;

  test("is looked for at every beat, however long it takes, and is never given up", async () => {
    const line = newLine({ config });
    const issues = [0.5, 72].map((hours) => resting(line, hours, "factory:smoking"));
    const result = await beat(line);
    expect(result).toMatchObject({ ok: true, refusals: [] });
    expect(rung(line).toSorted()).toEqual(issues.map(String));
  });

  test("keeps nothing else from being looked at, and has its turns", async () => {
    const line = newLine({ config });
    const deployed = [90, 80, 70, 60, 50].map((hours) => resting(line, hours, "factory:smoking"));
    const forgotten = resting(line, 3, "factory:building");
    const seen = new Set<string | undefined>();
    for (let hour = 0; hour < 2; hour += 1) {
      const before = rung(line).length;
      await beat(line);
      const now = rung(line).slice(before);
      expect(now).toContain(`${forgotten}`);
      expect(now).toHaveLength(4);
      for (const issue of now) seen.add(issue);
      line.pass(3_600);
    }
    expect(seen.size).toBe(deployed.length + 1);
  });

  test("is no other than the rest where no environment is named", async () => {
    const line = newLine();
    resting(line, 0.5, "factory:smoking");
    expect((await beat(line)).effects).toEqual([]);
  });
});

describe("of those that wait for their turn", () => {
  const waits = (line: TestLine, stage: string, hours = 30) =>
    resting(line, hours, `factory:${stage}`, "factory:waiting");

  test.each<readonly [string, string, readonly number[]]>([
    ["as many as there are places", "wip: 3", [1, 2]],
    ["none where every place is taken", "wip: 1", []],
    ["three at the most", "wip: 20", [1, 2, 3]],
    ["none where the day is spent and promised", "wip: 20, usdPerDay: 5", []],
    ["as many as the day has money for", "wip: 20, usdPerDay: 5.1", [1]],
  ])("it rings for %s: %s", async (_, limits, places) => {
    const line = newLine({ config: `${CONFIG}limits: { ${limits} }\n` });
    await toBuilding(line);
    const waiting = [1, 2, 3, 4].map(() => waits(line, "ready"));
    await beat(line);
    expect(rung(line)).toEqual(places.map((place) => `${waiting[place - 1]}`));
  });

  test("one to be read needs no place", async () => {
    const line = newLine({ config: `${CONFIG}limits: { wip: 1 }\n` });
    await toBuilding(line);
    waits(line, "ready");
    const read = waits(line, "queued");
    await beat(line);
    expect(rung(line)).toEqual([`${read}`]);
  });

  test("none is lost, however long it waits, and others are rung for beside it", async () => {
    const line = newLine();
    const waiting = waits(line, "ready", 5.5);
    const forgotten = resting(line, 3, "factory:building");
    expect((await beat(line)).refusals).toEqual([]);
    expect(rung(line)).toEqual([`${waiting}`, `${forgotten}`]);
  });

  test("nobody can tell whose turn it is where a ledger cannot be trusted", async () => {
    const line = newLine();
    const { issue } = await toBuilding(line);
    expect((await beat(line)).refusals).toEqual([]);
    const ledger = line.github.comments(issue).find(({ body }) => body.includes("· ledger"));
    line.github.editComment(ledger?.id ?? 0, `${ledger?.body}`.replace(/"run":\d+/, '"run":7'));
    expect((await beat(line)).refusals).toEqual([]);
    waits(line, "ready");
    expect(await beat(line)).toMatchObject({ ok: false, refusals: [{ code: "state-unknown" }] });
    expect(rung(line)).toEqual([]);
  });
});

test.each<readonly [number, string, number]>([
  [23.9, "needs-human", 0],
  [24.1, "needs-human", 1],
  [24.9, "gating", 1],
  [25.1, "needs-human", 0],
  [72.5, "gating", 1],
  [240.5, "needs-human", 0],
  [24.1, "proposed", 0],
  [24.1, "done", 0],
])(
  "after %d hours at %s it rings %i times, so that a person can be reminded",
  async (hours, stage, rings) => {
    const line = newLine();
    resting(line, hours, `factory:${stage}`);
    expect((await beat(line)).refusals).toEqual([]);
    expect(rung(line)).toHaveLength(rings);
  },
);
