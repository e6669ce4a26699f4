import type { Digest } from "../../domain/digest.ts";
import type { Suspect } from "../../domain/github/incident-issue.ts";
import type { Part } from "../../domain/github/snapshot.ts";
import type { Incident, Source } from "../../domain/incident/incident.ts";
import type { OwnFrame } from "../../domain/incident/own-frames.ts";
import { boundBody, ownLink, safeBlock, safePlain, safeText } from "../safe-text.ts";
import type { FiledIssue } from "./quality-gap.ts";

const MOST_FRAMES = 10;
const SOURCE_NAMES: Readonly<Record<Source, string>> = {
  sentry: "Sentry",
  alertmanager: "Alertmanager",
  grafana: "Grafana",
  pagerduty: "PagerDuty",
  datadog: "Datadog",
  alert: "an alert",
};

/** By this last line the issue is found again; it holds our own digest and nothing of the payload. */
export function alertMarker(fingerprint: Digest): string {
  return `Fingerprint: \`millwright:alert:${fingerprint}\``;
}

/** The same line, whatever the fingerprint. */
export const ALERT_MARKER = /^Fingerprint: `millwright:alert:[0-9a-f]{64}`$/;

/**
 * The issue of an incident, written so that intake can make a contract of it. It never changes afterwards, because a contract
 * is bound to the text that it was made from: what is counted stands in a comment.
 */
export function renderAlertIssue(alert: {
  readonly incident: Incident;
  readonly own: readonly OwnFrame[];
  readonly fingerprint: Digest;
  /** Undefined where no release is named that could be looked up. */
  readonly suspect: Part<Suspect | null> | undefined;
  /** Its address, https://github.com/OWNER/NAME: all links are below it. */
  readonly repository: string;
}): FiledIssue {
  const { incident, own, fingerprint } = alert;
  const marker = alertMarker(fingerprint);
  const lines = [
    `${SOURCE_NAMES[incident.source]} reported ${safeText(incident.type)}${sayRelease(incident)}. The report says, unchanged:`,
    "",
    safeBlock(incident.message === "" ? "(no text)" : incident.message),
    "",
    ...sayFrames(incident, own),
    ...saySuspect(alert),
    ...(incident.url === undefined ? [] : [`There: ${safeText(incident.url)}`, ""]),
    "## Acceptance criteria",
    "",
    ...sayCriteria(own),
    "",
    "## What is unknown",
    "",
    "The report shows where it failed, but not which input led there or what should have happened. Add what you know. To have the issue worked on, put the queued label on it.",
    "",
    marker,
  ];
  return { marker, title: titleOf(incident, own), body: boundBody(lines.join("\n")) };
}

function titleOf({ type, message }: Incident, own: readonly OwnFrame[]): string {
  const [top] = own;
  const where = top === undefined ? "" : ` in ${top.file}`;
  const said = message === "" || message === type ? type : `${type}: ${message}`;
  return safePlain(`Incident${where}: ${said}`).slice(0, 200).trim();
}

function sayRelease({ release }: Incident): string {
  return release === undefined ? "" : ` in the release ${safeText(release)}`;
}

function sayFrames(incident: Incident, own: readonly OwnFrame[]): readonly string[] {
  if (own.length === 0) {
    const why =
      incident.frames.length === 0
        ? "The report names no place in the code."
        : "None of the places in the report is a file of this repository.";
    return [why, ""];
  }
  const places = own.slice(0, MOST_FRAMES).map((frame, index) => {
    const order = index === 0 ? " (innermost)" : "";
    return `- ${safeText(sayPlace(frame))}${order}`;
  });
  return ["Places in this repository's own code:", "", ...places, ""];
}

/** By the release's merges and the stack's lines; a suspicion, and said as one. */
function saySuspect({
  own,
  suspect,
  repository,
}: Pick<
  Parameters<typeof renderAlertIssue>[0],
  "own" | "suspect" | "repository"
>): readonly string[] {
  if (own.length === 0) return [];
  if (suspect === undefined) {
    return [`${UNKNOWN_MERGE} the report names no release that could be a tag or a commit.`, ""];
  }
  if ("unknown" in suspect) return [`${UNKNOWN_MERGE} ${suspect.unknown}.`, ""];
  const { known } = suspect;
  if (known === null) {
    return [
      `${UNKNOWN_MERGE} none of the last ten merges of that release changed these files.`,
      "",
    ];
  }
  const { commit, title, file, line, brought } = known;
  const link = ownLink(commit.slice(0, 12), `${repository}/commit/${commit}`);
  const what =
    line !== undefined && brought === true
      ? `added the very line \`${file}:${line}\``
      : `is the last that changed \`${file}\`${brought === false ? ", but not that line" : ""}`;
  return [
    `**Suspected merge** ${link} (${safeText(title)}): in that release it ${safeText(what)}.`,
    "",
  ];
}

const UNKNOWN_MERGE = "The merge to blame is unknown:";

function sayPlace({ file, line, function: name }: OwnFrame): string {
  const place = line === undefined ? file : `${file}:${line}`;
  return name === undefined ? `\`${place}\`` : `\`${place}\` in \`${name}\``;
}

/** The first criterion asks for the test that fails as production did: without it nobody can say what was mended. */
function sayCriteria(own: readonly OwnFrame[]): readonly string[] {
  const [top] = own;
  const there = top === undefined ? "as the report shows" : `at ${safeText(sayPlace(top))}`;
  return [
    `1. A new test fails on the current code in the same way, ${there}, and passes after the change.`,
    "2. The tests that passed before still pass.",
  ];
}
