import { readFileSync } from "node:fs";
import { micromark } from "micromark";
import { gfm, gfmHtml } from "micromark-extension-gfm";
import type { Page } from "playwright-core";

const STYLE = readFileSync(
  new URL("../../node_modules/github-markdown-css/github-markdown.css", import.meta.url),
  "utf8",
);
const MERMAID = readFileSync(
  new URL("../../node_modules/@mermaid-js/tiny/dist/mermaid.tiny.js", import.meta.url),
  "utf8",
);

/**
 * Markdown of the factory as GitHub shows it: its own style sheet, in the column of a comment, which is 780 pixels wide at
 * most and leaves 16 at each side. Alerts are drawn as GitHub draws them; charts are left for `drawCharts`.
 */
export function githubPage(markdown: string): string {
  const html = micromark(markdown, {
    allowDangerousHtml: true,
    extensions: [gfm()],
    htmlExtensions: [gfmHtml()],
  });
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>GitHub</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>${STYLE}
:root{color-scheme:light dark}body{margin:0;background:light-dark(#fff,#0d1117)}
main{max-width:780px;margin:0 auto;padding:16px;box-sizing:border-box}</style></head>
<body><main class="markdown-body">${withCharts(withAlerts(html))}</main></body></html>`;
}

/** Draws the charts of a page as GitHub does, in its reader's colours. */
export async function drawCharts(page: Page, scheme: "light" | "dark"): Promise<void> {
  if ((await page.$(".mermaid")) === null) return;
  await page.addScriptTag({ content: MERMAID });
  const theme = scheme === "dark" ? "dark" : "default";
  await page.evaluate(
    `mermaid.initialize({ startOnLoad: false, theme: "${theme}" }); mermaid.run()`,
  );
}

function withCharts(html: string): string {
  return html.replace(
    /<pre><code class="language-mermaid">([\s\S]*?)<\/code><\/pre>/gu,
    (_, drawn: string) => `<div class="mermaid">${drawn}</div>`,
  );
}

function withAlerts(html: string): string {
  return html.replace(
    /<blockquote>\s*<p>\[!(IMPORTANT|NOTE|TIP|WARNING|CAUTION)\]\s*/gu,
    (_, kind: string) =>
      `<blockquote class="markdown-alert markdown-alert-${kind.toLowerCase()}"><p class="markdown-alert-title">${kind}</p><p>`,
  );
}
