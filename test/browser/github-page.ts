import { readFileSync } from "node:fs";
import { micromark } from "micromark";
import { gfm, gfmHtml } from "micromark-extension-gfm";

const STYLE = readFileSync(
  new URL("../../node_modules/github-markdown-css/github-markdown.css", import.meta.url),
  "utf8",
);

/**
 * Markdown of the factory as GitHub shows it: its own style sheet, in the column of a comment, which is 780 pixels wide at
 * most and leaves 16 at each side. Alerts are drawn as GitHub draws them; the picture of the line stays text.
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
<body><main class="markdown-body">${withAlerts(html)}</main></body></html>`;
}

function withAlerts(html: string): string {
  return html.replace(
    /<blockquote>\s*<p>\[!(IMPORTANT|NOTE|TIP|WARNING|CAUTION)\]\s*/gu,
    (_, kind: string) =>
      `<blockquote class="markdown-alert markdown-alert-${kind.toLowerCase()}"><p class="markdown-alert-title">${kind}</p><p>`,
  );
}
