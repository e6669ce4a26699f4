import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isVisible } from "../../src/domain/text/hidden-text.ts";
import { codeSpan, parseContract, renderContract } from "../../src/wording/contract-markdown.ts";
import { cases } from "../cases.ts";
import { anyContract, CONTRACT } from "../domain/contracts.ts";
import { harmOf } from "./markdown-tree.ts";

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
        expect(harmOf(markdown)).toEqual({ images: 0, html: [], links: [], live: [] });
        expect(isVisible(markdown.replaceAll("\n", ""))).toBe(true);
      }),
      cases(300),
    );
  });

  test("a criterion whose tests come with the change says so, and only then is another contract", () => {
    const [first, ...rest] = CONTRACT.acceptance;
    if (first === undefined) throw new Error("the contract has no criterion");
    const contract = { ...CONTRACT, acceptance: [{ ...first, shape: "open" as const }, ...rest] };
    const markdown = renderContract(contract);
    expect(markdown).toContain(`- **${first.id}** (${first.kind}, tests with the change) `);
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
    [renderContract(CONTRACT).replace("#### Checks", "#### Cheques"), 'unknown section "Cheques"'],
    [renderContract(CONTRACT).replace("- ` lint `", "- lint"), 'expected "- ` … `"'],
    [renderContract(CONTRACT).replace("(changes)", "(prayer)"), "expected"],
    [renderContract(CONTRACT).replace("**AC2**", "**AC1**"), "ids must differ"],
    [
      `${renderContract(CONTRACT)}\n\n**Goal** \` another \``,
      "not stand exactly as it was written",
    ],
    [
      renderContract(CONTRACT).replace("` lint `", "` a ` @user ` b `"),
      "not stand exactly as it was written",
    ],
    [renderContract(CONTRACT).replace("lint ", "lint\u200b "), "visible"],
  ])("%# refuses what a person could not have meant", (markdown, reason) => {
    const parsed = parseContract(markdown);
    expect("fault" in parsed ? parsed.fault : "accepted").toContain(reason);
  });

  const TEXT = renderContract(CONTRACT);

  test.each([
    ["a heading of a lower level", TEXT.replace("#### Checks", "##### Checks")],
    ["a heading behind a word", TEXT.replace("#### Checks", "a #### Checks")],
    ["a goal behind a word", `x ${TEXT}`],
    ["a criterion behind a word", TEXT.replace("- **AC1**", "x - **AC1**")],
    ["a list with another bullet", TEXT.replace("- ` lint `", "* ` lint `")],
    ["a list without a bullet", TEXT.replace("- ` lint `", "` lint `")],
    ["a code span with no fence", TEXT.replace("- ` lint `", "-  lint ")],
    ["a code span with an open end", TEXT.replace("- ` lint `", "- ` lint")],
    ["a code span with an open beginning", TEXT.replace("- ` lint `", "- lint `")],
    ["a code span without a blank before", TEXT.replace("- ` lint `", "- `lint `")],
    ["a code span without a blank behind", TEXT.replace("- ` lint `", "- ` lint`")],
    ["a fence alone", TEXT.replace("- ` lint `", "- `")],
    ["two fences alone", TEXT.replace("- ` lint `", "- ` `")],
    ["an empty code span", TEXT.replace("- ` lint `", "- `  `")],
    ["a shorter fence at the end", TEXT.replace("- ` lint `", "- `` lint `")],
    ["a longer fence at the end", TEXT.replace("- ` lint `", "- ` lint ``")],
    ["a longer fence than it needs", TEXT.replace("- ` lint `", "- `` lint ``")],
    ["a word behind the code span", TEXT.replace("- ` lint `", "- ` lint ` x")],
    ["a criterion without its code span", TEXT.replace(/(\*\*AC1\*\* \(\w+\)) .*/, "$1 x")],
    ["a goal without its code span", TEXT.replace(/^\*\*Goal\*\* .*/, "**Goal** x")],
    ["blanks before a line", TEXT.replace("- ` lint `", "  - ` lint `")],
  ])("%s is refused", (_, markdown) => {
    expect(markdown).not.toBe(TEXT);
    expect(parseContract(markdown)).toHaveProperty("fault");
  });

  test("blanks behind a line do not matter", () => {
    expect(parseContract(TEXT.replaceAll("\n", "  \n"))).toEqual({ contract: CONTRACT });
  });

  test.each([
    [
      "a line of a list",
      TEXT.replace("- ` lint `", `- ${"x".repeat(100)}`),
      `expected "- \` … \`", found "- ${"x".repeat(78)}"`,
    ],
    [
      "a criterion",
      TEXT.replace("- **AC1**", `- ${"x".repeat(100)}`),
      `expected "- **AC1** (changes) \` … \`", found "- ${"x".repeat(78)}"`,
    ],
    ["a text", "y".repeat(100), `text outside any section: "${"y".repeat(80)}"`],
    ["a goal", "**Goal** x", 'expected a code span after "Goal"'],
    ["no goal", "", "goal: Too small"],
    ["no tools", TEXT.replace("**AC1**", "**AC1000**"), "acceptance.0.id: "],
  ])("what is wrong with %s is said, and bounded", (_, markdown, fault) => {
    const parsed = parseContract(markdown);
    expect("fault" in parsed ? parsed.fault : "").toContain(fault);
  });

  test("a contract that goes on behind its end does not stand as it was written", () => {
    expect(parseContract(`${TEXT}\n\n${TEXT.slice(TEXT.indexOf("#### Checks"))}`)).toEqual({
      fault: "does not stand exactly as it was written",
      line: expect.any(Number),
    });
  });

  test("a fault names its line", () => {
    expect(parseContract("**Goal** ` x `\n\n#### Acceptance\n\n- nonsense")).toMatchObject({
      line: 5,
    });
  });
});

test.each([
  ["a", "` a `"],
  ["a`b", "`` a`b ``"],
  ["``", "``` `` ```"],
])("codeSpan(%j)", (text, expected) => {
  expect(codeSpan(text)).toBe(expected);
});
