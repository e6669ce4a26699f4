import { describe, expect, test } from "vitest";
import { readLoopText } from "../../../../src/control/observed/loops/loop-text.ts";

const PATH = ".github/factory/loops/tidy.md";
const of = (matter: string, body = "Find it.") => `---\n${matter}\n---\n\n${body}\n`;

test("front matter and instruction, with the defaults of what is left out", () => {
  const reading = readLoopText(PATH, of("gather: { command: ./find }"));
  expect(reading).toMatchObject({
    read: {
      name: "tidy",
      path: PATH,
      instruction: "Find it.",
      loop: {
        version: 1,
        on: {},
        gather: { command: "./find", minutes: 10, setup: false },
        effects: { file: 3, update: 10, open: 10, labels: [] },
        guards: [],
        expireAfterDays: 30,
      },
    },
  });
});

describe("a fault is named with its line in the file", () => {
  test.each([
    [
      "an unknown key",
      'gather: { command: x }\nuntill: "a = 0"',
      'line 3: untill: unknown key "untill"; did you mean "until"?',
    ],
    ["a missing key", "version: 1", "line 2: gather: it is missing: expected keys with values"],
    [
      "a condition",
      "gather: { command: x }\nuntil: soon",
      "line 3: until: expected a measure, a comparison",
    ],
    [
      "two ways to gather",
      "gather: { command: x, use: feedback }",
      "line 2: gather: expected either command or use",
    ],
    [
      "no way to gather",
      "gather: { minutes: 3 }",
      "line 2: gather: expected either command or use",
    ],
    ["a gatherer that there is not", "gather: { use: gossip }", "line 2: gather.use:"],
    [
      "a role without a budget",
      "gather: { command: x }\nroles:\n  judge: {}",
      "line 4: roles.judge: a role needs a budget",
    ],
    [
      "a role that there is not",
      "gather: { command: x }\nroles: { jugde: {} }",
      'line 3: roles.jugde: unknown key "jugde"; did you mean "judge"?',
    ],
    [
      "a judge whose issues would start by themselves",
      "gather: { command: x }\nroles: { judge: {} }\nbudget: { usd: 1, minutes: 5 }\neffects: { start: 1 }",
      "line 5: effects.start: what it files holds words of a model",
    ],
    [
      "a budget of nobody",
      "gather: { command: x }\nbudget: { usd: 1, minutes: 5 }",
      "line 3: budget: only roles spend one",
    ],
    [
      "a budget that bounds nothing",
      "gather: { command: x }\nroles: { judge: {} }\nbudget: { usd: 1 }",
      "line 4: budget.minutes:",
    ],
    [
      "proposals of nobody",
      "gather: { command: x }\neffects: { propose: 1 }",
      "line 3: effects.propose: only roles.judge proposes",
    ],
    [
      "more proposals than there may be",
      "gather: { command: x }\neffects: { propose: 4 }",
      "line 3: effects.propose:",
    ],
    [
      "a list",
      "gather: { command: x }\nguards:\n  - { measure: a, worse: bigger }",
      "line 4: guards.0.worse:",
    ],
    ["an alias", "gather: &a { command: x }\nmeasures: { b: *a }", "an alias: write the value out"],
    ["YAML", "gather: {", "line "],
    [
      "a schedule",
      'gather: { command: x }\non: { schedule: "daily" }',
      "line 3: on.schedule: expected five fields",
    ],
  ])("%s", (_what, matter, said) => {
    const reading = readLoopText(PATH, of(matter));
    if (!("faults" in reading)) throw new Error("expected faults");
    expect(reading.faults[0]).toContain(said);
  });

  test.each([
    ["no front matter", "# Tidy"],
    ["one that does not end", "---\ngather: { command: x }\n"],
  ])("%s", (_what, text) => {
    expect(readLoopText(PATH, text)).toMatchObject({
      faults: ["line 1: expected front matter between two lines of three dashes"],
    });
  });
});

test("a name that no marker can hold is a fault", () => {
  const reading = readLoopText(".github/factory/loops/My Loop.md", of("gather: { command: x }"));
  expect(reading).toMatchObject({
    faults: ["its name: expected lower-case letters, digits and dashes"],
  });
});

test("a judge needs an instruction", () => {
  const matter = "gather: { command: x }\nroles: { judge: {} }\nbudget: { usd: 1, minutes: 5 }";
  expect(readLoopText(PATH, of(matter))).toHaveProperty("read");
  expect(readLoopText(PATH, of(matter, ""))).toEqual({
    path: PATH,
    faults: ["line 6: roles.judge needs an instruction below the front matter"],
  });
});
