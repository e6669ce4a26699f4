import { openRepository } from "../../adapters/repository/repository.ts";
import { createProgress } from "../shared/progress.ts";
import { chooseConfig } from "../source/choose-config.ts";
import { askingAs } from "../source/read-shared.ts";
import { openSource } from "../source/source.ts";
import { surveySource } from "../source/survey.ts";
import { type IntakeFacts, intakeOf } from "./intake-facts.ts";
import { readIssue } from "./issue-file.ts";
import { type RehearsalResult, triedTimes } from "./rehearsal-result.ts";
import type { RehearseOptions } from "./rehearse.ts";
import { sayIntake } from "./say-intake.ts";
import { sayPlaces } from "./say-places.ts";

export interface WithoutModel {
  readonly ok: true;
  readonly model: null;
  readonly repository: Pick<RehearsalResult["repository"], "path" | "base" | "config" | "tried">;
  readonly intake: IntakeFacts;
}

/**
 * The part of a rehearsal that needs no model: the config, each of its checks once on the base, and what code knows of the issue.
 * @throws UsageError for what the caller got wrong; Error with what to type for what this machine lacks
 */
export async function rehearseWithoutModel(options: RehearseOptions): Promise<WithoutModel> {
  const { terminal, signal, arguments: asked } = options;
  const issue = await readIssue(asked.issue);
  const source = await openSource(asked.repo, asked.base);
  const progress = createProgress(terminal);
  const repository = await openRepository(source.commonDirectory);
  try {
    const survey = await surveySource(source, repository);
    sayPlaces(progress, { source, survey, issue, terminal });
    const chosen = await chooseConfig({
      ...{ given: asked.config, tries: asked.tries, base: source.base, survey, repository },
      ...{ path: options.environment.PATH ?? "", progress, terminal, signal },
      asking: options.asking ?? askingAs(options.environment),
    });
    const tree = survey.entries.map(({ path }) => path);
    const intake = intakeOf(issue, { tree, base: source.base, config: chosen.config });
    // All that comes of it without a model, so that quiet does not hide it.
    sayIntake(createProgress({ ...terminal, ...terminal.results }), intake);
    const tried = triedTimes(chosen.tried);
    const about = { path: asked.repo, base: source.base, config: chosen.origin, tried };
    return { ok: true, model: null, repository: about, intake };
  } finally {
    await repository.close();
  }
}
