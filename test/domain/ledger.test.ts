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

function unsealed(ledger: readonly SealedEntry[], index: number): readonly SealedEntry[] {
  return ledger.with(index, { ...(ledger[index] as SealedEntry), seal: "none" });
}

/** One line per key, each sealed by its own. */
function sealedBy(...keys: readonly string[]): readonly SealedEntry[] {
  return keys.reduce<readonly SealedEntry[]>(
    (ledger, by, index) => appendEntry(ledger, entry(index + 1), { place, key: by }),
    [],
  );
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

  test("the stage is that of the last line", () => {
    const begun = appendEntry([], { ...entry(1), stage: "building" }, { place, key });
    const ledger = appendEntry(begun, { ...entry(2), stage: "ready" }, { place, key });
    const ended = appendEntry(ledger, entry(3), { place, key });
    expect([begun, ledger, ended].map(stageOfLedger)).toEqual(["building", "ready", "needs-info"]);
  });

  test.each([
    ["a line is missing", (ledger) => ledger.slice(1), 2, "lines are missing or out of order"],
    ["a line is unsealed", (ledger) => unsealed(ledger, 2), 3, "the seal does not match"],
  ] as const satisfies readonly (readonly [
    string,
    (ledger: readonly SealedEntry[]) => readonly SealedEntry[],
    number,
    string,
  ])[])("where %s, it says which line and what is wrong with it", (_, forge, line, found) => {
    expect(refuseLedger(forge(ledgerOf(4)), { place, key })).toEqual({
      code: "ledger-invalid",
      subject: `line ${line} of the ledger`,
      found,
    });
  });

  test("lines without a key are still counted", () => {
    const ledger = ledgerOf(3, { key: undefined }).slice(1);
    expect(refuseLedger(ledger, { place, key: undefined })).toMatchObject({
      found: "lines are missing or out of order",
    });
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

describe("a seal key that was changed", () => {
  const secret = "new middle old";

  test.each([
    [["old", "old", "new"], undefined],
    [["old", "middle", "new"], undefined],
    [["middle", "middle", "new", "new"], undefined],
    [["old", "new", "old"], 3],
    [["new", "old"], 2],
    [["middle", "old"], 2],
    [["old", "middle", "old"], 3],
    [["old", "middle", "new", "middle"], 4],
    [["leaked"], 1],
  ])("lines sealed by %j: first refused is %j", (keys, refused) => {
    expect(refuseLedger(sealedBy(...keys), { place, key: secret })?.subject).toBe(
      refused === undefined ? undefined : `line ${refused} of the ledger`,
    );
  });

  test("the newest key of the secret seals", () => {
    const ledger = appendEntry([], entry(1), { place, key: secret });
    expect(ledger).toEqual(sealedBy("new"));
  });
});
