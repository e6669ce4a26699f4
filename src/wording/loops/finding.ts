import type { Digest } from "../../domain/digest.ts";
import type { GatheredItem } from "../../domain/loop/gathered.ts";
import { keyOf } from "../../domain/loop/key-of.ts";
import type { FiledItem } from "../../domain/loop/plan.ts";
import type { FiledIssue } from "../issue/quality-gap.ts";
import { BODY_CHARACTERS, boundBody, safeBlock, safePlain, safeText } from "../safe-text.ts";
import { restsLine, sayReason } from "./judged.ts";

const MOST_LINES = 200;

/** Last line of an issue that a loop filed; it holds our own digest and nothing of what was found. */
export function findingMarker(loop: string, key: Digest): string {
  return `Fingerprint: \`millwright:loop:${loop}:${key}\``;
}

const FINDING = /^Fingerprint: `millwright:loop:([a-z][a-z0-9-]{0,39}):([0-9a-f]{64})`$/;

/** Whose finding it is, by that line; undefined for any other. */
export function readFindingMarker(
  marker: string,
): { readonly loop: string; readonly key: Digest } | undefined {
  const [, loop, key] = FINDING.exec(marker) ?? [];
  return loop === undefined || key === undefined ? undefined : { loop, key };
}

/**
 * The issue of one item, found again by its key. The gatherer's text, and a model's words about it, are shown as foreign
 * text.
 */
export function renderFinding(found: {
  readonly loop: string;
  /** Of the loop file. */
  readonly path: string;
  readonly key: Digest;
  readonly item: FiledItem;
  readonly expireAfterDays: number;
  /** The label by which a person gives it to the line. */
  readonly queued: string;
  /** How many of its issues the loop may have on the line by itself. */
  readonly start: number;
  /** A model's existing words, and the items that the issue covers, when the text is rewritten. */
  readonly kept?: { readonly reason?: string | undefined; readonly rests: readonly Digest[] };
}): FiledIssue {
  const { loop, path, key, item, expireAfterDays, queued, start, kept } = found;
  const marker = findingMarker(loop, key);
  const { rests = [], own: isProposed = false, reason = "" } = item;
  const said = reason === "" ? kept?.reason : sayReason(reason);
  const keys = new Set([...(kept?.rests ?? []), ...rests.map(keyOf)]);
  const lines = [
    ...(said === undefined ? [] : [said, ""]),
    ...sayBody(item.body),
    ...item.evidence.flatMap(sayEvidence),
    // The items of a proposal are its evidence already.
    ...(isProposed ? [] : rests.flatMap(sayJoined)),
    `**Next:** ${sayStart(start, queued)} Close it as not planned, and it is never filed again.`,
    "",
    `${isProposed ? sayProposed(path) : sayFound(path)} ${sayWhen(expireAfterDays)}, unless a person writes here.`,
    "",
  ];
  const tail = [...restsLine([...keys]), marker].join("\n");
  const characters = BODY_CHARACTERS - tail.length - 1;
  const body = `${boundBody(lines.join("\n"), { characters })}\n${tail}`;
  return { marker, title: safePlain(item.title).trim(), body };
}

function sayFound(path: string): string {
  return `Found by the loop ${safeText(`\`${path}\``)}, by code. The loop writes this text anew while it finds it, and closes the issue`;
}

function sayProposed(path: string): string {
  return `Proposed by the judge of the loop ${safeText(`\`${path}\``)}, a model: code has checked that what it points at is there, and nothing else. The loop closes the issue`;
}

/** An item that is the same as the one of the issue, as a model says. */
function sayJoined({ title, evidence }: GatheredItem): readonly string[] {
  return [
    `Found as well, and judged to be the same: ${safeText(title)}`,
    "",
    ...evidence.flatMap(sayEvidence),
  ];
}

function sayStart(start: number, queued: string): string {
  if (start === 0) {
    return `It starts nothing by itself: a person puts the label \`${queued}\` on it to have it worked on.`;
  }
  const room = start === 1 ? "none of its issues is" : `fewer than ${start} of its issues are`;
  return `At its next run it may put the label \`${queued}\` on this issue by itself, while ${room} on the line. Write here, and it does not.`;
}

function sayWhen(days: number): string {
  return days === 0
    ? "as soon as it does not find it any more"
    : `once it has not found it for ${days} days`;
}

function sayBody(body: string): readonly string[] {
  const lines = body.trim() === "" ? [] : body.trim().split(/\r?\n/).slice(0, MOST_LINES);
  return lines.length === 0 ? [] : [...lines.map((line) => safeText(line)), ""];
}

function sayEvidence({ what, at, output }: GatheredItem["evidence"][number]): readonly string[] {
  const shown = output.trim() === "" ? [] : [safeBlock(output), ""];
  return [`**${safeText(what)}** at ${safeText(`\`${at.replaceAll("`", "'")}\``)}`, "", ...shown];
}

/** Why an issue of a loop closes, first line of the comment that says it. */
export const CLOSED_MARKER = "### Millwright · loop";

export type ClosedBecause =
  | { readonly kind: "expired"; readonly days: number }
  | {
      readonly kind: "undone";
      readonly measure: string;
      readonly from: number;
      readonly to: number;
    };

export function renderClosed(loop: string, because: ClosedBecause): string {
  return `${CLOSED_MARKER}\n\n${sayClosed(loop, because)}\n`;
}

function sayClosed(loop: string, because: ClosedBecause): string {
  const name = `\`${loop}\``;
  if (because.kind === "expired" && because.days === 0) {
    return `The loop ${name} no longer finds this, and nobody wrote here, so it is closed. If the loop finds it again, it files it again.`;
  }
  return because.kind === "expired"
    ? `The loop ${name} has not found this for ${because.days} days, and nobody wrote here, so it is closed. If the loop finds it again, it files it again.`
    : `The guard \`${because.measure}\` of the loop ${name} went from ${because.from} to ${because.to} after this issue was filed: the loop is stopped, and this issue is closed with it.`;
}
