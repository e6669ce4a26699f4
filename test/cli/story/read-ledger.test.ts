import { expect, test } from "vitest";
import { readLedger } from "../../../src/cli/story/read-ledger.ts";
import { LIFE } from "../../wording/ledgers.ts";
import { writePaged } from "../../wording/paged.ts";

const { pages, ledger } = writePaged(LIFE, [2, 5]);

test("a ledger is told whole, with the pages that it names", () => {
  expect(readLedger([...pages, ledger])).toEqual(LIFE);
  expect(readLedger([ledger, ...pages, { id: 9, body: "talk" }])).toEqual(LIFE);
});

test("of several states the longest is told, of a page that cannot be read what is behind it", () => {
  const short = writePaged(LIFE.slice(0, 3), []).ledger;
  expect(readLedger([{ ...short, id: 1 }, ...pages, ledger])).toEqual(LIFE);
  expect(readLedger(pages.slice(1).concat(ledger))).toEqual(LIFE.slice(2));
  expect(readLedger([{ id: 502, body: "spoilt" }, ledger])).toEqual(LIFE.slice(5));
  expect(readLedger([])).toEqual([]);
});
