// Promising sentences of a Markdown page: each contains a word that allows no exception.
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { gfm } from "micromark-extension-gfm";

const WORDS =
  /\b(?:never|always|nothing|nobody|none|(?<!read-)only|every|everything|everybody|everyone|must|cannot|can't|no one)\b|\bno\b[^.;:]*\b(?:can|may)\b/i;

/** By text: the reference and its check ask for the same pages, and parsing one takes longer than all that is done with it. */
const known = new Map();

/**
 * Every promising sentence of a page: `{ line, kind, says }`. Reads headings, paragraphs, items and rows of tables; the cells of a
 * row are one sentence, and a word in the head of a column counts for each cell below it. Code blocks, program output and HTML are
 * not prose. Code in a sentence is part of its text, but a word there is a name and promises nothing.
 */
export function promisingSentences(text) {
  const sentences = known.get(text) ?? readSentences(text);
  known.set(text, sentences);
  return sentences;
}

function readSentences(text) {
  const tree = fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
  return unitsOf(tree)
    .filter(({ masked }) => WORDS.test(masked))
    .map(({ masked: _, ...unit }) => unit);
}

function unitsOf(tree) {
  let above = "";
  return tree.children.flatMap((node) => {
    if (node.type === "heading") above = node.depth > 1 ? wordsOf(node).masked : "";
    return unitsIn(node).map(below(node, above));
  });
}

/** Items of a list continue the sentence of its heading. */
function below(node, heading) {
  return (unit) =>
    node.type === "list" ? { ...unit, masked: `${heading}: ${unit.masked}` } : unit;
}

function unitsIn(node) {
  if (node.type === "table") return rowsOf(node);
  if (node.type === "paragraph" || node.type === "heading") return sentencesOf(node);
  return "children" in node ? node.children.flatMap(unitsIn) : [];
}

function rowsOf({ children: [head, ...rows] }) {
  const heads = head.children.map(wordsOf);
  return rows.map((row) => {
    const cells = row.children.map(wordsOf);
    const full = cells
      .map((cell, index) => ({ ...cell, head: heads[index] }))
      .filter(({ says }) => says !== "");
    return {
      line: row.position.start.line,
      kind: "row",
      says: cells.map(({ says }) => says).join(" | "),
      masked: full
        .map(({ head: above, masked }) => `${above?.masked ?? ""}: ${masked}`)
        .join(" | "),
    };
  });
}

/** A sentence ends at a stop, followed by space and a new beginning; a stop inside code does not count. */
function sentencesOf(node) {
  const { says, masked, lines } = wordsOf(node);
  const ends = [...masked.matchAll(/[.!?][”")]*(?=\s+[^\sa-z])/g)].map(
    (end) => end.index + end[0].length,
  );
  return [...ends, says.length].map((end, index) => {
    const from = ends[index - 1] ?? 0;
    const skip = says.slice(from, end).length - says.slice(from, end).trimStart().length;
    return {
      line: lines(from + skip),
      kind: node.type,
      says: says.slice(from, end).trim(),
      masked: masked.slice(from, end),
    };
  });
}

/** The words of a node as they read, with code masked by other letters, and the line of each place. */
function wordsOf(node) {
  const pieces = [];
  const visit = (each) => {
    if (each.type === "inlineCode")
      pieces.push({
        says: `\`${each.value}\``,
        masked: "`".repeat(each.value.length + 2),
        at: each.position.start.line,
      });
    else if (each.type === "break")
      pieces.push({ says: " ", masked: " ", at: each.position.start.line });
    else if (each.type === "text") {
      const words = each.value.replaceAll("\n", " ");
      pieces.push({ says: words, masked: words, at: each.position.start.line, breaks: each.value });
    } else if ("children" in each) each.children.forEach(visit);
  };
  visit(node);
  const join = (key) => pieces.map((piece) => piece[key]).join("");
  const lines = (place) => {
    let before = 0;
    for (const { says, at, breaks = "" } of pieces) {
      if (place < before + says.length)
        return at + (breaks.slice(0, place - before).split("\n").length - 1);
      before += says.length;
    }
    return node.position.start.line;
  };
  return { says: join("says"), masked: join("masked"), lines };
}
