import { describe, expect, test } from "vitest";
import { parseXml } from "../../../src/workers/checks/xml.ts";
import { manyOf } from "../../cases.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const said = (text: string) => {
  const parsed = parseXml(bytes(text));
  return "problem" in parsed ? parsed.problem : "read";
};

describe("a document that would take minutes or gigabytes is refused before it is read", () => {
  test.each([
    ["elements", `<a>${"<b/>".repeat(3_000_001)}</a>`],
    ["attributes", `<a><b ${"c='' ".repeat(3_000_001)}/></a>`],
    [
      "attributes behind a comment that ends",
      `<a><!-- < = --><b ${"c='' ".repeat(3_000_001)}/></a>`,
    ],
  ])("%s", (_title, text) => {
    expect(said(text)).toBe("XML of more than 3000000 tags and attributes, or 1000 in one");
  });

  // Each would be a tag and an attribute: of both together, more than a document may have.
  test.each([
    ["CDATA", `<a><![CDATA[${"<b c=d>".repeat(1_500_001)}]]></a>`],
    ["a comment", `<a><!--${"<b c=d>".repeat(1_500_001)}--></a>`],
    // One attribute more than a tag may have, and by night as many as a document may have.
    ["quotes", `<a b="${"x='y' ".repeat(manyOf(3_000_001))}"/>`],
  ])("but what stands in %s is text", (_title, text) => {
    expect(said(text)).toBe("read");
  });

  test.each([
    ["a quote that never ends", `<a b="`],
    ["CDATA that never ends", "<a><![CDATA["],
    ["a tag that never ends", "<a "],
  ])("%s is told as what it is", (_title, text) => {
    expect(said(text)).toMatch(/^not well-formed XML/);
  });
});
