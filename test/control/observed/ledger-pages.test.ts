import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readLedger } from "../../../src/control/observed/ledger.ts";
import { continuedAfter } from "../../../src/domain/ledger/pages.ts";
import type { SealedEntry } from "../../../src/domain/ledger.ts";
import { LEDGER_MARKER, parseLedgerComment } from "../../../src/wording/issue/ledger-comment.ts";
import { markerOfPage } from "../../../src/wording/issue/ledger-page.ts";
import { cases } from "../../cases.ts";
import { anyLedger, KEY, LIFE, PLACE } from "../../wording/ledgers.ts";
import { LEDGER_ID, type Written, writeLedger, writePaged } from "../../wording/paged.ts";

const SELF = 99;

function read(comments: readonly (Written & { readonly by?: number })[], key: string | null = KEY) {
  const said = comments.map(({ id, body, by = SELF }) => ({ id, body, author: { id: by } }));
  const sealed = key === null ? {} : { key };
  return readLedger(said, { identity: SELF, place: PLACE, queued: false, ...sealed });
}

/** A ledger, and places between its lines at which a page ends. */
const anyPaged = anyLedger()
  .filter(({ length }) => length > 1)
  .chain((entries) =>
    fc.record({
      entries: fc.constant(entries),
      cuts: fc
        .subarray(
          entries.slice(1).map((_, index) => index + 1),
          { minLength: 1 },
        )
        .map((cuts) => cuts.toSorted((one, other) => one - other)),
    }),
  );

describe("a ledger on pages", () => {
  test("reads as if it stood in one comment, wherever it was cut", () => {
    fc.assert(
      fc.property(anyPaged, ({ entries, cuts }) => {
        const { pages, ledger, continues } = writePaged(entries, cuts);
        expect(read([...pages, ledger])).toEqual({ entries, continues, comment: LEDGER_ID });
        expect(read([{ id: LEDGER_ID, body: writeLedger(entries) }]).entries).toEqual(entries);
      }),
      cases(200),
    );
  });

  test("is the same ledger where a run ended between a page and what goes on from it", () => {
    fc.assert(
      fc.property(anyPaged, ({ entries, cuts }) => {
        const before = writePaged(entries, cuts.slice(0, -1));
        const after = writePaged(entries, cuts);
        const between = read([...after.pages, before.ledger]);
        expect(between.refusal).toBeUndefined();
        expect(between.entries).toEqual(entries);
      }),
      cases(100),
    );
  });

  test("shows its last lines and where the others lie", () => {
    const { ledger } = writePaged(LIFE, [2, 5]);
    expect(parseLedgerComment(ledger.body)).toMatchObject({
      entries: LIFE.slice(5),
      continues: { sequence: 5, at: LIFE[4]?.at, seal: LIFE[4]?.seal, pages: [501, 502] },
    });
    const page = "https://github.com/OWNER/app/issues/3#issuecomment";
    expect(ledger.body).toContain(
      `Lines 1 to 5 of the log lie on [page 1](${page}-501), [page 2](${page}-502).`,
    );
    expect(ledger.body).toContain("submitted by");
  });
});

type Forge = (comments: readonly Written[]) => readonly (Written & { readonly by?: number })[];

const editBody =
  (of: number, edit: (body: string) => string): Forge =>
  (comments) =>
    comments.map((one) => (one.id === of ? { ...one, body: edit(one.body) } : one));

/** Edits the lines for machines of one comment, and nothing else. */
const editLines = (of: number, edit: (lines: readonly string[]) => readonly string[]) =>
  editBody(of, (body) => {
    const all = body.split("\n");
    const [start, end] = [all.indexOf("```json") + 1, all.lastIndexOf("```")];
    return [...all.slice(0, start), ...edit(all.slice(start, end)), ...all.slice(end)].join("\n");
  });

