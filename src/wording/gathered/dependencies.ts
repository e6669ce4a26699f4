import type { Gathered, GatheredItem } from "../../domain/loop/gathered.ts";
import type { Jump } from "../../gatherers/dependencies/jump.ts";
import type { Tool } from "../../gatherers/dependencies/options.ts";
import type { Outdated } from "../../gatherers/dependencies/outdated.ts";
import { codeSpan } from "../inert-words.ts";
import { cut, gathered, keyed, titled } from "./bounded.ts";

interface Found extends Outdated {
  readonly tool: Tool;
  readonly folder: string;
  readonly command: string;
  readonly jump: Jump;
}

/** Where each public registry tells of the versions of a package. */
const HISTORY: Readonly<Record<Tool, (name: string) => string>> = {
  npm: (name) => `https://www.npmjs.com/package/${name}?activeTab=versions`,
  pip: (name) => `https://pypi.org/project/${name}/#history`,
  go: (name) => `https://pkg.go.dev/${name}?tab=versions`,
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
    ...(homepage === undefined ? [] : [`- of its makers: ${codeSpan(homepage)}`]),
    `- its versions, on the public registry: ${codeSpan(HISTORY[tool](name))}`,
  ];
  return {
    key: keyed(tool, name),
    title: titled(`Update ${name} from ${current} to ${latest}`),
    body: cut(facts.join("\n"), 20_000),
    evidence: all.slice(0, 20).map(({ folder, kind, command, current: own }) => ({
      what: cut(`${name} ${own} in the folder ${folder}${kind ? `, ${kind}` : ""}`, 500),
      at: cut(command, 1_000),
      output: "",
    })),
  };
}
