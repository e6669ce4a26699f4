import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  appendEntry,
  type LedgerEntry,
  refuseLedger,
  type SealedEntry,
  stageOfLedger,
} from "../../src/domain/ledger.ts";

const place = { repositoryId: 7, issue: 1 };
const key = "a key of the owner";

function entry(questions: number): Omit<LedgerEntry, "sequence"> {
  return {
    at: "2026-01-02T03:04:05Z",
    run: 1,
    stage: "needs-info",
    event: { kind: "asked", questions },
  };
}

function ledgerOf(
  length: number,
  options: { readonly key: string | undefined } = { key },
): readonly SealedEntry[] {
  let ledger: readonly SealedEntry[] = [];
  for (let index = 1; index <= length; index++) {
    ledger = appendEntry(ledger, entry(index), { place, key: options.key });
  }
  return ledger;
}

describe("the ledger's seal", () => {
  test("numbers and seals what is appended", () => {
    const ledger = ledgerOf(3);
    expect(ledger.map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
    expect(new Set(ledger.map(({ seal }) => seal)).size).toBe(3);
    expect(refuseLedger(ledger, { place, key })).toBeUndefined();
    expect(stageOfLedger(ledger)).toBe("needs-info");
    expect(stageOfLedger([])).toBeUndefined();
  });

  test("without a key lines are numbered and say that they are not sealed", () => {
    const ledger = ledgerOf(2, { key: undefined });
    expect(ledger.every(({ seal }) => seal === "none")).toBe(true);
    expect(refuseLedger(ledger, { place, key: undefined })).toBeUndefined();
    expect(refuseLedger(ledger, { place, key })).toMatchObject({ code: "ledger-invalid" });
  });

  test("edited, deleted, reordered, replayed, transplanted or unsealed lines are refused", () => {
    const forgeries: readonly ((ledger: SealedEntry[]) => SealedEntry[])[] = [
      (ledger) => ledger.with(1, { ...(ledger[1] as SealedEntry), stage: "done" }),
      (ledger) => ledger.toSpliced(0, 1),
      (ledger) => ledger.toSpliced(1, 1),
      (ledger) => ledger.toReversed(),
      (ledger) => [...ledger, ledger.at(-1) as SealedEntry],
      (ledger) => ledger.with(1, { ...(ledger[1] as SealedEntry), seal: "none" }),
    ];
    for (const forge of forgeries) {
      expect(refuseLedger(forge([...ledgerOf(4)]), { place, key })).toMatchObject({
        code: "ledger-invalid",
      });
    }
    expect(refuseLedger(ledgerOf(2), { place: { ...place, issue: 2 }, key })).toBeDefined();
    expect(refuseLedger(ledgerOf(2), { place: { ...place, repositoryId: 8 }, key })).toBeDefined();
    expect(refuseLedger(ledgerOf(2), { place, key: "another" })).toBeDefined();
  });

  test("any change of any number in any line breaks it", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 4 }),
        fc.integer({ min: 2, max: 1_000 }),
        (index, run) => {
          const ledger = ledgerOf(5);
          const forged = ledger.with(index, { ...(ledger[index] as SealedEntry), run });
          expect(refuseLedger(forged, { place, key })).toBeDefined();
        },
      ),
    );
  });
});
