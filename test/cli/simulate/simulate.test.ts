import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { optionsOf } from "../../../src/cli/command/declare.ts";
import {
  declareSimulate,
  measuredRequests,
  readSimulateArguments,
} from "../../../src/cli/simulate/arguments.ts";
import { figuresOf } from "../../../src/cli/simulate/figures.ts";
import { type Plan, play } from "../../../src/cli/simulate/play.ts";
import { runSimulate } from "../../../src/cli/simulate/simulate.ts";

const root = join(import.meta.dirname, "../../..");
const place = { millwright: root, from: root };

const PLAN: Plan = {
  issues: 150,
  hours: 6,
  repositories: 1,
  seed: 7,
  policy: "scheduled",
  slots: 4,
  jobs: 500,
  requestsPerIssue: 12,
  usdPerDay: Number.POSITIVE_INFINITY,
  movedBase: "applied",
};

const played = (but: Partial<Plan> = {}) => figuresOf(play({ ...PLAN, ...but }));

describe("a simulated day", () => {
  const usual = played();

  test("ends with every issue merged or given up, and within each limit", () => {
    expect(usual.merged + usual.givenUp).toBe(150);
    expect(usual).toMatchObject({ lost: 0, starved: 0, violations: [] });
    expect(usual.merged).toBeGreaterThan(140);
    expect(usual.load).toBeGreaterThan(0.9);
  });

  test("is the same each time, and another one by another seed", () => {
    const { compute: _, ...again } = played();
    expect(usual).toMatchObject(again);
    expect(played({ seed: 8 }).wait).not.toEqual(usual.wait);
  });

  test("waits where GitHub's hour is used up, and asks no more than it allows", () => {
    const dear = played({ requestsPerIssue: 100 });
    expect(dear.requests.peak).toBeLessThanOrEqual(1_000);
    expect(dear.requests.delayP95).toBeGreaterThan(600);
    expect(dear.drainedAfter).toBeGreaterThan(usual.drainedAfter);
    expect(dear).toMatchObject({ lost: 0, violations: [] });
  });

  test("spends no more in a day than it may, and goes on the next", () => {
    const poor = play({ ...PLAN, issues: 40, usdPerDay: 60 });
    const days = poor.repositories.flatMap(({ spent }) => [...spent.values()]);
    expect(days.length).toBeGreaterThan(1);
    expect(figuresOf(poor)).toMatchObject({ lost: 0, violations: [] });
  });

  test("runs no more jobs at a time than there are runners, and builds no more than there are slots", () => {
    const narrow = play({ ...PLAN, jobs: 3 });
    expect(narrow.peakJobs).toBe(3);
    expect(play(PLAN).tally.peakBuilt).toBe(4);
    expect(narrow.tally.open).toBe(0);
  });

  test("collides less than first in, first out where there is something to choose from", () => {
    const crowd = { issues: 600, hours: 12, slots: 8 };
    const [scheduled, flat] = [played(crowd), played({ ...crowd, policy: "first-in-first-out" })];
    expect(scheduled.reruns.built).toBeLessThan(0.8 * flat.reruns.built);
  });
});

describe("a base that moved", () => {
  const busy = { issues: 300, hours: 24 };
  const [anew, rebuilt, applied] = (["anew", "rebuilt", "applied"] as const).map((movedBase) =>
    played({ ...busy, movedBase }),
  );

  test("costs an attempt where the change is built anew, so that more places give up more", () => {
    const alone = played({ ...busy, movedBase: "anew", slots: 1 });
    expect(anew?.givenUp).toBeGreaterThan(3 * alone.givenUp);
    expect(anew?.moved.perAttempt).toBeGreaterThan(0.2);
    expect(alone.moved.perAttempt).toBeLessThan(0.1);
    expect(anew).toMatchObject({ lost: 0, violations: [] });
  });

  test("costs an examination where it is rebuilt, and gives up nothing for that", () => {
    expect(rebuilt?.givenUp).toBeLessThan((anew?.givenUp ?? 0) / 3);
    expect(rebuilt?.chance.heldFor).toBeGreaterThan(applied?.chance.heldFor ?? 0);
    expect(rebuilt).toMatchObject({ lost: 0, violations: [] });
  });
});

