// docs/reference/promises.md: every promising sentence and the test that holds it.
import { generatedFrom, page, table } from "./markdown.mjs";
import { INDEX, promises, readIndex, readProof, writtenPages } from "./promises.mjs";

export function promisesPage(root) {
  const index = readIndex(root);
  const found = promises(writtenPages(root), index);
  const held = found.filter(({ entry }) => entry?.by !== undefined);
  const exempt = found.filter(({ entry }) => entry?.not !== undefined);
  return page(
    "# Promises and the tests that hold them",
    `The pages that people write have ${found.length} sentences with *never*, *always*, *nothing*, *nobody*, *none*, *only*, *every…*, *must*, *cannot* or *no … can*. ` +
      `Tests hold ${held.length}. ${exempt.length} promise nothing; they stand at the end, by the reason. A test fails while a sentence has no entry, and while an entry names ` +
      "a sentence or a test that does not exist. It knows that the test exists, not that it shows all that the sentence says: a person judged that.",
    ...sections(held, index),
    "## What promises nothing",
    table(
      ["reason", "sentences", "means"],
      Object.entries(index.classes).map(([name, { count, means }]) => [name, count, means]),
    ),
    ...Object.keys(index.classes).flatMap((name) => exemptions(name, exempt)),
    generatedFrom(INDEX),
  );
}

function sections(held, index) {
  return [...new Set(held.map(({ path }) => path))].flatMap((path) => [
    `## ${linkTo(path)}`,
    table(
      ["sentence", "held by"],
      held
        .filter((one) => one.path === path)
        .map(({ says, entry }) => [
          sayPlainly(says),
          entry.by
            .flatMap((name) => index.tests[name] ?? [])
            .map(sayProof)
            .join("<br>"),
        ]),
    ),
  ]);
}

function exemptions(name, exempt) {
  const own = exempt.filter(({ entry }) => entry.not === name);
  if (own.length === 0) return [];
  return [
    `### ${name}`,
    own.map(({ path, says }) => `- ${linkTo(path)}: ${sayPlainly(says)}`).join("\n"),
  ];
}

function sayProof(proof) {
  const [path, title] = readProof(proof);
  return `[${path.slice(path.lastIndexOf("/") + 1).replace(/(?:\.test)?\.ts$/, "")}](../../${path}): ${sayPlainly(title)}`;
}

function linkTo(path) {
  return `[${path}](../../${path})`;
}

/** As text: Markdown outside code would be rendered. */
function sayPlainly(text) {
  return text
    .split(/(`[^`]*`)/)
    .map((part, place) => (place % 2 === 1 ? part : part.replaceAll(/[\\*_<[\]~]/g, "\\$&")))
    .join("");
}
