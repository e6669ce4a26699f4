import type { Automation } from "../../domain/github/automation.ts";
import type { Part } from "../../domain/github/snapshot.ts";
import { cutAtWord } from "../../domain/text/cut.ts";
import { sayMinute } from "../figures.ts";
import { fold } from "../fold.ts";
import { safeText } from "../safe-text.ts";
import type { FiledIssue } from "./quality-gap.ts";

const MOST_ROWS = 20;
const DEAD = "Failed three times in a row: ";

/** The part of the board about workflows that schedules start. */
export function sayAutomations(automations: Part<readonly Automation[]>): readonly string[] {
  if ("unknown" in automations) {
    return [
      `The last success of scheduled workflows is unknown: ${safeText(cutAtWord(automations.unknown, 400))}`,
      "",
    ];
  }
  const { known } = automations;
  if (known.length === 0) return [];
  const dead = known.filter(({ isDead }) => isDead);
  return [
    ...(dead.length === 0 ? [] : [`${DEAD}${namesOf(dead)}`, ""]),
    ...fold("Scheduled workflows", tableOf(known)),
    "",
  ];
}

/** Which were dead when the board was written: nobody is told of these a second time. */
export function deadOnBoard(body: string): readonly string[] {
  const line = body.split(/\r?\n/).find((one) => one.startsWith(DEAD)) ?? "";
  return [...line.matchAll(/`([A-Za-z0-9._/?-]+)`/g)].flatMap(([, name]) => name ?? []);
}

export const DEAD_MARKER = "Fingerprint: `millwright:automations`";

/** The one issue about all of them that fail, as long as one does. */
export function renderDeadAutomations(dead: readonly Automation[]): FiledIssue {
  const lines = [
    "The last three scheduled runs of these workflows failed. They have done nothing since their last success.",
    "",
    ...tableOf(dead),
    "",
    "Look at their last runs under **Actions**. This issue closes once one run of each has succeeded. If you close it, it stays closed until another workflow fails in this way.",
    "",
    DEAD_MARKER,
  ];
  return { marker: DEAD_MARKER, title: "Scheduled workflows fail", body: lines.join("\n") };
}

/** Those that the text of that issue is about. */
export function namedAsDead(body: string): readonly string[] {
  return [...body.matchAll(/^\| `([A-Za-z0-9._/?-]+)` \|/gm)].flatMap(([, name]) => name ?? []);
}

function tableOf(automations: readonly Automation[]): readonly string[] {
  const more = automations.length - MOST_ROWS;
  return [
    "| workflow | last success | last run |",
    "|---|---|---|",
    ...automations.slice(0, MOST_ROWS).map(({ name, lastSuccess, lastRun }) => {
      const success = lastSuccess === undefined ? "none known" : sayMinute(lastSuccess);
      return `| \`${name}\` | ${success} | ${sayMinute(lastRun)} |`;
    }),
    ...(more > 0 ? ["", `And ${more} more.`] : []),
  ];
}

function namesOf(automations: readonly Automation[]): string {
  return automations.map(({ name }) => `\`${name}\``).join(", ");
}
