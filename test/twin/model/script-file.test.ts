import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { FAULTS, Matcher, ROLE_NAMES } from "../../../src/twin/model/script.ts";
import { ScriptError } from "../../../src/twin/model/script-faults.ts";
import { parseScript, scriptOf } from "../../../src/twin/model/script-file.ts";

function faultsOf(yaml: string): readonly string[] {
  try {
    parseScript(yaml, "demo.yml");
  } catch (error) {
    if (error instanceof ScriptError) return error.faults;
    throw error;
  }
  return [];
}

describe("parseScript", () => {
  test("a plain list of turns is one session, a list of lists is several", () => {
    const script = parseScript(
      [
        "roles:",
        "  intake:",
        "    - json: { a: 1 }",
        "  coder:",
        "    - - text: one",
        "      - { fault: 529, times: 2 }",
        "    - when: { userMessage: again }",
        "      turns:",
        "        - calls: [{ tool: read, input: { file_path: a } }]",
        "owner:",
        "  - approve",
        "  - answer: Yes, both.",
        "  - command: /factory retry",
        "  - merge",
      ].join("\n"),
      "demo.yml",
    );
    expect(script.roles.get("intake")).toHaveLength(1);
    expect(script.roles.get("coder")).toMatchObject([
      { turns: [{ text: "one" }, { fault: "529", times: 2 }] },
      { when: { userMessage: "again" }, turns: [{ calls: [{ tool: "read" }], times: 1 }] },
    ]);
    expect(script.owner).toEqual([
      "approve",
      { answer: "Yes, both." },
      { command: "/factory retry" },
      "merge",
    ]);
  });

  test.each([
    ["roles: [", /^demo\.yml:1:\d+: /],
    ["", /^demo\.yml:1:1: script: /],
    [
      "roles: {}\nowners: []",
      /^demo\.yml:2:9: owners: unknown key "owners"; did you mean "owner"\?$/,
    ],
    [
      "roles:\n  codder:\n    - text: x",
      /^demo\.yml:3:5: roles\.codder: unknown key "codder"; did you mean "coder"\?$/,
    ],
    ["roles:\n  coder:\n    - txt: x", /^demo\.yml:3:7: roles\.coder\.0: a turn says something/],
    [
      "roles:\n  coder:\n    - text: x\n      whenn: {}",
      /^demo\.yml:4:14: roles\.coder\.0\.whenn: unknown key "whenn"; did you mean "when"\?$/,
    ],
    [
      "roles:\n  coder:\n    - text: x\n      when: { turnindex: 1 }",
      /^demo\.yml:4:26: .*did you mean "turnIndex"\?$/,
    ],
    [
      "roles:\n  coder:\n    - fault: 418",
      /^demo\.yml:3:14: roles\.coder\.0\.fault: expected one of .*529/,
    ],
    [
      "roles:\n  coder:\n    - - calls: [{ tool: read, inputs: {} }]",
      /calls\.0\.inputs: unknown key "inputs"; did you mean "input"\?$/,
    ],
    ["roles:\n  coder: []", /^demo\.yml:2:10: roles\.coder: /],
    [
      "roles:\n  coder:\n    - text: !repeat { txt: x, bytes: 3 }",
      /^demo\.yml:3:13: .*!repeat: unknown key "txt"; did you mean "text"\?/,
    ],
    [
      "roles:\n  coder:\n    - text: !repeat { text: x, bytes: 900000000 }",
      /^demo\.yml:3:13: !repeat\.bytes: /,
    ],
    [
      "roles:\n  coder:\n    - text: x\n    - { lies: { stopreason: x }, text: y }",
      /^demo\.yml:4:29: roles\.coder\.1\.lies\.stopreason: .*did you mean "stopReason"\?$/,
    ],
    [
      "roles:\n  coder:\n    - raw: { statuss: 302 }",
      /^demo\.yml:3:23: roles\.coder\.0\.raw\.statuss: .*did you mean "status"\?$/,
    ],
    [
      "roles:\n  coder:\n    - { times: ever, text: x }",
      /^demo\.yml:3:16: roles\.coder\.0\.times: expected a whole number up to 10000, or forever$/,
    ],
    [
      "roles:\n  coder:\n    - calls: [{ tool: read, input: { a: 1 }, rawInput: x }]",
      /^demo\.yml:3:15: roles\.coder\.0\.calls\.0: a call has `input` or `rawInput`, not both$/,
    ],
    ["roles: {}\nowner: [approved]", /^demo\.yml:2:9: owner\.0: expected approve, merge/],
  ])("%j names file, line and what is known", (yaml, expected) => {
    const faults = faultsOf(yaml);
    expect(
      faults.some((fault) => expected.test(fault)),
      faults.join("\n"),
    ).toBe(true);
  });

  test("every fault is told at once", () => {
    expect(faultsOf("roles:\n  coder:\n    - fault: x\n    - fault: y\nextra: 1")).toHaveLength(3);
  });
});

describe("docs/script-format.md", () => {
  const page = readFileSync("docs/script-format.md", "utf8");

  test("its examples can be played", () => {
    const examples = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, yaml]) => yaml ?? "");
    expect(examples.length).toBeGreaterThanOrEqual(3);
    for (const example of examples) expect(faultsOf(example)).toEqual([]);
  });

  test("it names every role, fault and matcher", () => {
    const words = [...ROLE_NAMES, ...FAULTS, ...Object.keys(Matcher.shape)];
    expect(words.filter((word) => !page.includes(`\`${word}\``))).toEqual([]);
  });
});

describe("an attack", () => {
  test("!repeat stands wherever a text may stand", () => {
    const script = parseScript(
      [
        "roles:",
        "  coder:",
        "    - text: !repeat { text: ab, bytes: 7 }",
        "    - calls: [{ tool: write, input: { content: !repeat { text: é, bytes: 1 } } }]",
        "    - json: { summary: !repeat { text: x, bytes: 3 } }",
      ].join("\n"),
      "demo.yml",
    );
    expect(script.roles.get("coder")?.[0]?.turns).toMatchObject([
      { text: "ababab" },
      { calls: [{ input: { content: "é" } }] },
      { json: { summary: "xxx" } },
    ]);
  });

  test("one script repeats no more than fits in memory", () => {
    const turn = "    - text: !repeat { text: x, bytes: 100000000 }";
    const faults = faultsOf(["roles:", "  coder:", turn, turn].join("\n"));
    expect(faults).toEqual(["demo.yml:4:13: !repeat: more than 128000000 bytes in one script"]);
  });

  test("a script in code is read by the same rules", () => {
    const turns = [{ times: "forever", calls: [{ tool: "bash", input: [1] }] }];
    const script = scriptOf({ roles: { coder: turns } }, "AG-01a");
    expect(script.roles.get("coder")?.[0]?.turns).toMatchObject([
      { times: Number.POSITIVE_INFINITY, calls: [{ input: [1] }] },
    ]);
    const wrong = () => scriptOf({ roles: { coder: [{ text: "x", call: [] }] } }, "AG-01a");
    expect(wrong).toThrow(/AG-01a: roles\.coder\.0\.call: .*did you mean "calls"\?/);
  });
});
