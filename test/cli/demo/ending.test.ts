import { mkdtempSync, rmSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { Ending, missedEnds } from "../../../src/cli/demo/ending.ts";
import { readScenario, scenarioNames } from "../../../src/cli/demo/scenario.ts";
import { parseScript } from "../../../src/twin/model/script-file.ts";

const MILLWRIGHT = fileURLToPath(new URL("../../..", import.meta.url));

type Result = Parameters<typeof missedEnds>[1];
const RESULT: Result = {
  mended: [
    { pullRequest: 2, result: "suggestion" },
    { pullRequest: 3, result: "refused" },
  ],
  issue: { number: 1, state: "closed", stage: "done", labels: [] },
  pullRequest: { number: 2, merged: true, headSha: "a", mergeSha: "b" },
  refusals: [{ code: "tests-touched", subject: "test/a.test.ts" }],
  sentBack: [{ attempt: 1, findings: [] }],
  asked: ["@OWNER"],
  criteria: [
    {
      ...{ id: "AC1", kind: "changes", status: "proven", by: "tester" },
      ...{ tests: ["a > b"], notices: [] },
    },
  ],
  smoke: { status: "flaky", live: true },
  tests: {
    criteria: [{ criterion: "AC1", by: "tester" }],
    files: [],
    corrections: [{ test: "a > b", reason: "wrong", decision: "corrected", because: "true" }],
    takenBack: ["test/a.test.ts"],
  },
};

describe("how a scenario ends", () => {
  test.each([
    [{ stage: "done", refusals: ["tests-touched"] }, []],
    [
      {
        stage: "done",
        merged: true,
        sentBack: 1,
        asked: ["@OWNER"],
        smoke: "flaky",
        live: true,
        refusals: ["tests-touched"],
        criteria: { AC1: { status: "proven", by: "tester" } },
        corrections: ["corrected"],
        takenBack: ["test/a.test.ts"],
      },
      [],
    ],
    [
      { stage: "done", refusals: ["tests-touched"], mended: ["suggestion", "branch"] },
      ["mended: expected suggestion, branch, found suggestion, refused"],
    ],
    [
      { stage: "needs-human" },
      ["stage: expected needs-human, found done", "refusals: expected none, found tests-touched"],
    ],
    [
      {
        stage: "done",
        merged: false,
        sentBack: 0,
        asked: [],
        smoke: "passed",
        live: false,
        refusals: ["tests-touched"],
        criteria: { AC1: { by: "coder" }, AC2: { status: "proven" } },
        corrections: ["kept"],
        takenBack: [],
      },
      [
        "merged: expected false, found true",
        "sentBack: expected 0, found 1",
        "asked: expected none, found @OWNER",
        "smoke: expected passed, found flaky",
        "live: expected false, found true",
        "AC1.by: expected coder, found tester",
        "AC2.status: expected proven, found none",
        "corrections: expected kept, found corrected",
        "takenBack: expected none, found test/a.test.ts",
      ],
    ],
  ])("%j", (ending, missed) => {
    expect(missedEnds(Ending.parse(ending), RESULT)).toEqual(missed);
  });

  test.each([
    [{ issues: 1, returns: 1, state: "open", mostEdits: 2 }, []],
    [{ issues: 1, returns: 1, state: "open", mostEdits: 9 }, []],
    [
      { issues: 2, returns: 0, state: "closed", mostEdits: 1 },
      [
        "alerts.issues: expected 2, found 1",
        "alerts.returns: expected 0, found 1",
        "alerts.state: expected closed, found open",
        "alerts.edits: expected at most 1, found 2",
      ],
    ],
  ])("the alerts %j", (alerts, missed) => {
    const played = {
      sent: 4,
      worked: 4,
      issues: 1,
      counted: 3,
      edits: 2,
      returns: 1,
      state: "open",
    };
    const ending = Ending.parse({ stage: "done", refusals: ["tests-touched"], alerts });
    expect(missedEnds(ending, { ...RESULT, alerts: played })).toEqual(missed);
    const none = missedEnds(ending, RESULT);
    expect(none).toContain(`alerts.issues: expected ${alerts.issues}, found 0`);
  });

  test.each([
    [[{ grades: { core: "B" }, filed: [] }], []],
    [
      [
        { grades: { core: "A" }, filed: ["core/tests"] },
        { grades: { core: "D" }, filed: [] },
        { grades: { core: "B" }, filed: [] },
      ],
      [
        "night 1: core: expected A, found B",
        "night 1: filed: expected core/tests, found none",
        "night 2: filed: expected none, found core/dropped-errors",
        "night 3: core: expected B, found none",
      ],
    ],
  ])("the nights %j", (nights, missed) => {
    const rest = { pullRequest: null, committed: [] };
    const played = [
      { ...rest, grades: { core: "B", api: "C" }, filed: {} },
      { ...rest, grades: { core: "D" }, filed: { 4: "core/dropped-errors" } },
    ];
    const ending = Ending.parse({ stage: "done", refusals: ["tests-touched"], nights });
    expect(missedEnds(ending, { ...RESULT, nights: played })).toEqual(missed);
  });
});

test.each(scenarioNames(MILLWRIGHT))(
  "the scenario %s has an issue and a script that can be played",
  async (name) => {
    const scratch = mkdtempSync(join(tmpdir(), "millwright-scenario-"));
    try {
      const { issue, script, ends } = await readScenario(MILLWRIGHT, name, scratch);
      // The first night files the issue of a loop that begins with it.
      expect(issue?.title === undefined).toBe(name === "quality-loop");
      const { roles, owner } = parseScript(await readFile(script, "utf8"), name);
      expect([...roles.keys()]).toEqual(expect.arrayContaining(["intake", "architect", "coder"]));
      expect(owner).toContain("approve");
      expect(ends === undefined).toBe(name === "happy");
    } finally {
      rmSync(scratch, { recursive: true });
    }
  },
);

test("a variant says what it says, blanks and all, and the rest of the script stays", async () => {
  const scratch = mkdtempSync(join(tmpdir(), "millwright-scenario-"));
  try {
    const { script } = await readScenario(MILLWRIGHT, "coder-touches-tests", scratch);
    const happy = await readScenario(MILLWRIGHT, "happy", scratch);
    const [own, whole] = await Promise.all(
      [script, happy.script].map(async (path) => parseScript(await readFile(path, "utf8"), "s")),
    );
    expect(own?.roles.get("tester")).toEqual(whole?.roles.get("tester"));
    expect(own?.roles.get("coder")).not.toEqual(whole?.roles.get("coder"));
  } finally {
    rmSync(scratch, { recursive: true });
  }
});
