/** A run that a schedule started. */
export interface ScheduledRun {
  /** Path of its workflow, as GitHub names it. */
  readonly path: string;
  /** When it was made, ISO 8601. */
  readonly at: string;
  /** In GitHub's words; null until it has ended. */
  readonly conclusion: string | null;
}

/** A scheduled workflow, by its last runs. */
export interface Automation {
  /** Its path without the common folder. Unusual characters become question marks. */
  readonly name: string;
  /** When the last successful run was created; absent if no known run succeeded. */
  readonly lastSuccess?: string;
  /** When the last run was created. */
  readonly lastRun: string;
  /** Its last three runs with a result have failed. */
  readonly isDead: boolean;
}

/** This many periods without a success are no accident. */
const DEAD_AFTER = 3;
/** A run without work says neither. */
const SAYS_NOTHING: readonly (string | null)[] = [null, "skipped", "neutral"];

/** The newest run is the first. Dead workflows come first, then by name. */
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
