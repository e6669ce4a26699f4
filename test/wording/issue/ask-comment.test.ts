import { describe, expect, test } from "vitest";
import { COMMAND_NAMES, commandLine, stagesFor } from "../../../src/domain/command.ts";
import { HINT_CODES } from "../../../src/domain/hint.ts";
import { REFUSAL_CODES, type Refusal } from "../../../src/domain/refusal.ts";
import {
  askMarker,
  calledIn,
  linesOfRefusal,
  renderAsk,
} from "../../../src/wording/issue/ask-comment.ts";
import { ownMention, safeText } from "../../../src/wording/safe-text.ts";

const DIGEST = "0123456789abcdef".repeat(4);

describe("the comment that asks a person", () => {
  test("calls them below its title, and says three lines", () => {
    const body = renderAsk({ line: 7, people: ["ada", "OWNER/team"], lines: ["a", "b", "c"] });
    expect(body.split("\n").slice(0, 7)).toEqual([
      askMarker(7),
      "",
      "@ada, @OWNER/team",
      "",
      "a",
      "b",
      "c",
    ]);
    expect(calledIn(body)).toBe("@ada, @OWNER/team");
  });

  test("goes without a call where nobody is known", () => {
    expect(renderAsk({ line: 7, people: [], lines: ["a"] })).not.toContain("@");
  });

  test.each(["### Millwright · ledger\n\n@ada", "", "a person is asked, by line 7"])(
    "is no other comment: %j",
    (body) => expect(calledIn(body)).toBeUndefined(),
  );
});

test.each<readonly [string, boolean]>([
  ["ada", true],
  ["ada-b_acme", true],
  ["OWNER/the-team", true],
  ["helper[bot]", false],
  ["a b", false],
  ["-ada", false],
  ["ada\n@bob", false],
  ["@ada", false],
  ["a/b/c", false],
])("by the name %j somebody is called: %j", (name, calls) => {
  expect(ownMention(name)).toBe(calls ? `@${name}` : safeText(name));
});

describe("a refusal as a question", () => {
  const replyOf = (refusal: Refusal) => linesOfRefusal(refusal).slice(2, 6);

  test.each<readonly [Refusal, string]>([
    [{ code: "check-failed", subject: "lint" }, "/factory retry"],
    [{ code: "criterion-unproven", subject: "AC1" }, "/factory rework: …"],
    [{ code: "criterion-unproven", subject: "AC1", hint: "retry" }, "/factory retry"],
    [{ code: "illegal-transition", subject: "x", hint: "merge-or-rework" }, "/factory rework: …"],
    [
      {
        code: "risk-unapproved",
        subject: "x",
        hint: { code: "approve-risk", risk: "high", digest: DIGEST },
      },
      "/factory approve 0123456",
    ],
    [
      {
        code: "approval-stale",
        subject: "x",
        hint: { code: "approve-this-version", contract: DIGEST },
      },
      "/factory approve 0123456",
    ],
    [
      {
        code: "dependencies-unapproved",
        subject: "x",
        hint: { code: "approve-lockfile", digest: DIGEST },
      },
      `/factory approve lockfile ${DIGEST}`,
    ],
    [
      {
        code: "revert-conflicts",
        subject: "x",
        hint: { code: "take-back-by-hand", commit: "a".repeat(40), ofTwo: false },
      },
      "/factory resume",
    ],
  ])("%j is replied to by %s", (refusal, reply) => {
    expect(replyOf(refusal)).toEqual(["**Reply:**", "", "```", reply]);
  });

  test("of every kind ends in a command that is obeyed where a person is asked", () => {
    const obeyed = COMMAND_NAMES.filter((name) => stagesFor(name).includes("needs-human"));
    for (const code of REFUSAL_CODES) {
      for (const hint of [undefined, ...HINT_CODES]) {
        const refusal = { code, subject: "x", ...(hint === undefined ? {} : { hint }) };
        const lines = linesOfRefusal(refusal);
        expect(lines.slice(2, 5)).toEqual(["**Reply:**", "", "```"]);
        expect(obeyed.some((name) => lines[5]?.startsWith(commandLine(name)))).toBe(true);
        expect(lines.slice(6)).toEqual(["```"]);
      }
    }
  });
});
