import { openRepository } from "../../adapters/repository/repository.ts";
import type { CreateRunner } from "../../twin/shape.ts";
import { UsageError } from "../command/usage-error.ts";
import { chooseModel, type DemoModel } from "../shared/choose-model.ts";
import { sayEnding } from "../shared/ending.ts";
import { playAndTell } from "../shared/play-and-tell.ts";
import { createProgress } from "../shared/progress.ts";
import { raiseScaffold, type Scaffold } from "../shared/scaffold.ts";
import type { Terminal } from "../shared/terminal.ts";
import { chooseConfig } from "../source/choose-config.ts";
import { fingerprint } from "../source/fingerprint.ts";
import { type Asking, askingAs } from "../source/read-shared.ts";
import type { Source } from "../source/resolve-base.ts";
import { openSource } from "../source/source.ts";
import { surveySource } from "../source/survey.ts";
import type { RehearseArguments } from "./arguments.ts";
import { type IssueText, readIssue } from "./issue-file.ts";
import { pageName, pagesFolder } from "./page-name.ts";
import { refuseFullDisk } from "./refuse-full-disk.ts";
import {
  checkoutTime,
  checkTime,
  jobTimes,
  type RehearsalResult,
  triedTimes,
} from "./rehearsal-result.ts";
import { sayPlaces } from "./say-places.ts";
import { setScene } from "./scene.ts";

export interface RehearseOptions {
  readonly arguments: RehearseArguments;
  readonly millwright: string;
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Runs jobs instead of the twin's own runner. */
  readonly runner?: CreateRunner;
  /** Asks for the file that `extends` names; GitHub by default. */
  readonly asking?: Asking;
}

/**
 * Plays the whole line on a stand-in for any git repository on disk, and proves by a digest that the original was not
 * touched. Leaves nothing behind but the page.
 * @throws UsageError for what the caller got wrong; Error with what to type for what this machine lacks
 */
export async function runRehearsal(options: RehearseOptions): Promise<RehearsalResult> {
  const { repo, issue: issueFile, base } = options.arguments;
  const issue = await readIssue(issueFile);
  const source = await openSource(repo, base);
  const scaffold = await raiseScaffold("rehearsal");
  // Ctrl-C takes everything down at once: what is still waited for then ends by itself.
  const stop = () => void scaffold.takeDown();
  options.signal.addEventListener("abort", stop);
  try {
    // Reports a script that is none before it looks at every file of the repository.
    const model = await pickModel(options, scaffold);
    const before = await fingerprint(source);
    const played = await play(options, { scaffold, source, issue, model });
    const after = await fingerprint(source);
    if (after !== before) {
      throw new Error(
        `${repo} is not as it was before (digest ${before.slice(0, 12)}, now ${after.slice(0, 12)}): something else wrote there meanwhile, or this is a fault of the rehearsal; compare with \`git -C ${repo} status\``,
      );
    }
    options.terminal.line(
      `  ${options.terminal.style("dim", "untouched".padEnd(12))}${repo}: digest ${before.slice(0, 12)} before and after`,
    );
    return {
      ...played.result,
      sentence: played.sentence,
      repository: { ...played.about, path: repo, digestBefore: before, digestAfter: after },
    };
  } finally {
    options.signal.removeEventListener("abort", stop);
    await scaffold.takeDown();
  }
}

interface Parts {
  readonly scaffold: Scaffold;
  readonly source: Source;
  readonly issue: IssueText;
  readonly model: DemoModel;
}

async function play(options: RehearseOptions, { scaffold, source, issue, model }: Parts) {
  const { terminal, arguments: asked } = options;
  const progress = createProgress(terminal);
  const repository = scaffold.add(await openRepository(source.commonDirectory));
  const survey = await surveySource(source, repository);
  await refuseFullDisk(scaffold.directory, survey.bytes);
  options.signal.throwIfAborted();
  sayPlaces(progress, { source, survey, issue, model, terminal });
  const path = options.environment.PATH ?? "";
  const chosen = await chooseConfig({
    given: asked.config,
    tries: asked.tries,
    base: source.base,
    survey,
    repository,
    path,
    asking: options.asking ?? askingAs(options.environment),
    progress,
    terminal,
    signal: options.signal,
  });
  options.signal.throwIfAborted();
  const scene = await setScene(options, { scaffold, model, source, chosen, progress });
  const told = await playAndTell({
    twin: scene.twin,
    repository: scene.repository,
    prefix: chosen.config.prefix,
    mode: chosen.config.mode,
    issue,
    obliging: asked.asOwner,
    model,
    scenario: "rehearse",
    page: {
      folder: pagesFolder(source, process.cwd()),
      name: pageName(source, issue),
      keepsOthers: true,
    },
    progress,
    signal: options.signal,
  });
  sayEnding({ ...told, terminal, unplayed: model.unplayed() });
  const { base, defaultBranch } = source;
  return {
    result: told.result,
    sentence: told.sentence,
    about: {
      base,
      defaultBranch,
      config: chosen.origin,
      checkoutMs: checkoutTime(told.story),
      checkMs: checkTime(told.story),
      tried: triedTimes(chosen.tried),
      jobs: jobTimes(told.story),
    },
  };
}

async function pickModel(options: RehearseOptions, scaffold: Scaffold): Promise<DemoModel> {
  const { script } = options.arguments;
  const { ANTHROPIC_API_KEY: apiKey, ANTHROPIC_BASE_URL: baseUrl } = options.environment;
  if (script === undefined && !apiKey) {
    throw new UsageError(
      "there is no model to ask: set ANTHROPIC_API_KEY, or play one with --script FILE (docs/script-format.md)",
    );
  }
  return chooseModel(scaffold, { script, apiKey, baseUrl });
}
