import type { LedgerEvent, SealedEntry } from "../../domain/ledger.ts";
import type { Refusal } from "../../domain/refusal.ts";
import { writtenLength, writtenTextLength } from "../../wording/issue/ledger-lines.ts";
import { BODY_CHARACTERS } from "../../wording/safe-text.ts";

/**
 * A ledger is one comment. Foreign texts shrink before the history outgrows it, and its oldest entries go to a page
 * before an attempt. Every list here holds the comment's entries, without those on pages; all lengths are as written.
 */

/** Room for the record of an attempt and its consequences. */
const ROOM_OF_AN_ATTEMPT = 10_000;
/** Room that long texts may not use: the steps of a dozen attempts need it. */
const ROOM_OF_STEPS = 24_000;
/** Head of the comment: its marker, the question, the picture of the line, an empty table and the fold. */
const HEAD = 8_000;
/** Size of a page: less than a comment with too little room holds, so that every run puts the same entries on it. */
const ROOM_OF_A_PAGE = 40_000;
/** The most that a comment takes: an entry longer than a page gets its own. */
const MOST_OF_A_PAGE = BODY_CHARACTERS - 2_000;
/** The most, and the least, that foreign texts get in one entry. */
const MOST_WORDS = 6_000;
const LEAST_WORDS = 400;

function roomLeft(entries: readonly SealedEntry[]): number {
  return BODY_CHARACTERS - HEAD - writtenLength(entries);
}

/**
 * The oldest entries, as many as a page takes, if there is too little room for an attempt; empty otherwise. The last
 * entry stays. Later entries do not change the choice.
 */
export function linesForPage(entries: readonly SealedEntry[]): readonly SealedEntry[] {
  if (roomLeft(entries) >= ROOM_OF_AN_ATTEMPT) return [];
  const lines: SealedEntry[] = [];
  let length = 0;
  for (const entry of entries.slice(0, -1)) {
    length += writtenLength([entry]);
    if (length > (lines.length === 0 ? MOST_OF_A_PAGE : ROOM_OF_A_PAGE)) break;
    lines.push(entry);
  }
  return lines;
}

/** Refuses before an attempt begins, so that its result can be recorded. Even one more page may not give enough room. */
export function refuseFullLedger(entries: readonly SealedEntry[]): Refusal | undefined {
  const left = roomLeft(entries.slice(linesForPage(entries).length));
  if (left >= ROOM_OF_AN_ATTEMPT) return undefined;
  return {
    code: "limit-exceeded",
    subject: "the ledger of this issue",
    found: `room for ${Math.max(0, left)} more characters`,
    accepted: `room for ${ROOM_OF_AN_ATTEMPT}`,
    hint: "open-a-new-issue",
  };
}

export function fits(entries: readonly SealedEntry[]): boolean {
  return roomLeft(entries) >= 0;
}

/** The event, with foreign texts cut to a sixth of the room left, so that later entries fit. */
export function shrunk(event: LedgerEvent, entries: readonly SealedEntry[]): LedgerEvent {
  const free = (roomLeft(entries) - ROOM_OF_STEPS) / 6;
  const words = Math.floor(Math.min(MOST_WORDS, Math.max(LEAST_WORDS, free)));
  switch (event.kind) {
    case "sent-back": {
      const { findings, aboutTests } = event;
      const cut = cutAll([...findings, ...(aboutTests ?? [])], words);
      const shorter = { ...event, findings: cut.slice(0, findings.length) };
      return aboutTests === undefined
        ? shorter
        : { ...shorter, aboutTests: cut.slice(findings.length) };
    }
    case "refused":
      return { ...event, refusal: cutRefusal(event.refusal, words) };
    case "published": {
      const { said, ...rest } = event;
      const isLong = said !== undefined && writtenTextLength(JSON.stringify(said)) > words;
      return isLong ? rest : event;
    }
    default:
      return event;
  }
}

function cutRefusal(refusal: Refusal, words: number): Refusal {
  const { subject, found, accepted } = refusal;
  const [first = "", second = "", third = ""] = cutAll(
    [subject, found ?? "", accepted ?? ""],
    words,
  );
  return {
    ...refusal,
    subject: first,
    ...(found === undefined ? {} : { found: second }),
    ...(accepted === undefined ? {} : { accepted: third }),
  };
}

/** Short texts stay whole, and long ones share the rest. */
function cutAll(texts: readonly string[], words: number): string[] {
  const lengths = texts.map(writtenTextLength);
  let left = words;
  let share = words;
  for (const [index, length] of lengths.toSorted((one, other) => one - other).entries()) {
    share = Math.floor(left / (lengths.length - index));
    if (length > share) break;
    left -= length;
  }
  return texts.map((text, index) => ((lengths[index] ?? 0) <= share ? text : cutTo(text, share)));
}

/** The end of a long text says most, because that is where a command says what failed. */
function cutTo(text: string, most: number): string {
  const gap = " … ";
  const room = most - writtenTextLength(gap);
  const letters = [...text.toWellFormed()];
  const head = takeWithin(letters, room * 0.4);
  const rest = letters.slice(head.length).reverse();
  const tail = takeWithin(rest, room * 0.6).reverse();
  return `${head.join("")}${gap}${tail.join("")}`.slice(0, text.length);
}

function takeWithin(letters: readonly string[], most: number): string[] {
  const taken: string[] = [];
  let length = 0;
  for (const letter of letters) {
    length += writtenTextLength(letter);
    if (length > most) break;
    taken.push(letter);
  }
  return taken;
}
