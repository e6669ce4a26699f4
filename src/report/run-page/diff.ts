import { type Html, html } from "./html.ts";

interface FileDiff {
  readonly name: string;
  readonly lines: readonly string[];
}

/** A unified diff as one fold for each file, its lines told apart by sign and colour. */
export function renderDiff(diff: string): Html {
  const files = splitFiles(diff);
  if (files.length === 0) return html`<p class="quiet">The diff is empty.</p>`;
  return html`${files.map((file, index) => renderFile(file, index < 6))}`;
}

function splitFiles(diff: string): readonly FileDiff[] {
  const files: { name: string; lines: string[] }[] = [];
  for (const line of diff.replace(/\n$/u, "").split("\n")) {
    if (line.startsWith("diff --git ")) files.push({ name: nameOf(line), lines: [] });
    else if (line !== "" || files.length > 0) (files.at(-1) ?? start(files)).lines.push(line);
  }
  return files;
}

function start(files: { name: string; lines: string[] }[]): { name: string; lines: string[] } {
  const file = { name: "change", lines: [] };
  files.push(file);
  return file;
}

/** Both sides name the same file: renames are not looked for. */
function nameOf(line: string): string {
  return /^diff --git "?a\/(.*?)"? "?b\//u.exec(line)?.[1] ?? line.slice("diff --git ".length);
}

const HEADER = /^(index |--- |\+\+\+ |similarity |old mode|new mode)/u;

function renderFile({ name, lines }: FileDiff, open: boolean): Html {
  const hunk = lines.findIndex((line) => line.startsWith("@@"));
  const shown = lines.filter((line, index) =>
    hunk >= 0 && index < hunk ? !HEADER.test(line) : true,
  );
  const count = (sign: string) => shown.filter((line) => line.startsWith(sign)).length;
  const body = shown.map((line) => html`<span class="${kindOf(line)}">${line || " "}</span>`);
  const title = html`<code>${name}</code> <span class="plus">+${count("+")}</span> <span class="minus">−${count("-")}</span>`;
  return open
    ? html`<details class="diff" open><summary>${title}</summary><pre>${body}</pre></details>`
    : html`<details class="diff"><summary>${title}</summary><pre>${body}</pre></details>`;
}

function kindOf(line: string): string {
  if (line.startsWith("@@")) return "at";
  if (line.startsWith("+")) return "add";
  return line.startsWith("-") ? "del" : "ctx";
}
