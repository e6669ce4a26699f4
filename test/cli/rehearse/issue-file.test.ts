import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readIssueText } from "../../../src/cli/rehearse/issue-file.ts";
import { ANY_CHARACTER } from "../../any-character.ts";

const read = (text: string) => readIssueText(Buffer.from(text), "crash.md");

describe("the title and the body of an issue", () => {
  test.each([
    {
      what: "a heading",
      text: "# 0 kg costs 7.40\n\nIt should not.\n",
      title: "0 kg costs 7.40",
      body: "It should not.",
    },
    {
      what: "a closed heading after blank lines",
      text: "\n\n## Prices ##\ntext",
      title: "Prices",
      body: "text",
    },
    { what: "one word", text: "Crash", title: "Crash", body: "" },
    {
      what: "a plain first line",
      text: "Weights below 0\nare accepted.",
      title: "Weights below 0",
      body: "are accepted.",
    },
    {
      what: "Windows line ends, kept in the body",
      text: "# Title\r\n\r\none\r\ntwo\r\n",
      title: "Title",
      body: "one\r\ntwo",
    },
    { what: "a byte order mark", text: "\uFEFF# Title\nbody", title: "Title", body: "body" },
    {
      what: "another language",
      text: "# 負の重量が受け付けられる\n\n修正してください。",
      title: "負の重量が受け付けられる",
      body: "修正してください。",
    },
    {
      what: "only an image: its words are the title, and the image stays",
      text: "![a red price](https://example.com/a.png)",
      title: "a red price",
      body: "![a red price](https://example.com/a.png)",
    },
    {
      what: "only an image without words: the file is the title",
      text: "![](a.png)",
      title: "crash.md",
      body: "![](a.png)",
    },
    {
      what: "a task list stays whole",
      text: "- [ ] refuse 0\n- [x] refuse -1",
      title: "refuse 0",
      body: "- [ ] refuse 0\n- [x] refuse -1",
    },
    {
      what: "a table stays whole",
      text: "| weight | price |\n|---|---|\n| 0 | 7.40 |",
      title: "weight price",
      body: "| weight | price |\n|---|---|\n| 0 | 7.40 |",
    },
    {
      what: "front matter with a title",
      text: "---\nname: Bug\ntitle: 'Prices: wrong'\nlabels: [bug]\n---\n# What\n\nIt is wrong.",
      title: "Prices: wrong",
      body: "# What\n\nIt is wrong.",
    },
    {
      what: "front matter without one",
      text: "---\nname: Bug\n---\n\n# What\nIt is wrong.",
      title: "What",
      body: "It is wrong.",
    },
    {
      what: "a rule that is no front matter",
      text: "---\nIt is wrong.\n---\nReally.",
      title: "--",
      body: "---\nIt is wrong.\n---\nReally.",
    },
  ])("$what", ({ text, title, body }) => {
    expect(read(text)).toEqual({ title, body });
  });

  test("a first line that is too long for a title stays in the body", () => {
    const line = "word ".repeat(100).trim();
    const issue = read(line);
    expect(issue).toEqual({ title: expect.stringMatching(/^.{255}…$/), body: line });
  });

  test("60,000 characters are an issue", () => {
    expect(read(`# Long\n${"x".repeat(60_000)}`)).toMatchObject({ title: "Long" });
  });
});

describe("what is no issue", () => {
  test.each([
    { what: "nothing", bytes: Buffer.from(" \r\n\t"), fault: /is empty/ },
    { what: "bytes", bytes: Buffer.from([0xff, 0xfe, 0x00]), fault: /no UTF-8 text/ },
    { what: "a zero", bytes: Buffer.from("a\0b"), fault: /no UTF-8 text/ },
    {
      what: "more than GitHub holds",
      bytes: Buffer.from(`# T\n${"x".repeat(65_537)}`),
      fault: /has 65537 characters; .* at most 65536/,
    },
  ])("$what", ({ bytes, fault }) => {
    expect(readIssueText(bytes, "x.md")).toEqual({ fault: expect.stringMatching(fault) });
  });
});

test("any text has a title within GitHub's bound, or a fault", () => {
  fc.assert(
    fc.property(fc.string({ unit: ANY_CHARACTER, maxLength: 400 }), (text) => {
      const issue = read(text);
      if ("fault" in issue) return;
      expect(issue.title.length).toBeGreaterThan(0);
      expect(issue.title.length).toBeLessThanOrEqual(256);
      expect(issue.title).not.toMatch(/[\r\n]/);
    }),
  );
});
