import { describe, expect, test } from "vitest";
import { readConformanceOptions } from "../../src/conformance/options.ts";

const GIVEN: Readonly<Record<string, string>> = {
  ...{ task: "measure", token: "t", workflow: "factory-conformance.yml" },
  ...{ pace: "0.5", found: "", gate: "false" },
};

describe("the options of the conformance action", () => {
  test("are read", () => {
    expect(readConformanceOptions((name) => GIVEN[name] ?? "")).toEqual({
      ...{ task: "measure", token: "t", workflow: "factory-conformance.yml" },
      ...{ paceMs: 500, found: "", isGate: false },
    });
  });

  test.each([
    ["task", "settle", "Input task: expected one of measure, tidy, cache, fill, report"],
    ["pace", "", "Input pace: expected seconds such as 1 or 0.5"],
    ["pace", "-1", "Input pace: expected seconds"],
    ["gate", "yes", 'Input gate: expected true or false, found "yes"'],
  ])("%s %j is refused", (name, value, message) => {
    const given = { ...GIVEN, [name]: value };
    expect(() => readConformanceOptions((asked) => given[asked] ?? "")).toThrow(message);
  });
});
