import { z } from "zod";
import { Digest } from "../../domain/digest.ts";
import type { NotTaken } from "../../domain/loop/take-judgement.ts";
import type { TieFault } from "../../domain/loop/ties.ts";
import type { Refusal } from "../../domain/refusal.ts";
import { cut } from "../../domain/text/cut.ts";
import { safeText } from "../safe-text.ts";

const JUDGE = "> **The judge of this loop, a model:** ";

/** Why an issue was filed, in a model's words: the first line of its text, where one judged it. */
export function sayReason(reason: string): string {
  return `${JUDGE}${safeText(reason)}`;
}

/** That line of a text on GitHub, so that it stays when the rest is rewritten. */
export function reasonLineOf(body: string): string | undefined {
  const [first = ""] = body.split(/\r?\n/, 1);
  return first.startsWith(JUDGE) ? first : undefined;
}

const SPEAKS_FOR = "Speaks for: ";
const SPEAKING = /^Speaks for: (`[0-9a-f]{64}`(?:, `[0-9a-f]{64}`)*)$/;

/** The items beside its own that an issue speaks for, by our own digests. It stands above the last line. */
export function restsLine(rests: readonly Digest[]): readonly string[] {
  if (rests.length === 0) return [];
  return [`${SPEAKS_FOR}${rests.map((key) => `\`${key}\``).join(", ")}`, ""];
}

/** Those items, by that line; none where it is not there. */
export function readRests(body: string): readonly Digest[] {
  const lines = body.trimEnd().split(/\r?\n/);
  const written = lines.slice(0, -1).findLast((line) => line.trim() !== "") ?? "";
  const [, keys = ""] = SPEAKING.exec(written) ?? [];
  return z.array(Digest).parse([...keys.matchAll(/[0-9a-f]{64}/g)].map(([key]) => key));
}

const FAULTS: Readonly<Record<TieFault, { readonly found: string; readonly accepted: string }>> = {
  "item-not-asked": {
    found: "nobody asked about this key",
    accepted: "the key of an item that was to be judged",
  },
  "item-twice": { found: "two verdicts on one item", accepted: "one" },
  "nothing-shown": {
    found: "it points at nothing that was to be judged",
    accepted:
      "evidence: another item, lines or a figure; for a proposal an item that was to be judged",
  },
  "item-unknown": { found: "no item of this key was gathered", accepted: "the key of an item" },
  "item-itself": { found: "it points at itself", accepted: "another item" },
  "lines-not-there": {
    found: "these lines do not stand there at the base",
    accepted: "lines as they stand in a file, letter by letter",
  },
  "figure-differs": {
    found: "no such figure was gathered",
    accepted: "a figure as it was gathered",
  },
  "target-not-filed": {
    found: "that item is not filed",
    accepted: "the key of an item that is filed",
  },
  "item-filed-itself": {
    found: "that item has an issue of its own",
    accepted: "items that nothing else stands for",
  },
  "item-proposed-twice": {
    found: "another proposal rests on that item",
    accepted: "items that nothing else stands for",
  },
  "too-many": { found: "one more than the loop file allows", accepted: "effects.propose" },
};

/** A word of a judge that is not taken, and why. */
export function refuseWord(word: NotTaken): Refusal {
  const { found, accepted } = FAULTS[word.fault];
  return {
    code: "judgement-untied",
    subject: cut(word.subject, 300),
    found: cut(`${word.at}: ${found}`, 2_000),
    accepted,
  };
}

/** The same as a line of the issue that tells of the loop. */
export function sayNotTaken(word: NotTaken): string {
  return `- ${safeText(cut(word.subject, 200))}: ${FAULTS[word.fault].found}, at ${safeText(`\`${cut(word.at, 200).replaceAll("`", "'")}\``)}`;
}
