import type { LedgerEntry } from "../../domain/ledger.ts";
import { type Refusal, RefusalCode } from "../../domain/refusal.ts";
import { sayRefusal } from "../../wording/refusals.ts";
import type { Story } from "./story.ts";

/** An attempt that did not land, with what the ledger kept of why. */
export interface SentBack {
  readonly attempt: number;
  readonly findings: readonly string[];
}

type Told = Pick<Story, "ledger" | "proposals">;

/** All that was refused, in the order in which it happened, so that the first is the cause; each once. */
export function refusalsOf({ ledger, proposals }: Told): readonly Refusal[] {
  const written = ledger.flatMap(({ event }) => {
    if (event.kind === "refused") return [event.refusal];
    return event.kind === "sent-back" ? event.findings.flatMap((said) => refusalIn(said)) : [];
  });
  // A worker's refusal is in the ledger as soon as control could write it there.
  const failed = proposals.flatMap((each) => (each.worker === "failed" ? [each.refusal] : []));
  const seen = new Set<string>();
  return [...written, ...failed].filter(({ code, subject }) => {
    const key = JSON.stringify([code, subject]);
    return seen.has(key) ? false : Boolean(seen.add(key));
  });
}

export function sentBackOf({ ledger }: Pick<Story, "ledger">): readonly SentBack[] {
  return ledger.flatMap(({ event }) =>
    event.kind === "sent-back" ? [{ attempt: event.attempt, findings: event.findings }] : [],
  );
}

/** Why it stopped: each attempt that was sent back, then what ended it; undefined where nothing was refused. */
export function sayStop(story: Told): string | undefined {
  const since = story.ledger.slice(story.ledger.findLastIndex(isWordOfPerson) + 1);
  const backs = sentBackOf({ ledger: since });
  const end = since.slice(since.findLastIndex(({ event }) => event.kind === "sent-back") + 1);
  const [last] = refusalsOf({ ledger: end, proposals: [] });
  const [first] = refusalsOf({ ledger: since, proposals: story.proposals });
  const ended = last ?? (backs.length === 0 ? first : undefined);
  if (ended === undefined && backs.length === 0) return undefined;
  return [...backs.map(sayBack), ...(ended === undefined ? [] : [sayRefusal(ended)])].join(" ");
}

/** What was refused before it was answered by then. */
function isWordOfPerson({ event }: LedgerEntry): boolean {
  return event.kind === "commanded";
}

function sayBack({ attempt, findings: [cause = "no reason given", ...more] }: SentBack): string {
  const others = more.length === 0 ? "" : `, and ${more.length} more`;
  return `Attempt ${attempt} was sent back: ${cause.trim().replace(/\.$/, "")}${others}.`;
}

/** Control records a refusal of an attempt as `code: subject (found)`; what a reviewer said is in words of its own. */
function refusalIn(finding: string): readonly Refusal[] {
  const [, word, rest = ""] = /^([a-z-]+): ([\s\S]*)$/.exec(finding) ?? [];
  const code = RefusalCode.safeParse(word).data;
  if (code === undefined) return [];
  const [, subject = rest, found] = /^([\s\S]*?) \(([\s\S]*)\)$/.exec(rest) ?? [];
  return [{ code, subject, ...(found === undefined ? {} : { found }) }];
}
