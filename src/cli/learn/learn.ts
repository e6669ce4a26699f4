import { draftsOf } from "../../control/outcome/lessons/drafts.ts";
import type { Draft } from "../../domain/lesson/draft.ts";
import type { History, Window } from "../../measures/history/history.ts";
import type { Check } from "../../measures/learning/checks.ts";
import type { Cluster } from "../../measures/learning/clusters.ts";
import { learnFrom } from "../../measures/learning/learn.ts";
import type { Left } from "../../measures/learning/proposals.ts";
import { sayLearned } from "../../wording/lessons/say-learned.ts";
import { sayUntold } from "../../wording/pages/report/words.ts";
import { untilInterrupted } from "../command/until-interrupted.ts";
import { playWeek } from "../demo/week.ts";
import { askGitIn } from "../report/ask-git.ts";
import { type ReadHistory, readHistory } from "../report/read-history.ts";
import type { Lines } from "../shared/terminal.ts";
import type { LearnArguments } from "./arguments.ts";
import { type LessonsOfClone, lessonsOfClone, NO_CLONE } from "./read-lessons.ts";

/** What `--json` prints. */
export interface LearnResult {
  readonly repository: string;
  readonly window: Window;
  readonly clusters: readonly Cluster[];
  /** The pull requests that `learn.yml` would open now. */
  readonly proposals: readonly Draft[];
  readonly checks: readonly Check[];
  readonly left: readonly Left[];
  readonly notes: readonly string[];
}

/** `millwright learn`: answers the exit code. */
export function playLearn(
  { report, source, checkout }: LearnArguments,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<number> {
  return untilInterrupted(
    report,
    async ({ signal, terminal }) => {
      const shows = (what: string) => terminal.transient(`  reading ${what} …`);
      const read =
        source.kind === "twin"
          ? await playWeek({ terminal, signal })
          : {
              ...(await readHistory(source, report, { environment, shows })),
              window: report.window,
            };
      const clone = checkout === undefined ? NO_CLONE : await lessonsOfClone(askGitIn(checkout));
      const unread =
        checkout === undefined ? ["no --checkout: lessons and AGENTS.md not read"] : [];
      return tellLearned(
        resultOf(read, clone, read.window.until, unread),
        terminal.results,
        read.history,
      );
    },
    () => 0,
  );
}

export function resultOf(
  { history, notes }: ReadHistory,
  clone: LessonsOfClone,
  now: string,
  unread: readonly string[] = [],
): LearnResult {
  const learned = learnFrom(history, clone.lessons, now);
  const { drafts, left } = draftsOf(learned, { ...clone, guideIsProposed: false });
  return {
    repository: history.repository,
    ...{ window: learned.window, clusters: learned.clusters, checks: learned.checks },
    ...{ proposals: drafts, left, notes: [...notes, ...unread, ...clone.faults] },
  };
}

function tellLearned(result: LearnResult, terminal: Lines, { work }: History): LearnResult {
  const { repository, window, proposals, checks, left, clusters, notes } = result;
  const said = sayLearned({ drafts: proposals, checks, left });
  terminal.line(
    `Lessons of ${repository}, ${window.from.slice(0, 10)} to ${window.until.slice(0, 10)}`,
  );
  if ("untold" in work) terminal.line(`  mistakes: unknown, ${sayUntold(work.untold)}`);
  else terminal.line(`  mistakes made again: ${clusters.length}`);
  const lists = [
    ["proposed", said.proposals],
    ["judged", said.checks],
    ["not proposed", said.left],
  ] as const;
  for (const [title, lines] of lists)
    for (const line of lines) terminal.line(`  ${title}: ${line}`);
  for (const note of notes) terminal.line(`  note: ${note}`);
  return result;
}
