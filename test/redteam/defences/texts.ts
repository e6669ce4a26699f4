import type { Defence } from "../defence.ts";

/** What words of others are where people and runners read them. */
export const OF_TEXTS: readonly Defence[] = [
  {
    id: "quoted-log",
    what: "text of others in a log is quoted line by line",
    edits: [
      {
        file: "src/adapters/runner/quote.ts",
        find: "`| ${breakLegacy(stripHidden(line))}`",
        replace: "line",
      },
    ],
    attacks: ["WF-03a"],
  },
  {
    id: "one-renderer",
    what: "text of others is shown as inert Markdown",
    edits: [
      {
        file: "src/wording/safe-text.ts",
        find: "export function safeText(text: string): string {",
        replace:
          'export function safeText(text: string): string {\n  if (text !== "") return text;',
      },
    ],
    attacks: ["OUT-01a", "OUT-04a"],
  },
  {
    id: "plain-titles",
    what: "words of others in titles and commit messages mention and close nothing",
    edits: [
      {
        file: "src/wording/safe-text.ts",
        find: 'return oneLine(text)\n    .replaceAll("[", "(")',
        replace: 'if (text !== "") return text;\n  return oneLine(text)\n    .replaceAll("[", "(")',
      },
    ],
    attacks: ["OUT-04a", "GIT-18a", "OUT-01a"],
  },
  {
    id: "no-bar-in-cells",
    what: "words of others do not end the cell of a table",
    edits: [
      {
        file: "src/wording/safe-text.ts",
        find: 'return safeText(text.replaceAll("|", "¦"));',
        replace: "return text;",
      },
    ],
    attacks: ["OUT-01a", "OUT-01d", "OUT-04a"],
  },
  {
    id: "nothing-hidden",
    what: "characters that nobody sees are taken out of what is shown",
    edits: [
      {
        file: "src/wording/safe-text.ts",
        find: 'const line = withoutHidden(text).replace(/\\s+/gu, " ").trim();',
        replace: 'const line = text.replace(/\\s+/gu, " ").trim();',
      },
    ],
    attacks: ["IN-02a", "IN-05a"],
  },
];
