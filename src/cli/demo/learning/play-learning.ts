import { resolve } from "node:path";
import { sayMeasured, sayVerdict } from "../../../wording/lessons/words.ts";
import { renderLearningPage } from "../../../wording/pages/learning-page.ts";
import type { Output } from "../../command/output.ts";
import { endOf, untilInterrupted } from "../../command/until-interrupted.ts";
import { writePage } from "../../shared/page-place.ts";
import type { Lines } from "../../shared/terminal.ts";
import { type LearningHistory, playHistory } from "./play-history.ts";

/** What `--json` prints. */
export interface LearningResult {
  readonly ok: boolean;
  readonly scenario: "learning";
  /** Where the coder heeds the guide, and where not. */
  readonly histories: readonly LearningHistory[];
  /** What did not come as it has to. */
  readonly missed: readonly string[];
  readonly page: string;
}

/** `millwright demo --scenario learning`: answers the exit code. */
export function playLearning(output: Output): Promise<number> {
  return untilInterrupted(
    output,
    async ({ signal, terminal }): Promise<LearningResult> => {
      const shows = (what: string) => terminal.transient(`  ${what}`);
      terminal.line(
        "Ten weeks of a factory on a GitHub of this machine, twice; its workers answer by rote.",
      );
      const histories: LearningHistory[] = [];
      for (const heeds of [true, false]) {
        const history = await playHistory(heeds, { signal, shows });
        tell(history, terminal.results);
        histories.push(history);
      }
      const missed = histories.flatMap(missedIn);
      for (const one of missed) terminal.results.line(`  missed: ${one}`);
      const place = { folder: resolve(".demo"), name: "learning", keepsOthers: false };
      const page = await writePage(place, renderLearningPage(histories));
      terminal.line(`  page: ${page}`);
      return { ok: missed.length === 0, scenario: "learning", histories, missed, page };
    },
    endOf,
  );
}

function tell({ heeds, proposed, judged, lesson }: LearningHistory, terminal: Lines): void {
  terminal.line(heeds ? "The coder heeds AGENTS.md:" : "The coder does not heed AGENTS.md:");
  if (lesson === null || proposed === null) {
    terminal.line("  nothing was learned");
    return;
  }
  const { baseline, per, outcome } = lesson;
  terminal.line(
    `  day ${proposed.day}: #${proposed.number} ${proposed.title}, ${sayMeasured(baseline, per)}`,
  );
  terminal.line(`  a person merges it: ${lesson.line ?? ""}`);
  if (outcome === undefined || judged === null) {
    terminal.line("  it was not judged");
    return;
  }
  terminal.line(`  day ${judged.day}: ${sayMeasured(outcome, per)}, ${sayVerdict(outcome.is)}`);
  terminal.line(`  a person merges #${judged.number} ${judged.title}`);
}

/** How each history has to end. */
function missedIn(history: LearningHistory): readonly string[] {
  const { heeds, proposed, judged, lesson, guide } = history;
  const whose = heeds ? "heeded" : "not heeded";
  const wanted = heeds ? "helped" : "did-not-help";
  const facts: readonly (readonly [string, boolean])[] = [
    ["a lesson is proposed", proposed !== null],
    ["looking again proposes nothing twice", history.openAfterSecondLook === 1],
    ["nothing is judged before its day", history.openBeforeCheck === 0],
    ["it is judged at its day", judged !== null],
    [`the check says ${wanted}`, lesson?.outcome?.is === wanted],
    ["the line stands only where it helped", guide.includes(lesson?.line ?? " ") === heeds],
  ];
  return facts.filter(([, holds]) => !holds).map(([fact]) => `${whose}: ${fact}`);
}
