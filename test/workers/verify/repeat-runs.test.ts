import { describe, expect, test } from "vitest";
import { exited, timedOut } from "../../fakes/sandbox.ts";
import { CHECKS, junit, NAMINGS, type On, of, verified, type World } from "./world.ts";

/** What the test `new` says in each run on each tree, the last one for all that follow; `old` passes unless it is said. */
interface Said {
  readonly before?: readonly (boolean | "hangs")[];
  readonly after?: readonly (boolean | "hangs")[];
  readonly old?: readonly boolean[];
  /** How long a run of the tests takes, in ms. */
  readonly tookMs?: number;
  /** What a run of some tests alone reports; absent: the config knows no such run. */
  readonly alone?: (on: On) => string;
}

const ALONE = 'npm test -- "$@"';

function world(given: Said): World {
  const { before = [false], after = [true], old = [true], tookMs = 10, alone } = given;
  const asked = new Map<On, number>();
  const said = <Outcome>(list: readonly Outcome[], on: On) =>
    list[Math.min((asked.get(on) ?? 1) - 1, list.length - 1)];
  let isAlone = false;
  const isPlain = (on: On) => on === "base" || on === "change-with-base-tests";
  /** What `new` and `old` say in the run that is under way. */
  const outcomes = (on: On): readonly [boolean | "hangs", boolean] => {
    if (isPlain(on)) return [true, true];
    if (on !== "change") return [said(before, on) ?? false, true];
    return [said(after, on) ?? false, said(old, on) ?? false];
  };
  return {
    checks: {
      ...CHECKS,
      test: { ...CHECKS.test, timeoutSeconds: 60, ...(alone && { only: ALONE }) },
    },
    run: ({ command }, on) => {
      isAlone = command === ALONE;
      if (isAlone) return exited(on === "change" ? 0 : 1, "", tookMs);
      if (command !== "npm test") return undefined;
      asked.set(on, (asked.get(on) ?? 0) + 1);
      const now = outcomes(on);
      if (now.includes("hangs")) return timedOut("", 60_000);
      return exited(now.includes(false) ? 1 : 0, "", tookMs);
    },
    report: (on) => {
      if (isAlone) return alone?.(on);
      const [fresh, kept] = outcomes(on);
      if (fresh === "hangs") return undefined;
      return isPlain(on) ? junit({ old: true }) : junit({ old: kept, new: fresh });
    },
  };
}

async function see(said: Said) {
  const { proposal, sandbox } = await verified(world(said));
  const [comparison] = of(proposal.evidence, "test-comparison");
  const [proof] = of(proposal.evidence, "criterion");
  const runs = of(proposal.evidence, "check").filter(({ name }) => name === "test");
  const again = Object.fromEntries(runs.map(({ on, again: more = [] }) => [on, more.length]));
  const asked = sandbox.calls.filter(
    ({ method, argument }) =>
      method === "run" && (argument as { command: string }).command === "npm test",
  ).length;
  return { comparison, proof, again, asked, runs };
}

describe("a test that is to prove something", () => {
  test("is asked three times with and without the change, each time on the prepared bytes", async () => {
    const { comparison, proof, again } = await see({});
    expect(comparison?.repeated).toEqual([{ test: "new", failed: 3, passed: 3 }]);
    expect(comparison).not.toHaveProperty("flaky");
    expect(proof).toMatchObject({ status: "proven", tests: [{ name: "new", times: 3 }] });
    expect(again).toMatchObject({ base: 0, change: 2, "base-with-changed-tests": 2 });
  });

  test.each<[string, Said, "base" | "change"]>([
    ["passes once without the change", { before: [false, true] }, "base"],
    ["passes the third time without the change", { before: [false, false, true] }, "base"],
    ["fails once with the change", { after: [true, false] }, "change"],
    ["fails the third time with the change", { after: [true, true, false] }, "change"],
    ["hangs once with the change", { after: [true, "hangs"] }, "change"],
  ])("proves nothing where it %s", async (_what, said, where) => {
    const { comparison, proof } = await see(said);
    expect(comparison).toMatchObject({ failToPass: [], flaky: ["new"] });
    expect(proof).toMatchObject({
      status: "unproven",
      reasons: [{ code: "flaky", about: "new" }],
      tests: [{ [where]: "flaky" }],
    });
  });

  test("was seen failing each time where the run without the change hangs each time", async () => {
    const { proof } = await see({ before: ["hangs"] });
    expect(proof?.status).toBe("proven");
  });

  test("is asked no more once it is known for flaky", async () => {
    const { again } = await see({ before: [false, true], after: [true, false] });
    expect(again).toMatchObject({ change: 1, "base-with-changed-tests": 1 });
  });

  test("was seen once where the time of the run does not suffice: for a person, not another attempt", async () => {
    const { comparison, proof, again } = await see({ tookMs: 3_600_000 });
    expect(comparison).toMatchObject({
      failToPass: ["new"],
      repeated: [{ test: "new", failed: 1, passed: 1 }],
    });
    expect(proof).toMatchObject({
      status: "unproven",
      reasons: [{ code: "not-repeated", about: "new", times: 1 }],
    });
    expect(again).toMatchObject({ change: 0, "base-with-changed-tests": 0 });
  });

  test("is asked once where no criterion rests on it", async () => {
    const { proposal } = await verified({ ...world({}), namings: [] });
    const [comparison] = of(proposal.evidence, "test-comparison");
    expect(comparison?.failToPass).toEqual(["new"]);
    expect(comparison).not.toHaveProperty("repeated");
  });
});

