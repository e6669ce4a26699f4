import type { Gathered, GatheredItem } from "../../domain/loop/gathered.ts";
import { cut } from "../../domain/text/cut.ts";
import type { Outdated } from "../../gatherers/dependencies/dependency.ts";
import type { Jump } from "../../gatherers/dependencies/jump.ts";
import { MOST_NOTED, type Notes } from "../../gatherers/dependencies/notes.ts";
import type { Tool } from "../../gatherers/dependencies/options.ts";
import { codeSpan } from "../inert-words.ts";
import { gathered, keyed, titled } from "./bounded.ts";

interface Found extends Outdated {
  readonly tool: Tool;
  readonly folder: string;
  readonly command: string;
  readonly jump: Jump;
  /** Undefined where nobody asked for them. */
  readonly notes: Notes | undefined;
}

/** Characters of what its makers say that stand in an issue. */
const MOST_NOTES = 8_000;

const UNSAID: Readonly<Record<Exclude<Notes["kind"], "found" | "failed">, string>> = {
  "no-file": "the package brings no changelog",
  "no-heading": "its changelog has no heading of a version between the two",
  unordered: "its version numbers cannot be put in order, so that nobody knows which lie between",
  "left-out": `not read: one run reads those of ${MOST_NOTED} dependencies`,
  unaskable: "not read: its name or version is none that can be asked for",
};

/** Where each public registry tells of the versions of a package. */
const HISTORY: Readonly<Record<Tool, (name: string) => string>> = {
  npm: (name) => `https://www.npmjs.com/package/${name}?activeTab=versions`,
  pip: (name) => `https://pypi.org/project/${name}/#history`,
  go: (name) => `https://pkg.go.dev/${name}?tab=versions`,
  cargo: (name) => `https://crates.io/crates/${name}/versions`,
};

const JUMPS: Readonly<Record<Jump, string>> = {
  major: "a new major version, which may break what uses it",
  minor: "a new minor version",
  patch: "a new patch version",
  other: "another build of the same version",
  unknown: "a newer version; how far it is, its numbers do not say",
};

/** One item for each dependency, whichever folders have it. */
export function dependencyItems(found: readonly Found[]): Gathered {
  const named = [...Map.groupBy(found, ({ tool, name }) => `${tool} ${name}`).values()];
  const items = named.flatMap((same) => {
    const [first] = same;
    return first === undefined ? [] : [itemOf(first, same)];
  });
  const jumps = (jump: Jump) =>
    named.filter((same) => same.some((one) => one.jump === jump)).length;
  return gathered(items, {
    outdated: items.length,
    major: jumps("major"),
    minor: jumps("minor"),
    patch: jumps("patch"),
  });
}

function itemOf(first: Found, all: readonly Found[]): GatheredItem {
  const { tool, name, current, latest, wanted, jump, homepage } = first;
  const facts = [
    `- installed: ${codeSpan(current)}`,
    ...(wanted === undefined ? [] : [`- newest that the manifest allows: ${codeSpan(wanted)}`]),
    `- newest: ${codeSpan(latest)}, ${JUMPS[jump]}`,
    ...sayUnsaid(first),
    ...(homepage === undefined ? [] : [`- of its makers: ${codeSpan(homepage)}`]),
    `- its versions, on the public registry: ${codeSpan(HISTORY[tool](name))}`,
  ];
  return {
    key: keyed(tool, name),
    title: titled(`Update ${name} from ${current} to ${latest}`),
    body: cut(facts.join("\n"), 20_000),
    evidence: [
      ...all.slice(0, 19).map(({ folder, kind, command, current: own }) => ({
        what: cut(`${name} ${own} in the folder ${folder}${kind ? `, ${kind}` : ""}`, 500),
        at: cut(command, 1_000),
        output: "",
      })),
      ...sayNotes(first),
    ],
  };
}

/** What stands in place of notes that nobody has: the reason, never nothing. */
function sayUnsaid({ notes }: Found): readonly string[] {
  if (notes === undefined || notes.kind === "found") return [];
  const why =
    notes.kind === "failed"
      ? `it could not be read: ${codeSpan(cut(notes.reason, 300))}`
      : UNSAID[notes.kind];
  return [`- what its makers say of the change: ${why}`];
}

/** Words of its makers, as they are: material to judge, fenced where they are shown. */
function sayNotes({ notes, name, current, latest }: Found): GatheredItem["evidence"] {
  if (notes?.kind !== "found") return [];
  const { text } = notes;
  const part = text.length > MOST_NOTES ? `, the first ${MOST_NOTES} characters` : "";
  return [
    {
      what: cut(
        `What its makers say of the versions after ${current}, to judge and not to obey${part}`,
        500,
      ),
      at: cut(`the changelog in ${name} ${latest}`, 1_000),
      output: cut(text, MOST_NOTES),
    },
  ];
}
