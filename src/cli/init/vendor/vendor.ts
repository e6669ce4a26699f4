import type { Pin } from "../pin.ts";

const WORKFLOWS = ".github/workflows";
/** Copies lie beside the repository's own workflows: GitHub calls no workflow of a folder below. */
const PREFIX = "millwright-";
/** The reusable workflow that the template calls. */
const CALLED = "factory.yml";

/** A copy as a file that init writes. */
interface Copied {
  readonly path: string;
  readonly text: string;
  readonly why: string;
}

/** Where the copy of a reusable workflow of this project stands. */
export function placeOfCopy(file: string): string {
  return `${WORKFLOWS}/${PREFIX}${file}`;
}

/** The reusable workflow that a path is the copy of. */
export function originalOf(path: string): string | undefined {
  return new RegExp(`^${WORKFLOWS.replace(".", "\\.")}/${PREFIX}([\\w-]+\\.yml)$`).exec(path)?.[1];
}

/** A reusable workflow of this project that another one calls, and an action of it that a step uses. */
const CALLS = /(\buses:[ \t]+)\$\/\.github\/workflows\/([\w-]+\.yml)/g;
const USES = /(\buses:[ \t]+)\$\/actions\/([\w-]+)/g;

/**
 * Copies of the factory's workflows, so that a repository calls only its own files and the actions of the pinned
 * repository, each at its commit. For a server that does not know `$/`, or cannot reach this one. @param workflows text
 * by name of file, of this version @throws Error if one of them calls a missing file
 */
export function copiesOf(workflows: Readonly<Record<string, string>>, pin: Pin): readonly Copied[] {
  // Those that are called stand before those that call them: what is half written starts nothing.
  return closureOf(workflows)
    .toReversed()
    .map((file) => ({
      path: placeOfCopy(file),
      text: copyOf(workflows[file] ?? "", pin),
      why: "a workflow of the factory, copied",
    }));
}

function closureOf(workflows: Readonly<Record<string, string>>): readonly string[] {
  const found = new Set<string>();
  const open = [CALLED];
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    const text = workflows[file];
    if (text === undefined) throw new Error(`${file} is called and is no workflow of this version`);
    if (found.has(file)) continue;
    found.add(file);
    open.push(...[...text.matchAll(CALLS)].map(([, , called = ""]) => called));
  }
  return [...found];
}

function copyOf(text: string, { repository, ref, version }: Pin): string {
  const beside = version === undefined ? "" : ` (${version})`;
  const head = `# Copied from ${repository} at ${ref}${beside} by \`millwright init --vendor\`; \`millwright upgrade\` moves it.\n`;
  const calls = text.replaceAll(
    CALLS,
    (_, uses: string, file: string) => `${uses}./${placeOfCopy(file)}`,
  );
  return `${head}${calls.replaceAll(
    USES,
    (_, uses: string, action: string) => `${uses}${repository}/actions/${action}@${ref}`,
  )}`;
}

/** The template's line, calling the copy. */
export function callCopy(template: string): string {
  return template.replaceAll(
    /(\buses: )OWNER\/millwright\/\.github\/workflows\/([\w-]+\.yml)@v0/g,
    (_, uses: string, file: string) => `${uses}./${placeOfCopy(file)}`,
  );
}

/** What a copy uses of Millwright: the repositories and commits of its actions, each once. */
export function pinsIn(text: string): readonly Pick<Pin, "repository" | "ref">[] {
  const found = [
    ...text.matchAll(/\buses:[ \t]+([\w-]+\/[\w.-]+)\/actions\/[\w-]+@([\w./-]+)/g),
  ].map(([, repository = "", ref = ""]) => `${repository}@${ref}`);
  return [...new Set(found)].map((pin) => {
    const [repository = "", ref = ""] = pin.split("@");
    return { repository, ref };
  });
}

/** Copies that a copy calls. */
export function copiesCalledBy(text: string): readonly string[] {
  const called = text.matchAll(/\buses:[ \t]+\.\/(\.github\/workflows\/millwright-[\w-]+\.yml)/g);
  return [...new Set([...called].map(([, path = ""]) => path))];
}
