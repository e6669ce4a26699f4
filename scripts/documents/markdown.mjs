/** Last line of every generated page, so that nobody edits the copy. */
export function generatedFrom(...sources) {
  const named = sources.map(code);
  const said = [named.slice(0, -1).join(", "), named.at(-1)]
    .filter((part) => part !== "")
    .join(" and ");
  return `Generated from ${said} by \`npm run document\`.`;
}

/** A table in GitHub's Markdown. A bar or a line end in a cell would end it, so both are replaced. */
export function table(columns, rows) {
  return [
    `| ${columns.join(" | ")} |`,
    `|${columns.map(() => "---").join("|")}|`,
    ...rows.map((row) => `| ${row.map(cell).join(" | ")} |`),
  ].join("\n");
}

/** Parts of a page, separated by blank lines; empty ones are left out. */
export function page(...parts) {
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

export function code(text) {
  return `\`${text}\``;
}

function cell(text) {
  return String(text)
    .replaceAll(/\r?\n/g, " ")
    .replaceAll(/(?<!\\)\|/g, "\\|");
}
