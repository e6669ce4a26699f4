import { expect, test } from "vitest";
import {
  asksForTests,
  Contract,
  CriterionKind,
  digestOfContract,
  emptyContract,
} from "../../src/domain/contract.ts";
import { CONTRACT } from "./contracts.ts";

test("only named tests prove any criterion but a command and a judgement", () => {
  expect(CriterionKind.options.filter(asksForTests)).toEqual(["changes", "keeps", "gone", "test"]);
});

test("an empty contract has every part and says nothing, so that it is none yet", () => {
  expect(emptyContract()).toEqual({
    ...{ goal: "", acceptance: [], nonGoals: [], checks: [], stop: [], split: [], reviewNote: "" },
    context: { files: [], tests: [], docs: [], decisions: [], notFound: [] },
    tools: { mcp: [], readOnly: [], mutating: [], denied: [] },
    boundaries: { paths: [], commands: [], network: [], secrets: [] },
  });
  expect(Contract.safeParse(emptyContract()).success).toBe(false);
});

test("a contract's digest covers every word of it", () => {
  expect(digestOfContract({ ...CONTRACT })).toBe(digestOfContract(CONTRACT));
  expect(digestOfContract({ ...CONTRACT, reviewNote: "" })).not.toBe(digestOfContract(CONTRACT));
});

test.each<readonly [string, object, boolean]>([
  ["as it is", {}, true],
  ["without a note", { reviewNote: "" }, true],
  ["with a line break", { goal: "one\ntwo" }, false],
  ["with a blank at its end", { goal: "one " }, false],
  ["with a goal of 500 characters", { goal: "x".repeat(500) }, true],
  ["with a longer one", { goal: "x".repeat(501) }, false],
  ["without a criterion", { acceptance: [] }, false],
  ["with one id twice", { acceptance: [CONTRACT.acceptance[0], CONTRACT.acceptance[0]] }, false],
  ["with an id of its own kind", { acceptance: [{ ...CONTRACT.acceptance[0], id: "AC0" }] }, false],
  ["with 30 lines", { stop: Array.from({ length: 30 }, () => "x") }, true],
  ["with 31 lines", { stop: Array.from({ length: 31 }, () => "x") }, false],
])("%s it is one: %j", (_, change, is) => {
  expect(Contract.safeParse({ ...CONTRACT, ...change }).success).toBe(is);
});
