/** A run that a schedule started. */
export interface ScheduledRun {
  /** Path of its workflow, as GitHub names it. */
  readonly path: string;
  /** When it was made, ISO 8601. */
  readonly at: string;
  /** As GitHub writes it; null while it has not ended. */
  readonly conclusion: string | null;
}

/** A workflow that a schedule starts, by its last runs. */
export interface Automation {
  /** Its path without the folder of all of them; what is unusual in a path is a question mark. */
  readonly name: string;
  /** When the run was made that succeeded last; absent where none of those that are known did. */
  readonly lastSuccess?: string;
  /** When the last run was made. */
  readonly lastRun: string;
  /** Its last three runs that came to anything have failed. */
  readonly isDead: boolean;
}

/** As many periods without a success are no accident. */
const DEAD_AFTER = 3;
/** A run in which there was nothing to do says neither. */
const SAYS_NOTHING: readonly (string | null)[] = [null, "skipped", "neutral"];

/** The newest run is the first. Those that are dead come first, then by name. */
export function readAutomations(runs: readonly ScheduledRun[]): readonly Automation[] {
  const byName = Map.groupBy(runs, ({ path }) => nameOf(path));
  return [...byName]
    .flatMap(([name, own]) => {
      const [newest] = own;
      return newest === undefined ? [] : [automationOf(name, own, newest)];
    })
    .toSorted(
      (left, right) =>
        Number(right.isDead) - Number(left.isDead) || (left.name < right.name ? -1 : 1),
    );
}

function automationOf(
  name: string,
  runs: readonly ScheduledRun[],
  newest: ScheduledRun,
): Automation {
  const telling = runs.filter(({ conclusion }) => !SAYS_NOTHING.includes(conclusion));
  const last = telling.slice(0, DEAD_AFTER);
  const success = telling.find(({ conclusion }) => conclusion === "success");
  return {
    name,
    ...(success === undefined ? {} : { lastSuccess: success.at }),
    lastRun: newest.at,
    isDead: last.length === DEAD_AFTER && !last.some(({ conclusion }) => conclusion === "success"),
  };
}

function nameOf(path: string): string {
  return path.replace(/^\.github\/workflows\//, "").replace(/[^A-Za-z0-9._/-]/g, "?");
}
