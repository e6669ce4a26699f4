import type { Nodes } from "mdast";
import { lineOf, nodesOf, type Page, wordsOf } from "./markdown.ts";

/** Longest sentence of a page, in words; code counts as one word. Google's style guide asks for shorter ones; a list or table takes the rest. */
export const MOST_WORDS = 35;

/** Words that a reader of plain American English stumbles over, each with what to write. Source: developers.google.com/style/word-list, and pages of ours that were hard to read. */
const PLAINER: readonly (readonly [said: RegExp, instead: string])[] = [
  [/\banew\b/i, "again"],
  [/\bmerely\b/i, "only, or leave it out"],
  [/\bin order to\b/i, "to"],
  [/\butili[sz]e/i, "use"],
  [/\b(?:e\.g\.|i\.e\.|etc\.)/i, "for example, that is, and so on"],
  [/\bfor want of\b/i, "without, because there is no"],
  [/\ball the same\b/i, "still"],
  [/\bstands? otherwise\b/i, "differs"],
  [/\bby looking\b/i, "say what is looked at"],
  [/\bin hand\b/i, "under way, at work"],
  [/\bwhat becomes? of\b/i, "what happens to"],
  [/\bcomes? of (?:it|this|that|them)\b/i, "follows"],
  [/\brings? for\b/i, "starts a run for"],
  [/\borganisation/i, "organization"],
  [/\bbehaviour/i, "behavior"],
  [/\bcolour/i, "color"],
  [/\bfavour/i, "favor"],
  [/\brecogni[s]e/i, "recognize"],
];

const PROSE: readonly string[] = ["paragraph", "heading", "tableCell"];

/** What is wrong with the sentences of a page, each with its line. */
export function proseFaults(page: Page): readonly string[] {
  return nodesOf(page.tree)
    .filter(({ type }) => PROSE.includes(type))
    .flatMap((node) => [...tooLong(node), ...unplain(node)].map((fault) => say(page, node, fault)));
}

function say({ path }: Page, node: Nodes, fault: string): string {
  return `${path}:${lineOf(node)}: ${fault}`;
}

function tooLong(node: Nodes): readonly string[] {
  return sentencesOf(textOf(node)).flatMap((sentence) => {
    const words = sentence.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word));
    return words.length > MOST_WORDS
      ? [`${words.length} words, at most ${MOST_WORDS}: "${sentence.slice(0, 80)}…"`]
      : [];
  });
}

function unplain(node: Nodes): readonly string[] {
  const text = textOf(node);
  return PLAINER.flatMap(([said, instead]) => {
    const found = said.exec(text);
    return found === null ? [] : [`"${found[0]}": write ${instead}`];
  });
}

/** A sentence ends where a stop is followed by space and a new beginning. */
function sentencesOf(text: string): readonly string[] {
  return text.split(/(?<=[.!?][”")]*)\s+(?=[^\sa-z])/);
}

/** The words of a node, with each piece of code as one word. */
function textOf(node: Nodes): string {
  if (node.type === "inlineCode") return "Code";
  if (node.type === "break") return " ";
  return "children" in node
    ? node.children.map(textOf).join("")
    : wordsOf(node).replaceAll("\n", " ");
}
