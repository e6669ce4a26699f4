import { mayCommand } from "../../../domain/actor.ts";
import type { Digest } from "../../../domain/digest.ts";
import type { LoopIssue } from "../../../domain/github/loop-issue.ts";
import type { Part } from "../../../domain/github/snapshot.ts";
import { stagesOf } from "../../../domain/label.ts";
import type { OpenFinding } from "../../../domain/loop/open-finding.ts";
import type { Standing } from "../../../domain/loop/standing.ts";
import { isSealed, type LoopState } from "../../../domain/loop/state.ts";
import { isInFlight } from "../../../domain/stage.ts";
import { readFindingMarker } from "../../../wording/loops/finding.ts";
import { LOOP_MARKER, loopMarker, parseLoopIssue } from "../../../wording/loops/issue.ts";
import { readRests } from "../../../wording/loops/judged.ts";
import { readCommand } from "../command.ts";
import type { IssueView, OnIssue, View } from "../issue-view.ts";
import { startedBy } from "../ledger/begun.ts";

/** State of one loop on GitHub. */
export interface LoopOnGitHub {
  /** The rolling issue that reports on it, open or closed; undefined before its first run. */
  readonly rolling: LoopIssue | undefined;
  /** Undefined before the first run; unknown if its text is not trusted. */
  readonly state: Part<LoopState> | undefined;
  readonly open: readonly (OpenFinding & Pick<LoopIssue, "title" | "body">)[];
  readonly dismissed: ReadonlySet<Digest>;
  /** Whether a person let it continue since it was stopped. */
  readonly resumed: boolean;
}

type Looking = Pick<View, "snapshot" | "input" | "issues" | "prefix">;

export function readLoop(view: Looking, loop: string): LoopOnGitHub {
  const all = view.snapshot.loopIssues ?? [];
  const rolling = rollingIssue(all, loop);
  const findings = all.flatMap((issue) => {
    const found = readFindingMarker(issue.marker);
    return found?.loop === loop ? [{ issue, key: found.key, rests: readRests(issue.body) }] : [];
  });
  const state = rolling === undefined ? undefined : readState(view, { rolling, loop });
  const known = state !== undefined && "known" in state ? state.known : undefined;
  const seen = new Map(view.issues.map((one) => [one.issue.number, one]));
  return {
    rolling,
    state,
    open: findings
      .filter(({ issue }) => issue.state === "open")
      .map(({ issue, key, rests }) => ({
        issue: issue.number,
        key,
        ...(rests.length === 0 ? {} : { rests }),
        title: issue.title,
        body: issue.body,
        isHeld: isHeld(view, issue, seen.get(issue.number)),
        isOnLine: isOnLine(view, issue, seen.get(issue.number)),
        mayStart: isUntouched(view, issue, seen.get(issue.number)),
        isBegun: startedBy(seen.get(issue.number)?.ledger.entries ?? []) !== undefined,
      })),
    dismissed: new Set(
      findings.flatMap(({ issue, key, rests }) => (issue.dismissed ? [key, ...rests] : [])),
    ),
    resumed: known?.stopped !== undefined && isResumed(seen.get(rolling?.number ?? 0), known),
  };
}

/** Subjects that these issues already cover, for the judge of new findings; limited to the newest. */
export function standingOf({ open, dismissed }: LoopOnGitHub): Standing {
  return {
    open: open.length,
    filed: open.map(({ key }) => key).slice(-MOST_KEYS),
    spoken: open.flatMap(({ rests = [] }) => rests).slice(-MOST_KEYS),
    dismissed: [...dismissed].slice(-MOST_KEYS),
  };
}

const MOST_KEYS = 5_000;

/**
 * The issue that reports on a loop: open before closed, and the first of several. Closing it does not resume a stopped
 * loop. If it is closed as not planned, it is forgotten, and the loop starts again.
 */
