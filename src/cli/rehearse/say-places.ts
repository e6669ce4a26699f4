import { basename } from "node:path";
import { counted } from "../../wording/figures.ts";
import type { DemoModel } from "../shared/choose-model.ts";
import type { Progress } from "../shared/progress.ts";
import type { Terminal } from "../shared/terminal.ts";
import type { Source } from "../source/resolve-base.ts";
import type { Survey } from "../source/survey.ts";
import type { IssueText } from "./issue-file.ts";

/** What is played on what, and what of the repository is not followed: before anything runs. */
export function sayPlaces(
  progress: Progress,
  about: {
    readonly source: Source;
    readonly survey: Survey;
    readonly issue: IssueText;
    /** Absent: none is asked. */
    readonly model?: DemoModel;
    readonly terminal: Terminal;
  },
): void {
  const { source, survey, issue, model, terminal } = about;
  progress.heading("Millwright: a rehearsal on a copy that goes away");
  progress.fact("model", sayModel(model, terminal));
  progress.fact("repository", source.directory);
  progress.fact(
    "",
    terminal.style(
      "dim",
      `${source.defaultBranch} at ${source.base.slice(0, 10)}: ${counted(survey.entries.length, "file")}, ${counted(survey.commits, "commit")}`,
    ),
  );
  if (survey.workflows.length > 0) {
    const names = survey.workflows.map((path) => basename(path)).join(", ");
    progress.fact(
      "",
      terminal.style("dim", `its own workflows do not run here: ${names.slice(0, 200)}`),
    );
  }
  for (const line of survey.notFollowed) progress.fact("", terminal.style("dim", line));
  progress.fact("issue", `“${issue.title.slice(0, 100)}”`);
}

function sayModel(model: DemoModel | undefined, terminal: Terminal): string {
  if (model === undefined) return terminal.style("yellow", "none: no key and no script");
  return model.scripted
    ? terminal.style("yellow", "played from a script")
    : "the real one, with your ANTHROPIC_API_KEY";
}
