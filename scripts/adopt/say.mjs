// Results of an adoption, for people.

/** One line. */
export function sayAdopted({ outcome, because, questions, edits, seconds, lines, documents }) {
  if (outcome !== "merged") return `${outcome === "left-out" ? "left out" : outcome}: ${because}`;
  return `merged: ${questions} questions, ${edits} edits by hand, ${seconds.whole} s (init ${seconds.init} s), ${lines} lines added, read: ${documents.join(", ")}`;
}

/** A table in Markdown, with one row for each example, including left-out ones. */
export function tableOf(results) {
  const head =
    "| example | outcome | questions | edits | seconds | lines added | checks | documents |";
  const rule = `|${" --- |".repeat(8)}`;
  return [head, rule, ...results.map(rowOf)].join("\n");
}

function rowOf(result) {
  const { name, outcome } = result;
  if (outcome !== "merged") {
    const why = (result.because ?? "").split("\n")[0].replaceAll("|", "\\|");
    return `| ${name} | ${outcome === "left-out" ? "left out" : outcome}: ${why} | | | | | | |`;
  }
  const { questions, edits, seconds, lines, checks, documents } = result;
  return `| ${name} | merged | ${questions} | ${edits} | ${seconds.whole} | ${lines} | ${checks.join(", ")} | ${documents.join(", ")} |`;
}