export function rollingIssue(issues: readonly LoopIssue[], loop: string): LoopIssue | undefined {
  const own = issues.filter(({ marker, dismissed }) => marker === loopMarker(loop) && !dismissed);
  const open = own.filter(({ state }) => state === "open");
  return (open.length > 0 ? open : own).toSorted((left, right) => left.number - right.number)[0];
}

function readState(
  { input, snapshot }: Looking,
  { rolling, loop }: { readonly rolling: LoopIssue; readonly loop: string },
): Part<LoopState> {
  const sealed = parseLoopIssue(rolling.body);
  const unknown = (found: string) => ({ unknown: `issue ${rolling.number}: ${found}` });
  if (sealed === undefined || sealed.state.loop !== loop)
    return unknown("its state cannot be read");
  const sealing = { repositoryId: snapshot.repository.id, key: input.sealKey };
  return isSealed(sealed, sealing)
    ? { known: sealed.state }
    : unknown("the seal of its state does not match");
}

/** Whether a person wrote on it, or a label puts it on the line. Without its comments that is unknown, and it stays. */
function isHeld({ prefix }: Looking, issue: LoopIssue, seen: IssueView | undefined): boolean {
  if (seen === undefined) return true;
  return stagesOf(prefix, issue.labels).length > 0 || seen.comments.some(isPerson);
}

/** By its label; if somebody removed that, by its ledger, as long as the factory still works on it. */
function isOnLine({ prefix }: Looking, { labels }: LoopIssue, seen: IssueView | undefined) {
  const stage = seen?.stage ?? "new";
  return (
    stagesOf(prefix, labels).some((one) => one !== "done") || (stage !== "new" && isInFlight(stage))
  );
}

/**
 * Whether nobody put it on the line and removed it again. A ledger with only the loop's own entry comes from a run that
 * died before it added the label; the loop's state tells whether that happened.
 */
function isUntouched({ prefix }: Looking, { labels }: LoopIssue, seen: IssueView | undefined) {
  if (seen === undefined || stagesOf(prefix, labels).length > 0) return false;
  const { entries, refusal } = seen.ledger;
  const [first, ...more] = entries;
  if (refusal !== undefined || more.length > 0) return false;
  return first === undefined || startedBy(entries) !== undefined;
}

function isPerson({ author }: IssueView["comments"][number]): boolean {
  return author.type === "User";
}

/** Whether a person with write access said so on its issue after it was stopped. Edited comments do not count. */
function isResumed(seen: IssueView | undefined, { stopped }: LoopState): boolean {
  return (seen?.comments ?? []).some(
    ({ author, body, createdAt, updatedAt }) =>
      createdAt === updatedAt &&
      mayCommand(author) &&
      readCommand(body)?.name === "resume" &&
      createdAt.slice(0, 19) >= (stopped?.at ?? "").slice(0, 19),
  );
}

/** Whether this issue reports on a loop: the factory's own text with its last line. */
export function tellsOfLoop({ issue, input }: OnIssue): boolean {
  const last = issue.body.trimEnd().split(/\r?\n/).at(-1) ?? "";
  return issue.author.id === input.identity.id && LOOP_MARKER.test(last);
}

/** Issues whose comments matter: the loop's own, and those that time or a guard may close. */
export function loopIssuesToAsk(view: View): readonly number[] | undefined {
  const { input, snapshot } = view;
  const all = snapshot.loopIssues ?? [];
  if (input.task !== "loop-open" && input.task !== "loop-settle") return undefined;
  const name = input.order?.kind === "loop" ? input.order.loop.name : undefined;
  const rolling = all.filter(({ body }) => parseLoopIssue(body)?.state.stopped !== undefined);
  const findings = all.filter(
    ({ marker, state }) => state === "open" && readFindingMarker(marker)?.loop === name,
  );
  const asked = [...rolling, ...(name === undefined ? [] : findings)].map(({ number }) => number);
  return asked.length === 0 ? undefined : asked.slice(0, MOST_ASKED);
}

/** Each is read whole. The others stay as they are until the next run. */
const MOST_ASKED = 40;
