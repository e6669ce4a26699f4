// The index of promises: the test for each promising sentence of handwritten pages, and the faults of that index.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { promisingSentences } from "./promise-sentences.mjs";
import { testTitles } from "./test-titles.mjs";

/** Path of the index, relative to the root. */
export const INDEX = "test/repository/promises/promises.yml";

const THREATS = ".github/THREAT-MODEL.md";
/** Derived sections of the threat model and of the rehearsals: from sources that name their own tests, and from measurements. */
const DERIVED = /<!-- (authority|invariants|replays) -->[\s\S]*?<!-- \/\1 -->/g;

/**
 * Generated outside `reference/`: the museum names the test beside each of its answers. Folders of examples are
 * repositories of their own.
 */
const GENERATED = /^(reference\/|museum\.md$|examples\/[^/]+\/)/;

/** Handwritten pages: `[path, text]`. Generated pages repeat their sources, which have tests of their own. */
export function writtenPages(root) {
  const docs = readdirSync(join(root, "docs"), { recursive: true })
    .filter((name) => name.endsWith(".md") && !GENERATED.test(name))
    .map((name) => `docs/${name}`);
  return ["README.md", "SECURITY.md", ...docs.sort(), THREATS].map((path) => [
    path,
    withoutDerived(readFileSync(join(root, path), "utf8")),
  ]);
}

/** Line ends stay, so that later sentences keep their lines. */
function withoutDerived(text) {
  return text.replaceAll(DERIVED, (section) => section.replaceAll(/[^\n]/g, ""));
}

/** `{ classes, tests, pages }` of the index. */
export function readIndex(root) {
  return parse(readFileSync(join(root, INDEX), "utf8"));
}

/** Each promising sentence with its entry, if any. */
export function promises(pages, index) {
  return pages.flatMap(([path, text]) =>
    promisingSentences(text).map((sentence) => ({
      path,
      ...sentence,
      entry: (index.pages[path] ?? []).find(({ says }) => says === sentence.says),
    })),
  );
}

/** Faults, one line each. `read` returns the text of a file, or undefined if it is missing. */
export function faultsOf(pages, index, read) {
  const found = promises(pages, index);
  const titlesOf = titlesBy(read);
  return [
    ...found.filter(({ entry }) => entry === undefined).map(missing),
    ...Object.entries(index.pages).flatMap(([path, entries]) =>
      entryFaults(path, entries, found, index),
    ),
    ...Object.entries(index.tests).flatMap(([name, proofs]) =>
      testFaults(name, proofs, index, titlesOf),
    ),
    ...Object.entries(index.classes).flatMap(([name, { count }]) =>
      countFaults(name, count, found),
    ),
  ];
}

function missing({ path, line, says }) {
  return [
    `${path}:${line} promises and names no test: ${JSON.stringify(says)}`,
    `  Say it without the promise, or add below \`${path}:\` in ${INDEX}`,
    `    - { by: [NAME], says: ${JSON.stringify(says)} }`,
    "  where NAME stands below `tests:` there with the test that holds it.",
  ].join("\n");
}

function entryFaults(path, entries, found, index) {
  return entries.flatMap((entry) => {
    const fault = (what) => `${INDEX}: ${path}: ${JSON.stringify(entry.says)}: ${what}`;
    const sentence = found.find((one) => one.path === path && one.entry === entry);
    if (sentence === undefined) return [fault("no such sentence stands there; take the entry out")];
    const { by = [], not } = entry;
    if ((by.length === 0) === (not === undefined))
      return [fault("expected either `by` with a test or `not`")];
    if (not === "heading" && sentence.kind !== "heading") return [fault("it is no heading")];
    const unknown = by.filter((name) => index.tests[name] === undefined);
    return [
      ...unknown.map((name) => fault(`there is no ${name} below \`tests:\``)),
      ...(not === undefined || index.classes[not] !== undefined
        ? []
        : [fault(`there is no class ${not}`)]),
    ];
  });
}

function testFaults(name, proofs, index, titlesOf) {
  const used = Object.values(index.pages)
    .flat()
    .some(({ by = [] }) => by.includes(name));
  const broken = proofs.flatMap((proof) => {
    const [path, title] = readProof(proof);
    const titles = titlesOf(path);
    if (titles === undefined) return [`${INDEX}: ${name}: there is no file of tests ${path}`];
    return titles.has(title)
      ? []
      : [`${INDEX}: ${name}: ${path} has no test ${JSON.stringify(title)}`];
  });
  return [
    ...broken,
    ...(used ? [] : [`${INDEX}: ${name}: no sentence is held by it; take it out`]),
  ];
}

/** The titles of the tests in a file, read once for all the promises that it holds; undefined if there is no such file. */
function titlesBy(read) {
  const known = new Map();
  return (path) => {
    if (!known.has(path)) {
      const text = /^test\/.*\.ts$/.test(path) ? read(path) : undefined;
      known.set(path, text === undefined ? undefined : testTitles(text));
    }
    return known.get(path);
  };
}

function countFaults(name, count, found) {
  const counted = found.filter(({ entry }) => entry?.not === name).length;
  return counted === count
    ? []
    : [`${INDEX}: ${name} counts ${count} sentences that are no promise, found ${counted}`];
}

/** `[path, title]` of `path > title`. */
export function readProof(proof) {
  const [path, ...title] = proof.split(" > ");
  return [path, title.join(" > ")];
}

/** Reads below a root, for `faultsOf`. */
export function readerOf(root) {
  return (path) =>
    existsSync(join(root, path)) ? readFileSync(join(root, path), "utf8") : undefined;
}
