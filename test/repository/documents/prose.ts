import type { Nodes } from "mdast";
import { PLAINER, type Plainer, unplainWords } from "../plain-words.ts";
import { lineOf, nodesOf, type Page, wordsOf } from "./markdown.ts";

/** Longest sentence of a page, in words; code counts as one word. Google's style guide asks for shorter ones; a list or table takes the rest. */
export const MOST_WORDS = 35;

/** More such words, from pages of ours that were hard to read. */
const PLAINER_IN_PAGES: readonly Plainer[] = [
  [/\b(?:e\.g\.|i\.e\.|etc\.)/i, "for example, that is, and so on"],
  [/\ball the same\b/i, "still"],
  [/\bstands? otherwise\b/i, "differs"],
  [/\bby looking\b/i, "say what is looked at"],
  [/\bin hand\b/i, "under way, at work"],
  [/\bwhat becomes? of\b/i, "what happens to"],
  [/\bcomes? of (?:it|this|that|them)\b/i, "follows"],
  [/\brings? for\b/i, "starts a run for"],
  [/\bin vain\b/i, "without effect"],
  [/\bfares?\b/i, "say how it does, or what its state is"],
  [
    /\b(?:hence|thus|thereby|whereby|lest|albeit|hitherto|notwithstanding)\b/i,
    "so, but, or by this",
  ],
];

/** British spellings with the American ones. `judgement` is a kind of criterion in contracts, so prose keeps its spelling. */
const AMERICAN: readonly Plainer[] = [
  [/\borganis(?:e|ation)/i, "organize, organization"],
  [
    /\b(?:recogni|normali|seriali|initiali|optimi|minimi|summari|authori|prioriti)s(?:e|ing|ation)/i,
    "-ize",
  ],
  [/\banalyse/i, "analyze"],
  [/\b(?:defence|licence)/i, "defense, license"],
  [/\bcatalogue/i, "catalog"],
  [/\b(?:labell|cancell|travell|modell|signall)(?:ed|ing)/i, "one l"],
  [
    /\b(?:spoilt|learnt|whilst|towards|artefact|centre|grey)\b/i,
    "spoiled, learned, while, toward, artifact, center, gray",
  ],
];

/** Sentences whose subject is a clause, or whose verb comes first: readers meet what is said before they know of what. */
const INVERTED: readonly RegExp[] = [
  /^(?:What|Whoever|Whatever)\b[^?:]*\b(?:is|are|was|were|has|have|does|do|may|can|goes|comes|stays|counts|needs|costs|runs|holds|stands|gets)\b[^?:]*\.$/,
  /^(?:Held|Kept|Said|Asked|Told|Shown|Counted|Taken|Missing|Left(?: out)?|Rare) (?:is|are|was|were)\b/,
];

const PROSE: readonly string[] = ["paragraph", "heading", "tableCell"];

/** What is wrong with the sentences of a page, each with its line. */
export function proseFaults(page: Page): readonly string[] {
  return nodesOf(page.tree)
    .filter(({ type }) => PROSE.includes(type))
    .flatMap((node) => faultsOf(node).map((fault) => `${page.path}:${lineOf(node)}: ${fault}`));
}

/** What is wrong with the sentences of a text without markup, such as a comment. */
export function sentenceFaults(text: string): readonly string[] {
  return [...tooLong(text), ...unplain(text), ...inverted(text)];
}

function faultsOf(node: Nodes): readonly string[] {
  const text = textOf(node);
  if (node.type !== "paragraph") return [...tooLong(text), ...unplain(text)];
  return [...tooLong(text), ...unplain(text), ...inverted(afterTitle(node))];
}

/** A paragraph without the bold words that it begins with: they are its title. */
function afterTitle(node: Nodes): string {
  if (!("children" in node)) return textOf(node);
  const [first, ...rest] = node.children;
  return first?.type === "strong" ? rest.map(textOf).join("").trim() : textOf(node);
}

function tooLong(text: string): readonly string[] {
  return sentencesOf(text).flatMap((sentence) => {
    const words = sentence.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word));
    return words.length > MOST_WORDS
      ? [`${words.length} words, at most ${MOST_WORDS}: "${sentence.slice(0, 80)}…"`]
      : [];
  });
}

function inverted(text: string): readonly string[] {
  return sentencesOf(text)
    .filter((sentence) => INVERTED.some((opening) => opening.test(sentence)))
    .map(
      (sentence) =>
        `begins with its verb or a clause, begin with who acts: "${sentence.slice(0, 80)}"`,
    );
}

function unplain(text: string): readonly string[] {
  return unplainWords(text, [...PLAINER, ...PLAINER_IN_PAGES, ...AMERICAN]);
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
