import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isVisible } from "../../src/domain/text/hidden-text.ts";
import {
  CONTRACT_FOLD,
  parseContract,
  renderContract,
} from "../../src/wording/contract-markdown.ts";
import { codeSpan } from "../../src/wording/inert-words.ts";
import { cases } from "../cases.ts";
import { anyContract, CONTRACT } from "../domain/contracts.ts";
import { blocksIn, harmOf } from "./markdown-tree.ts";

/** What of a text is there for who reads it, whether it stands in code or not. */
function bare(text: string): string {
  return text.replace(/[`\s]/gu, "");
}

describe("the Markdown of a contract", () => {
  test("parse(render(c)) = c for any contract", () => {
    fc.assert(
      fc.property(anyContract(), (contract) => {
        expect(parseContract(renderContract(contract))).toEqual({ contract });
      }),
      cases(500),
    );
  });

  test("any contract is inert and visible where it stands", () => {
    fc.assert(
      fc.property(anyContract(), (contract) => {
        const markdown = renderContract(contract);
        const html = markdown.includes(CONTRACT_FOLD[0] ?? "") ? CONTRACT_FOLD : [];
        expect(harmOf(markdown)).toEqual({ images: 0, html, links: [], live: [] });
        expect(isVisible(markdown.replaceAll("\n", ""))).toBe(true);
      }),
      cases(300),
    );
  });

  test("what GitHub shows of any value is that value", () => {
    fc.assert(
      fc.property(anyContract(), (contract) => {
        const shown = blocksIn(renderContract(contract)).map(bare);
        const { goal, acceptance, nonGoals, boundaries } = contract;
        const values = [...nonGoals, ...boundaries.paths];
        const cells = acceptance.map(({ statement }) => statement);
        expect(shown).toContain(bare(`Goal: ${goal}`));
        expect(shown).toEqual(expect.arrayContaining(values.map(bare)));
        if (shown.includes("Donewhen") && !cells.some((one) => one.includes("\\|"))) {
          expect(shown).toEqual(expect.arrayContaining(cells.map(bare)));
        }
      }),
      cases(300),
    );
  });

  test("people see the criteria as a table, and what bounds the work is folded", () => {
    const markdown = renderContract(CONTRACT);
    expect(markdown).toContain("| **AC2** | npm run lint passes | command: a check passes |");
    expect(markdown.indexOf("Open: this could not be found")).toBe(2);
    expect(markdown.indexOf("**What will not change**")).toBeLessThan(
      markdown.indexOf("<details>"),
    );
    expect(markdown.indexOf("**May change**")).toBeGreaterThan(markdown.indexOf("<details>"));
  });

  test.each([
    ["a bar", "a | b", "| **AC1** | a `` \\| `` b |"],
    [
      "a bar behind a backslash, where readers of tables disagree",
      "a \\| b",
      "- **AC1** a `` \\| `` b (",
    ],
  ])("%s in a criterion", (_, statement, shown) => {
    const contract = {
      ...CONTRACT,
      acceptance: [{ id: "AC1", kind: "keeps" as const, statement }],
    };
    expect(renderContract(contract)).toContain(shown);
    expect(parseContract(renderContract(contract))).toEqual({ contract });
  });

  test("a criterion whose tests come with the change says so, and only then is another contract", () => {
    const [first, ...rest] = CONTRACT.acceptance;
    if (first === undefined) throw new Error("the contract has no criterion");
    const contract = { ...CONTRACT, acceptance: [{ ...first, shape: "open" as const }, ...rest] };
    const markdown = renderContract(contract);
    expect(markdown).toContain("passes after, tests with the change |");
    expect(parseContract(markdown)).toEqual({ contract });
    expect(renderContract(CONTRACT)).not.toContain("tests with the change");
    expect(parseContract(markdown.replace("with the change", "some day"))).toHaveProperty("fault");
  });

  test("line ends of the web editor do not matter", () => {
    const edited = `${renderContract(CONTRACT).replaceAll("\n", "\r\n")}\r\n\r\n`;
    expect(parseContract(edited)).toEqual({ contract: CONTRACT });
  });

  test.each([
    ["", "goal"],
    ["hello", "text outside any section"],
    [renderContract(CONTRACT).replace("**Checks**", "**Cheques**"), 'unknown section "Cheques"'],
    [renderContract(CONTRACT).replace("- lint", "lint"), 'expected "- …"'],
    [renderContract(CONTRACT).replace("changes:", "prayer:"), "with one of changes"],
    [renderContract(CONTRACT).replace("**AC2**", "**AC1**"), "ids must differ"],
    [`${renderContract(CONTRACT)}\n\n**Goal:** another`, "not stand exactly as it was written"],
    [
      renderContract(CONTRACT).replace("- lint", "- a @user b"),
      "not stand exactly as it was written",
    ],
    [renderContract(CONTRACT).replace("- lint", "- lint\u200b"), "visible"],
  ])("%# refuses what a person could not have meant", (markdown, reason) => {
    const parsed = parseContract(markdown);
    expect("fault" in parsed ? parsed.fault : "accepted").toContain(reason);
  });

  const TEXT = renderContract(CONTRACT);

  const PATH = "- `` src/** ``";

  test.each([
    ["a heading of another form", TEXT.replace("**Checks**", "#### Checks")],
    ["a heading behind a word", TEXT.replace("**Checks**", "a **Checks**")],
    ["a goal behind a word", TEXT.replace("**Goal:**", "x **Goal:**")],
    ["a criterion behind a word", TEXT.replace("| **AC1**", "x | **AC1**")],
    ["a row without its end", TEXT.replace("passes after |", "passes after")],
    ["a row of another proof", TEXT.replace("changes: a test", "changes: no test")],
    ["a table without its head", TEXT.replace(/^\| \| Done.*\n/m, "")],
    ["a table with its head twice", TEXT.replace(/^(\| \| Done.*)$/m, "$1\n$1")],
    ["a fold that stays open", TEXT.replace("</details>", "")],
    ["a fold around what people decide by", `<details>\n\n${TEXT}`],
    [
      "a blank line less, so that a fold is no Markdown",
      TEXT.replace("context</summary>\n", "context</summary>"),
    ],
    ["a blank line more, so that a table ends", TEXT.replace("| **AC2**", "\n| **AC2**")],
    ["a list with another bullet", TEXT.replace("- lint", "* lint")],
    ["a list without a bullet", TEXT.replace("- lint", "lint")],
    ["prose that needs its code span", TEXT.replace(PATH, "- src/**")],
    ["a code span with an open end", TEXT.replace(PATH, "- `` src/**")],
    ["a code span with an open beginning", TEXT.replace(PATH, "- src/** ``")],
    ["a code span without a blank before", TEXT.replace(PATH, "- ``src/** ``")],
    ["a code span without a blank behind", TEXT.replace(PATH, "- `` src/**``")],
    ["two fences alone", TEXT.replace(PATH, "- `` ``")],
    ["an empty code span", TEXT.replace(PATH, "- ``  ``")],
    ["a shorter fence at the end", TEXT.replace(PATH, "- `` src/** `")],
    ["a longer fence than it needs", TEXT.replace(PATH, "- ``` src/** ```")],
    ["a code span that prose does not need", TEXT.replace("- lint", "- `` lint ``")],
    ["another way to mark its code", TEXT.replace(PATH, "- ` src/** `")],
    ["a word behind the code span", TEXT.replace(PATH, `${PATH} x`)],
    ["blanks before a line", TEXT.replace("- lint", "  - lint")],
    ["a text beyond all bounds", TEXT.replace("- lint", `- ${"lint ".repeat(2_000)}`)],
  ])("%s is refused, or is another contract", (_, markdown) => {
    expect(markdown).not.toBe(TEXT);
    const parsed = parseContract(markdown);
    if ("fault" in parsed) return;
    expect(parsed.contract).not.toEqual(CONTRACT);
    expect(visible(renderContract(parsed.contract))).toEqual(visible(markdown));
  });

  test("blanks behind a line do not matter", () => {
    expect(parseContract(TEXT.replaceAll("\n", "  \n"))).toEqual({ contract: CONTRACT });
  });

  test.each([
    [
      "a line of a list",
      TEXT.replace("- lint", "x".repeat(100)),
      `expected "- …", found "${"x".repeat(80)}"`,
    ],
    [
      "a criterion",
      TEXT.replace("| **AC1**", `| ${"x".repeat(100)}`),
      `expected "| **AC1** | … | changes: … |" with one of changes, keeps, gone, command, judgement, found "| ${"x".repeat(78)}"`,
    ],
    ["a text", "y".repeat(100), `text outside any section: "${"y".repeat(80)}"`],
    ["a goal", "**Goal:** `` x", 'expected a text after "Goal"'],
    ["no goal", "", "goal: expected text that is not empty"],
    ["a wrong id", TEXT.replace("**AC1**", "**AC1000**"), "acceptance.0.id: "],
  ])("what is wrong with %s is said, and bounded", (_, markdown, fault) => {
    const parsed = parseContract(markdown);
    expect("fault" in parsed ? parsed.fault : "").toContain(fault);
  });

  test("a contract that goes on behind its end does not stand as it was written", () => {
    expect(parseContract(`${TEXT}\n\n${TEXT.slice(TEXT.indexOf("**Checks**"))}`)).toEqual({
      fault: "does not stand exactly as it was written",
      line: expect.any(Number),
    });
  });

  test("a fault names its line", () => {
    expect(parseContract("**Goal:** x\n\n| | Done when | Proof |\n\n| nonsense")).toMatchObject({
      line: 5,
    });
  });
});

function visible(markdown: string): readonly string[] {
  return markdown.split("\n").filter((line) => line.trim() !== "");
}

test.each([
  ["a", "` a `"],
  ["a`b", "`` a`b ``"],
  ["``", "``` `` ```"],
])("codeSpan(%j)", (text, expected) => {
  expect(codeSpan(text)).toBe(expected);
});
