import { openRepository } from "../../../adapters/repository/repository.ts";
import { readConfigText } from "../../../control/observed/config-text.ts";
import type { Config } from "../../../domain/config/schema.ts";
import { type IntakeFacts, intakeOf } from "../../rehearse/intake-facts.ts";
import { type IssueText, readIssue } from "../../rehearse/issue-file.ts";
import { sayIntake } from "../../rehearse/say-intake.ts";
import { createProgress } from "../../shared/progress.ts";
import type { Terminal } from "../../shared/terminal.ts";
import type { Source } from "../../source/resolve-base.ts";
import { surveySource } from "../../source/survey.ts";
import { CONFIG } from "../files.ts";
import { ghIn } from "../github/gh.ts";
import { openWorkTree } from "../tree/work-tree.ts";
import { type Duplicates, duplicatesOf, readIssueOfNumber, readOpenIssues } from "./open-issues.ts";

/** What is known of one issue without a model. */
export interface InitIntake extends IntakeFacts {
  readonly duplicates: Duplicates;
}

/** An issue, and those that are open beside it. */
interface AskedIssue {
  readonly issue: IssueText;
  readonly duplicates: Duplicates;
}

/** @throws UsageError for an issue or a list that cannot be read */
export async function readAsked(about: {
  readonly source: Source;
  /** A file, or a number of the repository's. */
  readonly issue: string;
  /** A file with the open issues. */
  readonly issues: string | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
}): Promise<AskedIssue> {
  const gh = ghIn(about.source.directory, about.environment);
  const own = /^#?[1-9]\d{0,8}$/.test(about.issue)
    ? Number(about.issue.replace("#", ""))
    : undefined;
  const issue = own === undefined ? await readIssue(about.issue) : await readIssueOfNumber(own, gh);
  const open = await readOpenIssues(about.issues, gh);
  return { issue, duplicates: "unknown" in open ? open : duplicatesOf(issue, { open, own }) };
}

const NEXT =
  "`gh secret set ANTHROPIC_API_KEY` and label the issue, or play it here first with `ANTHROPIC_API_KEY=… millwright rehearse --repo . --issue FILE.md`";

/** Says what is known of the issue without a model, and what a key would add. */
export async function showIntake(
  { issue, duplicates }: AskedIssue,
  about: {
    readonly source: Source;
    /** The config as it would be written, where none stands. */
    readonly config: string;
    readonly terminal: Terminal;
  },
): Promise<InitIntake> {
  const { source } = about;
  const repository = await openRepository(source.commonDirectory);
  try {
    const survey = await surveySource(source, repository);
    const files = await openWorkTree(source.directory, source.gitDirectory);
    const standing = files.read(CONFIG);
    const text = standing === undefined ? about.config : new TextDecoder().decode(standing);
    const place = { tree: survey.entries.map(({ path }) => path), base: source.base };
    const facts = intakeOf(issue, { ...place, config: configOf(text) });
    // It was asked for, so that quiet does not hide it.
    const terminal = { ...about.terminal, ...about.terminal.results };
    sayIntake(createProgress(terminal), facts, { duplicates, next: NEXT });
    return { ...facts, duplicates };
  } finally {
    await repository.close();
  }
}

/** @throws Error for a config that control could not read either: what it allows is not known then */
function configOf(text: string): Config {
  const reading = readConfigText(text);
  if ("config" in reading) return reading.config;
  throw new Error(
    `${CONFIG} cannot be read (${reading.refusal.found}); millwright doctor says more`,
  );
}