describe("where the config says how some tests run alone", () => {
  const place = "test/quote.test.ts";

  test("only those that prove something are asked again", async () => {
    const { proof, runs } = await see({ alone: (on) => junit({ new: on === "change" }) });
    expect(proof?.status).toBe("proven");
    const again = runs.flatMap(({ on, again: more = [] }) => more.map(({ whole }) => [on, whole]));
    expect(again).toEqual([
      ["change", false],
      ["change", false],
      ["base-with-changed-tests", false],
      ["base-with-changed-tests", false],
    ]);
    expect(proof?.tests[0]?.file).toBe(place);
  });

  test("there is time for that where there is none for the whole", async () => {
    const alone = (on: On) => junit({ new: on === "change" });
    const { proof } = await see({ alone, tookMs: 3_600_000 });
    expect(proof?.status).toBe("proven");
  });

  test("a run that tells nothing of them proves nothing: the whole check runs", async () => {
    const { proof, runs } = await see({ alone: () => junit({ other: true }) });
    expect(proof?.status).toBe("proven");
    const again = runs.flatMap(({ again: more = [] }) => more.map(({ whole }) => whole));
    expect(again).toEqual([true, true, true, true]);
  });

  test("what got worse is asked again with the whole check", async () => {
    const alone = (on: On) => junit({ new: on === "change" });
    const { runs } = await see({ alone, old: [false] });
    const change = runs.find(({ on }) => on === "change");
    expect(change?.again?.map(({ whole }) => whole)).toEqual([true, true]);
  });
});

describe("a test that passed on the base and fails on the change", () => {
  test("is a regression where it fails three times", async () => {
    const { comparison, again } = await see({ old: [false] });
    expect(comparison).toMatchObject({ passToFail: ["old"] });
    expect(comparison).not.toHaveProperty("flaky");
    expect(again.change).toBe(2);
  });

  test.each([
    ["second", [false, true]],
    ["third", [false, false, true]],
  ])("is flaky where it passes the %s time, and passed nothing", async (_time, old) => {
    const { comparison, runs } = await see({ old });
    expect(comparison).toMatchObject({
      passToFail: [],
      passToPass: [],
      flaky: ["old"],
      flakyOnChange: ["old"],
    });
    // The first run stays what it was; the others stand beside it.
    const change = runs.find(({ on }) => on === "change");
    expect(change).toMatchObject({ status: "failed", exitCode: 1 });
    expect(change?.again?.[0]?.failing).toEqual(old[1] ? [] : ["old"]);
  });

  test("is asked again alone, without the base, where nothing else is to be proven", async () => {
    const { proposal } = await verified({ ...world({ old: [false] }), namings: [] });
    const runs = of(proposal.evidence, "check").filter(({ name }) => name === "test");
    const again = runs.map(({ on, again: more = [] }) => [on, more.length]);
    expect(again).toEqual([
      ["change", 2],
      ["base", 0],
      ["base-with-changed-tests", 0],
      ["change-with-base-tests", 0],
    ]);
  });
});

test("a kept test that is flaky on the change keeps nothing", async () => {
  const criteria = [{ id: "AC1", statement: "old stays", kind: "keeps" as const }];
  const [naming] = NAMINGS;
  const namings = [{ criterion: "AC1", symbols: [], checks: [], ...naming, tests: ["old"] }];
  const { proposal } = await verified({ ...world({ old: [false, true] }), criteria, namings });
  expect(of(proposal.evidence, "criterion")[0]).toMatchObject({
    status: "unproven",
    reasons: [{ code: "flaky", about: "old" }],
  });
});
