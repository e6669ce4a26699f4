import { describe, expect, test } from "vitest";
import { readFound } from "../../../../src/control/observed/turns/other-ledgers.ts";
import { readWorkToday } from "../../../../src/control/observed/turns/work-today.ts";
import { appendEntry, type LedgerEvent, type SealedEntry } from "../../../../src/domain/ledger.ts";
import { NO_USAGE } from "../../../../src/domain/usage.ts";
import { LEDGER_ID, writePaged } from "../../../wording/paged.ts";
import { viewOf } from "../../outcome/building.ts";

const VIEW = viewOf();
const { snapshot, input } = VIEW;
const ISSUE = 3;

/** Steps of which each cost a dollar, at these times. */
function ledgerOf(...times: readonly string[]): readonly SealedEntry[] {
  const context = {
    place: { repositoryId: snapshot.repository.id, issue: ISSUE },
    key: input.sealKey,
  };
  return times.reduce<readonly SealedEntry[]>((ledger, at, index) => {
    const usage = { ...NO_USAGE, usd: 1 };
    const event: LedgerEvent = { kind: "sent-back", attempt: index + 1, findings: [] };
    const entry = { at, run: 1, stage: "ready", event, usage } as const;
    return appendEntry(ledger, entry, context);
  }, []);
}

const found = (ledger: ReturnType<typeof writePaged>, pages = ledger.pages) => ({
  issue: ISSUE,
  comment: LEDGER_ID,
  body: ledger.ledger.body,
  pages,
});

/** The day is 20 November. */
const ENTRIES = ledgerOf(
  "2026-11-17T08:00:00Z",
  "2026-11-18T08:00:00Z",
  "2026-11-20T07:00:00Z",
  "2026-11-20T07:30:00Z",
  "2026-11-20T08:00:00Z",
);

describe("the ledger of another issue on pages", () => {
  const paged = writePaged(ENTRIES, [2, 4]);

  test("is read with its pages", () => {
    expect(readFound(found(paged), VIEW)).toEqual({ known: ENTRIES });
    expect(readFound(found(writePaged(ENTRIES, [])), VIEW)).toEqual({ known: ENTRIES });
  });

  test("is read without a page that nobody wrote to since then", () => {
    expect(readFound(found(paged, paged.pages.slice(1)), VIEW)).toEqual({
      known: ENTRIES.slice(2),
    });
  });

  test("is unknown without a page that holds lines of these days", () => {
    expect(readFound(found(paged, []), VIEW)).toEqual({
      unknown: "the ledger of issue 3: page 2, comment 502 is gone",
    });
  });

  test("is unknown where a page is another, or the line that it goes on from", () => {
    const [first, second] = paged.pages;
    const swapped = [
      { id: 501, body: second?.body ?? "" },
      { id: 502, body: first?.body ?? "" },
    ];
    expect(readFound(found(paged, swapped), VIEW)).toMatchObject({ unknown: expect.any(String) });
    const forged = writePaged(
      ENTRIES.map((entry) => ({ ...entry, seal: `v1:${"0".repeat(64)}` })),
      [2, 4],
    );
    const body = paged.ledger.body.replace(ENTRIES[3]?.seal ?? "?", `v1:${"0".repeat(64)}`);
    const ledger = { ...forged, ledger: { id: LEDGER_ID, body } };
    expect(readFound(found(ledger, forged.pages), VIEW)).toMatchObject({
      unknown: expect.stringContaining("the seal does not match"),
    });
  });

  /** No loop has spent anything. */
  const QUIET = { ...snapshot, loopsLately: { known: [] } };

  test("counts for the day's money with what its pages hold of the day", () => {
    const spent = (ledger: ReturnType<typeof found>) => {
      const work = readWorkToday({
        ...VIEW,
        snapshot: { ...QUIET, ledgers: { known: [ledger] } },
      });
      return "known" in work ? work.known.spent : work.unknown;
    };
    const none = readWorkToday({ ...VIEW, snapshot: { ...QUIET, ledgers: { known: [] } } });
    const own = "known" in none ? none.known.spent : Number.NaN;
    expect(spent(found(paged))).toBe(own + 3);
    expect(spent(found(writePaged(ENTRIES, [])))).toBe(own + 3);
    expect(spent(found(paged, []))).toContain("is gone");
  });
});