/** As `editLines`, with a first line that names what then stands there. */
const editPage =
  (of: number, edit: (lines: readonly string[]) => readonly string[]): Forge =>
  (comments) =>
    editBody(of, (body) => {
      const [, ...rest] = body.split("\n");
      const lines = rest.slice(rest.indexOf("```json") + 1, rest.lastIndexOf("```"));
      const entries = lines.filter((line) => line.includes('"event"'));
      const continues = lines.find((line) => line.includes('"continues"'));
      const marker = markerOfPage({
        entries: entries.map((line) => JSON.parse(line) as SealedEntry),
        ...(continues === undefined ? {} : JSON.parse(continues)),
      });
      return [marker, ...rest].join("\n");
    })(editLines(of, edit)(comments));

const namePages = (change: (pages: readonly number[]) => readonly number[]) =>
  editLines(LEDGER_ID, ([first = "", ...rest]) => {
    const { continues } = JSON.parse(first) as { continues: { pages: number[] } };
    return [
      JSON.stringify({ continues: { ...continues, pages: change(continues.pages) } }),
      ...rest,
    ];
  });

const FORGERIES: readonly (readonly [string, Forge])[] = [
  ["the first page is deleted", (all) => all.filter(({ id }) => id !== 501)],
  ["the last page is deleted", (all) => all.filter(({ id }) => id !== 502)],
  ["a page is somebody else's", (all) => all.map((one) => ({ ...one, by: one.id % 2 ? 7 : SELF }))],
  [
    "a line of a page is edited",
    editPage(501, ([one = "", ...rest]) => [one.replace('"run":11', '"run":12'), ...rest]),
  ],
  [
    "the last line of a page is edited",
    editPage(502, (lines) => lines.map((one) => one.replace('"run":12', '"run":13'))),
  ],
  ["the last line of a page is taken out", editPage(502, (lines) => lines.slice(0, -1))],
  ["the first line of a page is taken out", editPage(501, (lines) => lines.slice(1))],
  ["a page says not what it goes on from", editPage(502, (lines) => lines.slice(1))],
  ["lines of a page change places", editPage(501, (lines) => lines.toReversed())],
  ["a line stands twice on a page", editPage(501, (lines) => [...lines, lines.at(-1) ?? ""])],
  [
    "a page ends with a line that the ledger has, too",
    (all) => {
      const moved = writePaged(LIFE, [2, 6]);
      return all.map((one) => moved.pages.find(({ id }) => id === one.id) ?? one);
    },
  ],
  ["a page is cut", editBody(501, (body) => body.slice(0, -40))],
  ["its first line names other lines", editBody(501, (body) => body.replace("lines 1", "lines 2"))],
  [
    "its first line is that of the ledger",
    editBody(501, (body) => body.replace(/^.*/, LEDGER_MARKER)),
  ],
  [
    "two pages change places",
    (all) => {
      const bodies = new Map(all.map(({ id, body }) => [id, body]));
      const other = (id: number) => ({ 501: 502, 502: 501 })[id] ?? id;
      return all.map(({ id }) => ({ id, body: bodies.get(other(id)) ?? "" }));
    },
  ],
  ["the ledger names them in another order", namePages((pages) => pages.toReversed())],
  ["the ledger names one twice", namePages((pages) => [...pages, ...pages.slice(-1)])],
  ["the ledger names one less", namePages((pages) => pages.slice(1))],
  ["the ledger names none", namePages(() => [])],
  ["the ledger names no page at all any more", editLines(LEDGER_ID, (lines) => lines.slice(1))],
  [
    "the ledger says twice where it goes on from",
    editLines(LEDGER_ID, ([one = "", ...rest]) => [one, one, ...rest]),
  ],
  [
    "the ledger lost the line behind its pages",
    editLines(LEDGER_ID, ([one = "", , ...rest]) => [one, ...rest]),
  ],
  [
    "the ledger goes on from an earlier page",
    (all) => {
      const { pages } = writePaged(LIFE, [2]);
      const first = continuedAfter({ entries: LIFE.slice(0, 2) }, pages[0]?.id ?? 0);
      return editLines(LEDGER_ID, ([, ...rest]) => [
        JSON.stringify({
          continues: {
            at: first.at,
            pages: first.pages,
            seal: first.seal,
            sequence: first.sequence,
          },
        }),
        ...rest,
      ])(all);
    },
  ],
];

