import type { Gathered } from "../../domain/loop/gathered.ts";
import { type Answered, gatherDependencies } from "../../gatherers/dependencies/gather.ts";
import {
  ASKED,
  type DependencyOptions,
  type Source,
} from "../../gatherers/dependencies/options.ts";
import type { Workspace } from "../../ports/sandbox.ts";

const PRINTED = ".millwright/answered";
const MOST_BYTES = 5_000_000;

/**
 * Asks the package managers of a workspace which dependencies are outdated. They ask their registries: with a network, on the
 * bytes of the base alone, before anything of strangers stands there.
 * @throws where one did not answer, or in a form that is not its own
 */
export async function gatherDependenciesIn(
  workspace: Workspace,
  about: { readonly options: DependencyOptions; readonly timeoutMs: number },
): Promise<Gathered> {
  const answers: Answered[] = [];
  for (const source of about.options.sources) {
    answers.push({ source, printed: await ask(workspace, source, about.timeoutMs) });
  }
  return gatherDependencies(answers);
}

async function ask(workspace: Workspace, source: Source, timeoutMs: number): Promise<string> {
  const { run, exits } = ASKED[source.tool];
  const command = source.run ?? run;
  const ran = await workspace.run({
    // Lines are arguments: nothing of them is read as a part of ours.
    command: `mkdir -p .millwright && exec > ${PRINTED} && cd -- "$2" && bash -c "$1"`,
    arguments: [command, source.folder],
    timeoutMs,
    network: true,
  });
  if (ran.status === "timed-out" || ran.exitCode === null || !exits.includes(ran.exitCode)) {
    const how = ran.status === "timed-out" ? "it took too long" : `exit code ${ran.exitCode}`;
    throw new Error(`${command}: ${how}: ${ran.output.trim().slice(-1_000)}`);
  }
  const bytes = await workspace.readFile(PRINTED, MOST_BYTES);
  if (bytes === undefined) throw new Error(`${command}: its output is no file any more`);
  return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
}