describe("a day with more issues than places", () => {
  const full: Plan = { ...PLAN, issues: 1_000, hours: 24, slots: 8, movedBase: "rebuilt" };
  const flat = play({ ...full, policy: "first-in-first-out" });
  const scheduled = play(full);

  test("starts nobody two days after its turn, however long all wait", () => {
    const figures = figuresOf(scheduled, flat);
    expect(figures).toMatchObject({ lost: 0, starved: 0, violations: [] });
    expect(figures.wait.most).toBeGreaterThan(86_400);
  });

  test("canary: one that others overtook for longer is starved", () => {
    const waits = new Map([...scheduled.tally.waits, [1, 9 * 86_400]]);
    const tally = { ...scheduled.tally, waits };
    expect(figuresOf({ ...scheduled, tally }, flat).starved).toBe(1);
  });
});

describe("a day that is not full", () => {
  const calm = { issues: 400, hours: 24, repositories: 1, slots: 8, seed: 2 };
  const usual = played(calm);

  test("keeps every limit, loses and starves nobody, and makes one change of ten again at most", () => {
    expect(usual.load).toBeGreaterThan(0.65);
    expect(usual.load).toBeLessThanOrEqual(0.7);
    expect(usual).toMatchObject({ lost: 0, starved: 0, violations: [] });
    expect(usual.reruns.share).toBeLessThan(0.1);
  });

  test("lets more wait for a minute than must wait in any order", () => {
    expect(usual.wait.p95).toBeGreaterThan(60);
    expect(1 - usual.wait.withinMinute).toBeGreaterThan(usual.chance.late);
  });

  test("starts 95 of 100 within a minute with more places than are named, or at less load", () => {
    const wider = played({ ...calm, issues: 1_050, slots: 24 });
    expect(wider.chance.slotsForMinute).toBeLessThan(24);
    expect(wider.load).toBeGreaterThan(0.6);
    expect(wider.wait.p95).toBeLessThan(60);
    const quieter = played({ ...calm, issues: 270 });
    expect(quieter.load).toBeLessThan(usual.chance.loadForMinute);
    expect(quieter.wait.p95).toBeLessThan(60);
  });
});

describe("the command", () => {
  const read = (words: readonly string[]) =>
    readSimulateArguments(optionsOf(declareSimulate(), words), place);

  async function said(...words: readonly string[]) {
    let text = "";
    const code = await runSimulate(read(words), (more) => {
      text += more;
    });
    return { code, text };
  }
  const few = ["--issues", "30", "--hours", "2", "--repositories", "1"];

  test("prints one object, and the difference to first in, first out", async () => {
    const { code, text } = await said(...few, "--json");
    const result = JSON.parse(text);
    expect(code).toBe(0);
    expect(result).toMatchObject({ ok: true, requestsFrom: "measured", plan: { issues: 30 } });
    const { scheduled, firstInFirstOut } = result;
    expect(result.conflictsAvoided).toBe(firstInFirstOut.reruns.built - scheduled.reruns.built);
  });

  test("says what it took for granted: the count of requests, and who gave it", async () => {
    const given = await said(...few, "--requests-per-issue", "9");
    expect(given.text).toContain("9 API requests an issue, as you gave them");
    const { text } = await said(...few, "--policy", "first-in-first-out");
    expect(text).toContain(`${measuredRequests(root)} API requests an issue, as bench measured`);
    expect(text).not.toContain("collisions fewer");
  });

  test("says what of the waiting is no schedule's to mend, or that the day was too full to tell", async () => {
    const calm = ["--issues", "200", "--repositories", "1", "--hours", "24"];
    expect((await said(...calm)).text).toMatch(
      /[0-9.]+ % of arrivals wait for more than a minute in whatever order .+ or [0-9]+ places/,
    );
    const full = ["--issues", "300", "--hours", "6", "--repositories", "1", "--slots", "2"];
    expect((await said(...full)).text).toContain("More issues came than the places can build");
  });

  test("writes a page that loads nothing", async () => {
    const folder = mkdtempSync(join(tmpdir(), "millwright-simulate-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    await said(...few, "--html", join(folder, "day.html"));
    const page = readFileSync(join(folder, "day.html"), "utf8");
    expect(page.match(/<svg/g)).toHaveLength(6);
    expect(page).toContain("default-src &#39;none&#39;");
    expect(page).not.toMatch(/<script|https?:|NaN|Infinity|undefined/);
  });

  test.each([
    [["--issues", "0"], /--issues: expected a whole number from 1 to 100000, found "0"/],
    [["--slots", "many"], /--slots: expected a whole number/],
    [
      ["--policy", "random"],
      /--policy: there is no "random"\. Choose from: scheduled, first-in-first-out/,
    ],
    [["--speed", "1"], /unknown option/],
  ])("refuses %j", (words, why) => {
    expect(() => read(words)).toThrow(why);
  });
});
