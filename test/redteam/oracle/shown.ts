import { harmOf } from "../../wording/markdown-tree.ts";
import { type Invariant, landed, type Observation, type SeenRequest } from "../observation.ts";

const FOLD = /^<\/?(details|summary|br)( open)?\/?>|^<details><summary>[^<>]*<\/summary>$/;
const MENTION = /(^|[^\w`])[@＠﹫][A-Za-z0-9]/u;
const CLOSING =
  /\b(?:close[sd]?|fix(?:es|ed)?|resolve[sd]?)\b:?\s+(?:[\w.-]+\/[\w.-]+)?(?:#|gh-|https?:\/\/\S*\/(?:issues|pull)\/)(\d+)/giu;
/** Invisible, bidirectional, control: tab and line feed excepted, emoji's variation selector too. */
const HIDDEN = /[\p{Cc}\p{Cf}\u115f\u1160\u3164\uffa0\u17b4\u17b5\u2800\u2028\u2029\ufffc]|\u034f/u;

/** The part of I1 that is about texts: nothing that the factory shows mentions, closes, loads, links away or hides. */
export const textsAreInert: Invariant = (seen) =>
  seen.requests
    .filter(({ caller, method }) => caller.kind === "job" && method !== "GET")
    .flatMap((request) =>
      textsOf(request).flatMap(({ field, text }) =>
        faultsOf(text, field, seen).map((fault) =>
          landed("I1", `${fault} in the ${field} of ${request.method} ${request.path}`),
        ),
      ),
    );

const SHOWN = ["title", "body", "message", "commit_title", "commit_message", "summary"];
const MARKDOWN = ["body", "summary"];

function textsOf({
  body,
  path,
}: SeenRequest): readonly { readonly field: string; readonly text: string }[] {
  if (!/\/(comments(\/\d+)?|pulls|issues|merge|commits|check-runs(\/\d+)?)$/.test(path)) return [];
  const value = JSON.parse(body || "{}") as Readonly<Record<string, unknown>>;
  const output = (value.output ?? {}) as Readonly<Record<string, unknown>>;
  return Object.entries({ ...value, ...output }).flatMap(([field, text]) =>
    SHOWN.includes(field) && typeof text === "string" ? [{ field, text }] : [],
  );
}

function faultsOf(text: string, field: string, seen: Observation): readonly string[] {
  const plain = text.replace(/[\t\n]/g, "");
  const hidden = HIDDEN.exec(plain);
  const faults =
    hidden === null ? [] : [`a hidden character U+${hidden[0].codePointAt(0)?.toString(16)}`];
  return [
    ...faults,
    ...(MARKDOWN.includes(field) ? markdownFaults(text, seen) : plainFaults(text, seen)),
  ];
}

/** The one line of ours that calls people, below a title of ours: those who may write. Whoever else is called is a fault. */
const OWN_CALL = /^(### Millwright · [^\n]+\n\n)@(?:OWNER|writer)(?:, @(?:OWNER|writer))*\n/;

function markdownFaults(markdown: string, seen: Observation): readonly string[] {
  const { images, html, links, live } = harmOf(markdown.replace(OWN_CALL, "$1"));
  const isOwn = (link: string) =>
    new RegExp(`^(http://127\\.0\\.0\\.1:\\d+)?/?${seen.repository}/|^#|^\\.\\.?/|^/`).test(link);
  return [
    ...(images > 0 ? ["an image"] : []),
    ...html
      .filter((tag) => !FOLD.test(tag.trim()))
      .map((tag) => `HTML ${JSON.stringify(tag.slice(0, 60))}`),
    ...links.filter((link) => !isOwn(link)).map((link) => `a link to ${link.slice(0, 80)}`),
    ...live.flatMap((piece) => plainFaults(piece, seen)),
  ];
}

function plainFaults(text: string, seen: Observation): readonly string[] {
  const closed = [...text.matchAll(CLOSING)].filter(
    ([, issue]) => !seen.deeds.issues.includes(Number(issue)),
  );
  return [
    ...(MENTION.test(text) ? [`a mention ${JSON.stringify(text.slice(0, 80))}`] : []),
    ...closed.map(([words]) => `the closing words ${JSON.stringify(words)}`),
  ];
}
