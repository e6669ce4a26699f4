import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { codeSpan, parseContract, renderContract } from "../../src/domain/contract-markdown.ts";
import { isVisible } from "../../src/domain/text/hidden-text.ts";
import { cases } from "../cases.ts";
import { harmOf } from "../wording/markdown-tree.ts";
import { anyContract, CONTRACT } from "./contracts.ts";

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

  test("line ends of the web editor do not matter", () => {
    const edited = `${renderContract(CONTRACT).replaceAll("\n", "\r\n")}\r\n\r\n`;
    expect(parseContract(edited)).toEqual({ contract: CONTRACT });
  });

  test.each([
    ["", "goal"],
    ["hello", "text outside any section"],
    [renderContract(CONTRACT).replace("#### Checks", "#### Cheques"), 'unknown section "Cheques"'],
    [renderContract(CONTRACT).replace("- ` lint `", "- lint"), 'expected "- ` … `"'],
    [renderContract(CONTRACT).replace("(test)", "(prayer)"), "expected"],
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