/** A ledger that ends earlier is an older one: branches of attempts tell that, not seals. */
function isOlder(forged: readonly Written[], before: string): boolean {
  const [is, was] = [forged.at(-1)?.body ?? "", before].map(parseLedgerComment);
  if (is === undefined || was === undefined || "fault" in is || "fault" in was) return false;
  const shorter = was.entries.slice(0, is.entries.length);
  return (
    is.entries.length < was.entries.length && JSON.stringify(is.entries) === JSON.stringify(shorter)
  );
}

describe("what somebody with the factory's own token does to pages", () => {
  const paged = writePaged(LIFE, [2, 5]);
  const comments = [...paged.pages, paged.ledger];

  test.each(FORGERIES)("%s: the ledger is not believed", (_name, forge) => {
    expect(read(comments).refusal).toBeUndefined();
    const forged = forge(comments);
    expect(forged).not.toEqual(comments);
    expect(read(forged)).toMatchObject({ entries: [], refusal: { code: "ledger-invalid" } });
    expect(read(comments).entries).toEqual(LIFE);
  });

  test("any line of any comment that is taken out, doubled or moved is noticed", () => {
    const harm = fc.constantFrom<(lines: readonly string[], at: number) => readonly string[]>(
      (lines, at) => lines.toSpliced(at, 1),
      (lines, at) => lines.toSpliced(at, 0, lines[at] ?? ""),
      (lines, at) => lines.toSpliced(at, 1).toSpliced((at + 1) % lines.length, 0, lines[at] ?? ""),
    );
    fc.assert(
      fc.property(anyPaged, harm, fc.nat(), fc.nat(), ({ entries, cuts }, doing, which, where) => {
        const { pages, ledger } = writePaged(entries, cuts);
        const all = [...pages, ledger];
        const { id } = all[which % all.length] ?? ledger;
        const forge = id === LEDGER_ID ? editLines : editPage;
        const forged = forge(id, (lines) => {
          const first = lines[0]?.includes('"continues"') === true ? 1 : 0;
          return [
            ...lines.slice(0, first),
            ...doing(lines.slice(first), where % (lines.length - first)),
          ];
        })(all);
        fc.pre(JSON.stringify(forged) !== JSON.stringify(all) && !isOlder(forged, ledger.body));
        expect(read(forged).refusal).toMatchObject({ code: "ledger-invalid" });
      }),
      cases(300),
    );
  });

  test("without a key, a page that is missing or moved is still noticed", () => {
    const bare = LIFE.map((entry) => ({ ...entry, seal: "none" as const }));
    const { pages, ledger } = writePaged(bare, [2, 5]);
    expect(read([...pages, ledger], null).entries).toEqual(bare);
    for (const gone of pages) {
      const left = [...pages, ledger].filter(({ id }) => id !== gone.id);
      expect(read(left, null).refusal?.found).toContain(`comment ${gone.id} is gone`);
    }
  });

  test("a page without its ledger is a ledger that is gone", () => {
    expect(read(paged.pages)).toMatchObject({
      entries: [],
      refusal: { found: "it is gone, and comment 501 still holds a page of it" },
    });
    expect(read(paged.pages.map((one) => ({ ...one, by: 7 }))).refusal).toBeUndefined();
  });

  test("pages of an earlier ledger that nobody names are only text", () => {
    const anew = writeLedger(LIFE);
    expect(read([...paged.pages, { id: LEDGER_ID, body: anew }])).toEqual({
      entries: LIFE,
      comment: LEDGER_ID,
    });
  });
});
