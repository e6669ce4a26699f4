import { createHash } from "node:crypto";
import fc from "fast-check";
import { XMLValidator } from "fast-xml-parser";
import { describe, expect, test } from "vitest";
import type { RunPageData } from "../../src/report/run-page/data.ts";
import { html, inlineHtml } from "../../src/report/run-page/html.ts";
import { renderRunPage } from "../../src/report/run-page.ts";
import { safeText } from "../../src/report/safe-text.ts";
import { hostileText } from "./hostile-text.ts";
import { RUN } from "./run-pages.ts";

/** The tags of a page, in order, without their attributes' values. */
function tagsOf(page: string): readonly string[] {
  return [...page.matchAll(/<\/?([a-z0-9]+)[\s>]/gi)].map(([tag]) => tag);
}

describe("the page of a run", () => {
  const page = renderRunPage(RUN);

  test("tells the story in order", () => {
    const headings = [...page.matchAll(/<h2>(.*?)<\/h2>/g)].map(([, title]) => title);
    expect(headings).toEqual([
      "The issue, as written",
      "The contract",
      "The plan",
      "The change",
      "The evidence",
      "The review",
      "The gate",
      "Live",
      "The ledger",
      "The jobs",
      "What it cost",
      "What was asked of GitHub",
      "What people did, and what this does not show",
    ]);
  });

  test("loads nothing and allows nothing but its own style", () => {
    expect(page).not.toMatch(
      /<(script|img|link|iframe|object|embed|form|base)\b|\ssrc=|\sstyle=|@import|url\(/i,
    );
    const style = /<style>(.*?)<\/style>/s.exec(page)?.[1] ?? "";
    const hash = createHash("sha256").update(style).digest("base64");
    expect(page).toContain(
      `content="default-src &#39;none&#39;; style-src &#39;sha256-${hash}&#39;; base-uri &#39;none&#39;; form-action &#39;none&#39;"`,
    );
    expect(style).toContain("prefers-color-scheme:dark");
  });

  test("is well-formed", () => {
    const body = page
      .slice(page.indexOf("<body>"), page.indexOf("</html>"))
      .replaceAll("<br>", "<br/>");
    expect(XMLValidator.validate(body.replaceAll('<details class="diff" open>', "<details>"))).toBe(
      true,
    );
  });

  test("links only where the addresses still answer", () => {
    expect(page).not.toContain("<a ");
    const linked = renderRunPage({
      ...RUN,
      repository: { name: "OWNER/notes", url: "https://github.com/OWNER/notes" },
    });
    expect(linked).toContain(
      '<a href="https://github.com/OWNER/notes/pull/4" rel="noreferrer">pull request 4</a>',
    );
  });

  test("a run that stopped early says what is missing", () => {
    const early: RunPageData = {
      repository: RUN.repository,
      outcome: { ok: false, stage: "needs-human", sentence: "The line is stopped." },
      startedAt: RUN.startedAt,
      durationMs: 900,
      scripted: false,
      issue: { ...RUN.issue, body: "" },
      evidence: [],
      gate: [],
      ledger: [],
      jobs: [],
      usage: RUN.usage,
      requests: [],
      refusals: [
        {
          code: "secret-missing",
          subject: "ANTHROPIC_API_KEY",
          next: "`gh secret set ANTHROPIC_API_KEY`",
        },
      ],
      humanActions: [],
      notImitated: [],
    };
    const text = renderRunPage(early);
    for (const sentence of [
      "(no text)",
      "No contract was made.",
      "Nothing was changed.",
      "No evidence was gathered.",
      "Nobody reviewed it.",
    ]) {
      expect(text).toContain(sentence);
    }
    expect(text).toContain("A secret is not set");
    expect(text).toContain("<code>gh secret set ANTHROPIC_API_KEY</code>");
    expect(text).toContain('<li class="here no">needs-human</li>');
    expect(text).not.toContain("played from a script");
  });

  test("no text of others becomes markup", () => {
    fc.assert(
      fc.property(hostileText(), (words) => {
        const filled = renderRunPage(fill(RUN, words));
        const plain = renderRunPage(fill(RUN, "x"));
        expect(tagsOf(filled)).toEqual(tagsOf(plain));
        for (const hidden of ["\u200b", "\u202e", "\u001b"]) expect(filled).not.toContain(hidden);
      }),
      { numRuns: 200 },
    );
  });
});

/** The data with the same foreign words at every place where the page shows a free text. */
function fill(data: RunPageData, words: string): RunPageData {
  return {
    ...data,
    repository: { name: words },
    outcome: { ...data.outcome, sentence: words },
    issue: { number: 3, title: words, body: `${words}.`, author: words, labels: [words] },
    plan: { steps: [words], files: [] },
    ...(data.change === undefined
      ? {}
      : {
          change: {
            ...data.change,
            summary: words,
            assumptions: [words],
            diff: `diff --git a/x b/x\n+${words.replaceAll(/\s/g, " ")}`,
          },
        }),
    ...(data.verdict === undefined
      ? {}
      : {
          verdict: {
            ...data.verdict,
            summary: words,
            smallestRollback: `${words}.`,
            notVerified: [words],
            findings: [
              {
                severity: "major",
                path: words,
                line: 1,
                claim: words,
                howItFails: words,
                suggestion: words,
              },
            ],
          },
        }),
    gate: [{ name: words, ok: false, sentence: words }],
    jobs: [{ name: words, kind: "worker", result: "success", startMs: 0, durationMs: 1 }],
    requests: [{ method: words, route: words, count: 1 }],
    humanActions: [words],
    notImitated: [words],
  };
}

describe("html", () => {
  test("escapes what is text and keeps what is markup", () => {
    expect(html`<b title="${'"'}">${"<&>'"}${html`<i>${1}</i>`}${undefined}</b>`.markup).toBe(
      '<b title="&quot;">&lt;&amp;&gt;&#39;<i>1</i></b>',
    );
  });

  test.each([
    ["a `b` c", false, "a <code>b</code> c"],
    ["`` a`b ``", false, "<code>a`b</code>"],
    ["[x](https://github.com/o)", true, '<a href="https://github.com/o" rel="noreferrer">x</a>'],
    ["[`x`](https://github.com/o) y", false, "<code>x</code> y"],
    ["[x](javascript:y)", true, "x"],
    ["<b>", true, "&lt;b&gt;"],
  ])("inlineHtml(%j)", (markdown, links, expected) => {
    expect(inlineHtml(markdown, links).markup).toBe(expected);
  });

  test("inlineHtml of any safe text holds nothing but code", () => {
    fc.assert(
      fc.property(hostileText(), (words) => {
        const { markup } = inlineHtml(safeText(words), true);
        expect(markup.replaceAll(/<\/?code>/g, "")).not.toMatch(/[<>]/);
      }),
      { numRuns: 500 },
    );
  });
});
