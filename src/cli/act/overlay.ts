import { cp, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isMap, parseDocument, stringify, visit } from "yaml";
import { MILLWRIGHT } from "../../twin/shape.ts";

const REF = `@${MILLWRIGHT.version}`;
/** As an expression of a workflow. */
const TOKEN = ["$", "{{ github.token }}"].join("");

/** Actions of GitHub's own that small ones of ours stand in for, with the inputs that a step gets unless it says otherwise. */
const STAND_INS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  checkout: { token: TOKEN, "fetch-depth": "1", ref: "", path: "" },
  "upload-artifact": { name: "artifact", path: "" },
  "download-artifact": { "artifact-ids": "", path: "" },
  "setup-node": { "node-version": "" },
  "create-github-app-token": { "client-id": "" },
};

export interface Overlay {
  /** What act is told of each reference that the workflows make: REPOSITORY@REF=FOLDER. */
  readonly repositories: readonly string[];
}

/**
 * Lays this project out for act: its workflows without features that act lacks, its actions as shipped, and the
 * stand-ins. Writes only in `folder`.
 */
export async function layOverlay(millwright: string, folder: string): Promise<Overlay> {
  const workflows = join(folder, "project", ".github/workflows");
  await mkdir(workflows, { recursive: true });
  const read = join(millwright, ".github/workflows");
  for (const name of await readdir(read)) {
    const text = await readFile(join(read, name), "utf8");
    await writeFile(join(workflows, name), workflowForAct(text));
  }
  // All of them in one place, as in the repository: some read a file of another.
  await cp(join(millwright, "actions"), join(folder, "project/actions"), { recursive: true });
  const repositories = [`${MILLWRIGHT.repository}${REF}=${join(folder, "project")}`];
  for (const [name, inputs] of Object.entries(STAND_INS)) {
    const target = join(folder, "stand-ins", name);
    await layStandIn(join(millwright, STAND_IN_SOURCES), { name, inputs, target });
    repositories.push(`actions/${name}${REF}=${target}`);
  }
  return { repositories };
}

const STAND_IN_SOURCES = "src/cli/act/stand-ins";

async function layStandIn(
  sources: string,
  standIn: {
    readonly name: string;
    readonly inputs: Readonly<Record<string, string>>;
    readonly target: string;
  },
): Promise<void> {
  const { name, inputs, target } = standIn;
  await mkdir(target, { recursive: true });
  const action = {
    name,
    description: `Stands in for actions/${name}`,
    inputs: Object.fromEntries(
      Object.entries(inputs).map(([input, value]) => [
        input,
        { description: input, default: value },
      ]),
    ),
    runs: { using: "node24", main: `${name}.ts` },
  };
  await writeFile(join(target, "action.yml"), stringify(action));
  // Node reads it as the module that it is.
  await writeFile(join(target, "package.json"), '{"type":"module"}\n');
  for (const file of [`${name}.ts`, "step.ts"]) {
    await cp(join(sources, file), join(target, file));
  }
}

/** Keys that act does not read: it has neither queues nor groups that outlive it, and no modes of a cache. */
const UNKNOWN_TO_ACT = ["concurrency", "cache-mode"];

/** act hands on the outputs of a job that was skipped as the text of their expressions, where GitHub has nothing. */
const OUTPUT = /needs\.([\w-]+)\.outputs\.([\w-]+)/g;
const OUTPUT_FOR_ACT = "(needs.$1.result != 'skipped' && needs.$1.outputs.$2 || '')";

/** A workflow as act can read it. */
export function workflowForAct(text: string): string {
  const document = parseDocument(text.replaceAll(OUTPUT, OUTPUT_FOR_ACT));
  visit(document, {
    Map(_, map) {
      for (const key of UNKNOWN_TO_ACT) map.delete(key);
    },
    Pair(_, pair) {
      if (String(pair.key) !== "uses") return;
      const uses = String(pair.value);
      pair.value = document.createNode(referenceForAct(uses));
    },
  });
  if (!isMap(document.contents)) throw new Error("a workflow is not a mapping");
  return document.toString({ lineWidth: 0 });
}

/** `$/` is the workflow's own repository; a pinned action of GitHub's is its stand-in where there is one. */
function referenceForAct(uses: string): string {
  if (uses.startsWith("$/")) return `${MILLWRIGHT.repository}/${uses.slice(2)}${REF}`;
  const [, foreign = ""] = /^actions\/([\w-]+)@/.exec(uses) ?? [];
  return foreign in STAND_INS ? `actions/${foreign}${REF}` : uses;
}
