import type { Snapshot } from "../../domain/github/snapshot.ts";
import type { Polled } from "../../domain/incident/polled.ts";
import type { Alerts } from "../../ports/alerts.ts";
import type { GitHub } from "../../ports/github.ts";
import { readConfigOf } from "../observed/config-text.ts";
import { NO_FILES } from "../observed/files.ts";
import { alertToAsk } from "../observed/incident/alert.ts";
import { containedToAsk } from "../observed/incident/contained.ts";
import { readSituation, type View } from "../observed/issue-view.ts";
import { loopIssuesToAsk } from "../observed/loops/loop-issues.ts";
import { orphansToAsk } from "../observed/orphans.ts";
import { issuesOfBoard } from "../observed/overview/board.ts";
import { submitterToAsk } from "../observed/people/submitter.ts";
import { beforeToAsk } from "../observed/release/before.ts";
import { deploymentToAsk } from "../observed/release/deployment.ts";
import { pullToAsk } from "../observed/review/published-pull.ts";
import { issueSpokenOn } from "../observed/review/words.ts";
import { holderToAsk } from "../observed/runs/holder.ts";
import { scopeOf } from "../observed/scope.ts";
import type { ControlInput } from "../observed/situation.ts";
import { turnsToAsk } from "../observed/turns/turns-to-ask.ts";
import { dayToAsk } from "../observed/unblock/standing.ts";
import { filesToList } from "./files-to-list.ts";
import { foldersToList } from "./folders-to-list.ts";

const DEFAULT_PREFIX = "factory:";

interface Looking {
  readonly github: GitHub;
  readonly alerts?: Alerts;
  readonly now: string;
}

export interface Observed {
  readonly snapshot: Snapshot;
  readonly polled?: Polled | undefined;
}

/**
 * Observes once, and again only if the first look shows that more is needed. The second look reads the andon under
 * another label prefix, what became of a run, a merge or a lost pull request, the day's spend, files for an alert, or
 * waiting times for a board. The third checks whether a release holds the fix that the ledger of an alert names.
 */
export async function observe(input: ControlInput, looking: Looking): Promise<Observed> {
  const { github, now } = looking;
  const files = { ...filesToList(input), ...foldersToList(input) };
  const wanted = (prefix: string) => ({ ...scopeOf(input, prefix, now), ...files });
  const guess = input.order?.config.prefix ?? DEFAULT_PREFIX;
  const first = await github.observe(wanted(guess));
  const reading = readConfigOf(first);
  const prefix = input.order === undefined && "config" in reading ? reading.config.prefix : guess;
  // Issues of alerts are found by their label. Issues with another prefix do not count.
  const isMissed = prefix !== guess && input.task === "incident";
  const snapshot = isMissed ? await github.observe(wanted(prefix)) : first;
  const read = { input, now, receipts: [], files: NO_FILES };
  const polled = await poll(readSituation({ ...read, snapshot }), looking);
  const known = polled === undefined ? read : { ...read, polled };
  const asked = askedFor(readSituation({ ...known, snapshot }));
  if (asked === undefined && (prefix === guess || isMissed)) return { snapshot, polled };
  const scope = { ...wanted(prefix), ...asked };
  const second = await github.observe(scope);
  const contained = containedToAsk(readSituation({ ...known, snapshot: second }));
  const last = contained.length === 0 ? second : await github.observe({ ...scope, contained });
  return { snapshot: last, polled };
}

function askedFor(seen: View) {
  const holder = holderToAsk(seen);
  const deployment = deploymentToAsk(seen);
  const before = beforeToAsk(seen);
  const alert = alertToAsk(seen);
  const submitted = submitterToAsk(seen);
  const turns = turnsToAsk(seen) ?? dayToAsk(seen);
  const issues =
    issuesToAsk(seen) ?? issuesOfBoard(seen) ?? loopIssuesToAsk(seen) ?? orphansToAsk(seen);
  const pullRequest = pullToAsk(seen);
  const parts = [holder, deployment, before, alert, submitted, turns, issues, pullRequest];
  const isWhole = parts.every((one) => one === undefined);
  if (isWhole) return undefined;
  return {
    ...(holder === undefined ? {} : { holder }),
    ...(deployment === undefined ? {} : { deployment }),
    ...(before === undefined ? {} : { before }),
    ...(submitted === undefined ? {} : { submitted }),
    ...(pullRequest === undefined ? {} : { pullRequest }),
    ...alert,
    ...turns,
    ...(issues === undefined ? {} : { issues }),
  };
}

/** A person who comments on a pull request means the issue that its branch belongs to. */
function issuesToAsk({ trigger, snapshot, issues }: View): readonly number[] | undefined {
  const number = issueSpokenOn(trigger, snapshot);
  const isSeen = issues.some(({ issue }) => issue.number === number);
  return number === undefined || isSeen ? undefined : [number];
}

/** Only the schedule polls the alert source that the config names. */
async function poll(seen: View, { alerts }: Looking): Promise<Polled | undefined> {
  const { sentry } = seen.config.incidents;
  const isBeat = seen.input.task === "incident" && seen.trigger?.kind === "schedule";
  if (!isBeat || sentry === undefined || seen.configRefusal !== undefined) return undefined;
  if (alerts !== undefined) return await alerts.poll(sentry);
  return { found: [], refusals: [{ code: "alerts-unread", subject: "incidents.sentry" }] };
}
