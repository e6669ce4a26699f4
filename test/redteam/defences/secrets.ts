import type { Defence } from "../defence.ts";

/** What is looked through before it leaves. */
export const OF_SECRETS: readonly Defence[] = [
  {
    id: "known-secrets",
    what: "what a worker hands on is looked through for the job's own secrets, in every form",
    edits: [
      {
        file: "src/domain/secrets/scan.ts",
        find: "const found = find(squeeze(view));",
        replace: "const found = index < 0 ? find(squeeze(view)) : undefined;",
      },
    ],
    attacks: ["OUT-05a", "OUT-05b"],
  },
  {
    id: "forms-of-secrets",
    what: "a secret is known in the forms in which it can be written",
    edits: [
      {
        file: "src/domain/secrets/scan.ts",
        find: "for (const [index, view] of viewsOf(text, options.inflate).entries()) {",
        replace: "for (const [index, view] of [text].entries()) {",
      },
    ],
    attacks: ["OUT-05h", "OUT-05k", "OUT-05d"],
  },
  {
    id: "looks-like-a-secret",
    what: "what looks like a secret is not published",
    edits: [
      {
        file: "src/domain/secrets/scan.ts",
        find: 'return { rule: name, line: text.slice(0, match.index).split("\\n").length };',
        replace:
          'if (text === "") return { rule: name, line: text.slice(0, match.index).split("\\n").length };',
      },
    ],
    attacks: ["OUT-05m", "OUT-05n"],
  },
];
