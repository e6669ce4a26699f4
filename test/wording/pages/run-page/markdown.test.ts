import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ownMarkdown, peoplesMarkdown } from "../../../../src/wording/pages/run-page/markdown.ts";
import { cases } from "../../../cases.ts";
import { hostileText } from "../../hostile-text.ts";

const TAGS =
  "blockquote br code del div em h4 hr li ol p pre strong table tbody td th thead tr ul".split(" ");

function bodyOf(text: string): string {
  return peoplesMarkdown(text).markup.replace(/^<div class="people">([\s\S]*)<\/div>$/u, "$1");
}

describe("the Markdown of people", () => {
  test.each([
    ["a **b** _c_ ~~d~~ `e`", "<p>a <strong>b</strong> <em>c</em> <del>d</del> <code>e</code></p>"],
    ["# a", "<h4>a</h4>"],
    ["1. a\n2. b", "<ol><li><p>a</p></li><li><p>b</p></li></ol>"],
    ["- [x] a\n- [ ] b", "<ul><li>☑ <p>a</p></li><li>☐ <p>b</p></li></ul>"],
    ["> a", "<blockquote><p>a</p></blockquote>"],
    ["```js\n<b>\n```", "<pre>&lt;b&gt;</pre>"],
    ["a <img src=x onerror=y> b", "<p>a <code>&lt;img src=x onerror=y&gt;</code> b</p>"],
    ["<!-- hidden -->", "<code>&lt;!-- hidden --&gt;</code>"],
    ["![a cat](https://x.example/c.png)", "<p>[picture: a cat]</p>"],
    ["[a](javascript:b)", "<p>a <code>javascript:b</code></p>"],
    ["[your bank](https://evil.example)", "<p>your bank <code>https://evil.example</code></p>"],
    ["see https://x.example", "<p>see https://x.example</p>"],
    ["[^1]\n\n[^1]: b", "<p><code>[^1]</code></p><div><p>b</p></div>"],
    ["a\u200bb", "<p>a⟨U+200B⟩b</p>"],
  ])("%j", (text, expected) => {
    expect(bodyOf(text)).toBe(expected);
  });

  test("a table scrolls by itself, and its cells are text", () => {
    expect(bodyOf("|a|b|\n|-|-|\n|<i>|`c`|")).toBe(
      '<div class="wide"><table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td><code>&lt;i&gt;</code></td><td><code>c</code></td></tr></tbody></table></div>',
    );
  });

  test.each([
    ["a longer text than is read", "word **word** ".repeat(2_000)],
    ["quotes within quotes", `${"> ".repeat(10_000)}a`],
    ["lists within lists", `${"- ".repeat(5_000)}a`],
  ])("stands as it was written: %s", (_, text) => {
    expect(peoplesMarkdown(text).markup).toMatch(/^<div class="written">/u);
  });

  test("ends where parts stand within too many others", () => {
    const text = Array.from({ length: 60 }, (_, depth) => `${"  ".repeat(depth)}- a${depth}`).join(
      "\n",
    );
    const { markup } = peoplesMarkdown(text);
    expect(markup.length).toBeLessThan(20_000);
    expect(markup).toContain("a59");
  });

  test("no text makes another tag or an attribute", () => {
    fc.assert(
      fc.property(fc.array(hostileText(), { maxLength: 4 }), (parts) => {
        const body = bodyOf(parts.join("\n\n")).replaceAll('<div class="wide">', "<div>");
        for (const [, name = "", rest] of body.matchAll(/<\/?([^\s>]*)([^>]*)>/gu)) {
          expect(TAGS).toContain(name);
          expect(rest === "" || rest === ' class="written"').toBe(true);
        }
        for (const hidden of ["\u200b", "\u202e", "\u001b"]) expect(body).not.toContain(hidden);
      }),
      cases(300),
    );
  });
});

test("Markdown of the factory's own stands with its folds, without addresses and lines for machines", () => {
  const own =
    "> [!NOTE]\n> Staged.\n\n<details open><summary><b>A comment</b></summary>\n\n[run](https://github.com/OWNER/a) `<b>`\n\n<details><summary>Log</summary>\n\n```json\n{}\n```\n\n</details>\n\n</details>";
  expect(ownMarkdown(own).markup).toBe(
    '<div class="people"><blockquote><p>Staged.</p></blockquote><details open><summary>A comment</summary><p>run <code>&lt;b&gt;</code></p><details><summary>Log</summary><p class="quiet">(lines for machines)</p></details></details></div>',
  );
});
