import { natureOf } from "../../../domain/trust/file-nature.ts";
import { counted } from "../../figures.ts";
import { fold, type Html, html, NOTHING } from "./html.ts";

interface FileDiff {
  readonly name: string;
  readonly lines: readonly string[];
}

/** What a page shows at most: files that stand open, lines of one file and of all, characters of one line. */
const OPEN_FILES = 6;
const OPEN_LINES = 120;
const FILE_LINES = 600;
const ALL_LINES = 4_000;
const LINE_LENGTH = 600;

/**
 * A unified diff as one fold for each file, its lines told apart by sign and color. Files that a runner collects as
 * tests by their name follow the others, folded. @param about where the whole change can be read, for the cut part;
 * `truncated`: `diff` itself was cut
 */
export function renderDiff(
  diff: string,
  about: { readonly whole: Html; readonly truncated: boolean },
): Html {
  const files = splitFiles(diff);
  if (files.length === 0) return html`<p class="quiet">The diff is empty.</p>`;
  const isTest = ({ name }: FileDiff) => natureOf(name) === "test";
  const tests = files.filter(isTest);
  const ordered = [...files.filter((file) => !isTest(file)), ...tests];
  let left = ALL_LINES;
  let cut = about.truncated;
  const shown = ordered.map((file, index) => {
    const room = Math.max(0, Math.min(FILE_LINES, left));
    left -= Math.min(file.lines.length, room);
    if (file.lines.length > room) cut = true;
    const open = index < OPEN_FILES && file.lines.length <= OPEN_LINES;
    return renderFile(file, { open: open && !isTest(file), room });
  });
  const folded = shown.slice(shown.length - tests.length);
  const rest = shown.slice(0, shown.length - tests.length);
  const pointer = cut
    ? html`<p class="quiet">Not all of the change is shown here; all of it: ${about.whole}</p>`
    : NOTHING;
  return html`${rest}${folded.length === 0 ? NOTHING : fold(counted(folded.length, "test file"), html`${folded}`)}${pointer}`;
}

const HEADER = /^(index |--- |\+\+\+ |similarity |old mode|new mode)/u;

function splitFiles(diff: string): readonly FileDiff[] {
  const blocks = diff.replace(/\n$/u, "").split(/^(?=diff --git )/mu);
  return blocks.filter((block) => block.trim() !== "").map(readBlock);
}

/** Without the lines above the first hunk that only repeat the name. */
function readBlock(block: string): FileDiff {
  const all = block.replace(/\n$/u, "").split("\n");
  const [first = ""] = all;
  const isNamed = first.startsWith("diff --git ");
  const lines = isNamed ? all.slice(1) : all;
  const hunk = lines.findIndex((line) => line.startsWith("@@"));
  return {
    name: isNamed ? nameOf(first) : "change",
    lines: lines.filter((line, index) => index >= hunk || !HEADER.test(line)),
  };
}

/** Both sides name the same file: renames are not looked for. */
function nameOf(line: string): string {
  return /^diff --git "?a\/(.*?)"? "?b\//u.exec(line)?.[1] ?? line.slice("diff --git ".length);
}

function renderFile(
  { name, lines }: FileDiff,
  bounds: { readonly open: boolean; readonly room: number },
): Html {
  const count = (sign: string) => lines.filter((line) => line.startsWith(sign)).length;
  const body = lines
    .slice(0, bounds.room)
    .map((line) => html`<span class="${kindOf(line)}">${shortened(line) || " "}</span>`);
  const left = lines.length - bounds.room;
  const more = left > 0 ? html`<span class="at">… ${counted(left, "more line")}</span>` : NOTHING;
  const content = html`<summary><code>${name}</code> <span class="plus">+${count("+")}</span> <span class="minus">−${count("-")}</span></summary><pre>${body}${more}</pre>`;
  return bounds.open
    ? html`<details class="diff" open>${content}</details>`
    : html`<details class="diff">${content}</details>`;
}

function shortened(line: string): string {
  if (line.length <= LINE_LENGTH) return line;
  return `${line.slice(0, LINE_LENGTH).toWellFormed()} … (${counted(line.length - LINE_LENGTH, "more character")})`;
}

function kindOf(line: string): string {
  if (line.startsWith("@@")) return "at";
  if (line.startsWith("+")) return "add";
  return line.startsWith("-") ? "del" : "ctx";
}
