import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  fits,
  linesForPage,
  refuseFullLedger,
  shrunk,
} from "../../../src/control/outcome/ledger-room.ts";
import { appendEntry, type LedgerEvent, type SealedEntry } from "../../../src/domain/ledger.ts";
import {
  LEDGER_MARKER,
  parseLedgerComment,
  renderLedgerComment,
} from "../../../src/wording/issue/ledger-comment.ts";
import { writtenLength, writtenTextLength } from "../../../src/wording/issue/ledger-lines.ts";
import { BODY_CHARACTERS } from "../../../src/wording/safe-text.ts";
import { cases } from "../../cases.ts";
import { commentOf } from "../changes.ts";
import {
  approve,
  CONFIG,
  commented,
  deliveries,
  doorbell,
  green,
  kindsOf,
  ledgerOf,
  lineOrderOf,
  newLine,
  stageShown,
  type TestLine,
  toProposed,
} from "../line.ts";

type TestEvent = ReturnType<typeof approve> | ReturnType<typeof doorbell>;

/** As long a line as a ledger takes, so that fewer of them fill one. */
const NONSENSE = "nonsense".repeat(24);
/** After so many answers that the ledger left out, none comes in any more. */
const STILL = 10;

const CONTEXT = { place: { repositoryId: 1, issue: 3 }, key: undefined };

function grow(event: LedgerEvent, times: number): readonly SealedEntry[] {
  let entries: readonly SealedEntry[] = [];
  for (let time = 0; time < times; time += 1) {
    const stamped = { event: shrunk(event, entries), at: "2026-01-02T03:04:05Z", run: 1 };
    entries = appendEntry(entries, { ...stamped, stage: "ready" }, CONTEXT);
  }
  return entries;
}

function entryOf(finding: string): SealedEntry {
  const event = { kind: "sent-back", attempt: 1, findings: [finding] } as const;
  return {
    sequence: 1,
    at: "2026-01-02T03:04:05Z",
    run: 1,
    stage: "ready",
    event: { ...event, findings: [...event.findings] },
    seal: "none",
  };
}

/** What was written down last comes so many times more. */
function repeatLast(line: TestLine, issue: number, times: number): void {
  const { github, sealKey: key } = line;
  const place = { repositoryId: github.repositoryId, issue };
  let entries: readonly SealedEntry[] = ledgerOf(github, issue);
  const last = entries.at(-1);
  if (last === undefined) throw new Error("nothing was written down");
  const { at, run, stage, event } = last;
  for (let time = 0; time < times; time += 1)
    entries = appendEntry(entries, { at, run, stage, event }, { place, key });
  const { id } = commentOf(line, issue, `${LEDGER_MARKER}\n`);
  const links = { repository: "https://github.com/OWNER/app" };
  github.editComment(id, renderLedgerComment({ entries, issue, stage, links }));
}

/** It leaves the words of others the least. */
const FULL = [entryOf("x".repeat(40_000))];

const sentBack = (finding: string): LedgerEvent => ({
  kind: "sent-back",
  attempt: 1,
  findings: Array.from({ length: 10 }, () => finding),
});

describe("words of others in a ledger", () => {
  test.each([
    ["English", "a finding of a reviewer, ".repeat(12).slice(0, 290)],
    ["Japanese", "\u3042".repeat(290)],
    ["emoji", "\u{1F600}".repeat(145)],
    ["what JSON escapes", '"'.repeat(290)],
    ["what the fence escapes", "`".repeat(290)],
  ])("in %s: twenty attempts fit, and each still says something", (_name, finding) => {
    const entries = grow(sentBack(finding), 20);
    expect(fits(entries)).toBe(true);
    expect(refuseFullLedger(entries)).toBeUndefined();
    const links = { repository: "https://github.com/OWNER/app" };
    const ask = "x".repeat(5_000);
    const body = renderLedgerComment({ entries, issue: 3, stage: "ready", ask, links });
    expect(body.length).toBeLessThanOrEqual(BODY_CHARACTERS);
    expect(parseLedgerComment(body)).toEqual({ entries });
    const said = entries.flatMap(({ event }) => (event.kind === "sent-back" ? event.findings : []));
    expect(Math.min(...said.map(({ length }) => length))).toBeGreaterThan(4);
  });

  test("an ordinary finding stays whole, beside a long one that keeps its beginning and its end", () => {
    const long = `begins ${"\u3042".repeat(280)} ends`;
    const event = shrunk({ kind: "sent-back", attempt: 1, findings: ["short", long] }, []);
    // One letter beyond ASCII takes six characters: all of it is 1,700 of the 5,500 that are left.
    expect(event).toEqual({ kind: "sent-back", attempt: 1, findings: ["short", long] });
    const full = grow(sentBack("\u3042".repeat(290)), 20);
    const cut = shrunk({ kind: "sent-back", attempt: 1, findings: ["short", long] }, full);
    expect(cut).toMatchObject({
      findings: ["short", expect.stringMatching(/^begins .* … .*ends$/)],
    });
  });

  test("what was said of a published change stays out where there is little room", () => {
    const namings = [{ criterion: "AC1", tests: ["n".repeat(400)], symbols: [], checks: [] }];
    const event = {
      kind: "published",
      attempt: 1,
      tree: "1".repeat(40),
      commit: "2".repeat(40),
      pullRequest: 2,
      risk: "low",
    } as const;
    const said = { summary: "Greets by name.", namings };
    expect(shrunk({ ...event, said }, [])).toEqual({ ...event, said });
    expect(shrunk({ ...event, said }, grow(sentBack("\u3042".repeat(290)), 20))).toEqual(event);
  });

  test("what concerns tests shares the room of the findings", () => {
    const long = "\u3042".repeat(290);
    const event = {
      kind: "sent-back" as const,
      attempt: 1,
      findings: [long],
      aboutTests: ["short", long],
    };
    expect(shrunk(event, [])).toEqual(event);
    const full = grow(sentBack(long), 20);
    expect(shrunk(event, full)).toMatchObject({
      findings: [expect.stringContaining(" … ")],
      aboutTests: ["short", expect.stringContaining(" … ")],
    });
  });

  test("a refusal shrinks by the same rule", () => {
    const refusal = {
      code: "check-failed",
      subject: "test",
      found: "\u3042".repeat(2_000),
    } as const;
    const event = shrunk({ kind: "refused", refusal }, grow(sentBack("\u3042".repeat(290)), 20));
    if (event.kind !== "refused") throw new Error("it is a refusal");
    expect(event.refusal.subject).toBe("test");
    expect(writtenTextLength(event.refusal.found ?? "")).toBeLessThan(2_000);
  });

  /** A ledger in which the words of others get the least, 400 characters, and the lengths of findings before and after. */
  test.each<readonly [readonly number[], readonly number[]]>([
    [[400], [400]],
    [[401], [394]],
    [
      [200, 200],
      [200, 200],
    ],
    [
      [200, 201],
      [200, 194],
    ],
    [
      [100, 1_000],
      [100, 294],
    ],
    [
      [1_000, 50, 1_000],
      [169, 50, 169],
    ],
    [
      [140, 130, 131],
      [133, 130, 131],
    ],
  ])("of %j characters in a full ledger keep %j", (lengths, kept) => {
    const findings = lengths.map((length) => "x".repeat(length));
    const event = shrunk({ kind: "sent-back", attempt: 1, findings }, FULL);
    if (event.kind !== "sent-back") throw new Error("it was sent back");
    expect(event.findings.map(({ length }) => length)).toEqual(kept);
  });

  test("keep two parts of their beginning and three of their end", () => {
    const found = `${"a".repeat(500)}${"b".repeat(500)}`;
    const refusal = { code: "check-failed", subject: "test", found, accepted: "none" } as const;
    expect(shrunk({ kind: "refused", refusal }, FULL)).toEqual({
      kind: "refused",
      refusal: { ...refusal, found: `${"a".repeat(153)} … ${"b".repeat(230)}` },
    });
    const bare = { code: "check-failed", subject: "x".repeat(401) } as const;
    expect(shrunk({ kind: "refused", refusal: bare }, FULL)).toEqual({
      kind: "refused",
      refusal: { ...bare, subject: `${"x".repeat(156)} … ${"x".repeat(235)}` },
    });
  });

  test("get 6,000 characters at most", () => {
    const event = shrunk({ kind: "sent-back", attempt: 1, findings: ["x".repeat(6_001)] }, []);
    expect(event).toMatchObject({ findings: [expect.stringMatching(/^x+ … x+$/)] });
  });

  test.each([
    [9_999, { found: "room for 9999 more characters", accepted: "room for 10000" }],
    [10_000, undefined],
  ])("with room for %i characters an attempt begins: %j", (room, refusal) => {
    const one = entryOf("");
    const length = BODY_CHARACTERS - 8_000 - room - writtenLength([one]);
    const told = refuseFullLedger([entryOf("x".repeat(length))]);
    if (refusal === undefined) expect(told).toBeUndefined();
    else expect(told).toMatchObject(refusal);
  });

  test.each([
    [0, true],
    [-1, false],
  ])("with room for %i characters it fits: %j", (room, expected) => {
    const length = BODY_CHARACTERS - 8_000 - room - writtenLength([entryOf("")]);
    const entries = [entryOf("x".repeat(length))];
    expect(fits(entries)).toBe(expected);
    expect(refuseFullLedger(entries)?.found).toBe("room for 0 more characters");
  });

  test("a full ledger that no page can empty is refused before work begins", () => {
    const [line] = [entryOf("x".repeat(48_000))];
    expect(linesForPage([line])).toEqual([]);
    expect(refuseFullLedger([line])).toMatchObject({
      code: "limit-exceeded",
      hint: "open-a-new-issue",
    });
  });
});

describe("a page of a full ledger", () => {
  const grown = grow({ kind: "asked", questions: 1 }, 400);

  test("takes the oldest lines, as many as there is room for, and makes room for an attempt", () => {
    const lines = linesForPage(grown);
    expect(writtenLength(grown)).toBeGreaterThan(BODY_CHARACTERS - 10_000 - 8_000);
    expect(lines).toEqual(grown.slice(0, lines.length));
    expect(writtenLength(lines)).toBeLessThanOrEqual(40_000);
    expect(writtenLength(grown.slice(0, lines.length + 1))).toBeGreaterThan(40_000);
    expect(refuseFullLedger(grown)).toBeUndefined();
    expect(linesForPage(grown.slice(lines.length))).toEqual([]);
  });

  test("is the same whatever came behind it since", () => {
    fc.assert(
      fc.property(fc.nat({ max: 60 }), (more) => {
        const later = grow({ kind: "asked", questions: 1 }, 400 + more);
        expect(linesForPage(later)).toEqual(linesForPage(grown));
      }),
      cases(20),
    );
  });

  test("is not written where there is room", () => {
    expect(linesForPage(grown.slice(0, 100))).toEqual([]);
  });

  test("takes one line that is longer than a page, and never the last one", () => {
    const long = entryOf("x".repeat(50_000));
    expect(linesForPage([long, entryOf("y")])).toEqual([long]);
    expect(linesForPage([entryOf("y"), long])).toEqual([entryOf("y")]);
    expect(refuseFullLedger([entryOf("y"), long])).toMatchObject({ code: "limit-exceeded" });
  });
});

describe("a line whose reviewer writes at length in Japanese", () => {
  const FINDING = {
    severity: "blocker",
    path: "src/greet.ts",
    line: 1,
    claim: "\u3042".repeat(140),
    howItFails: "\u3044".repeat(140),
    suggestion: "",
  } as const;

  test("ten attempts are sent back, each with what was found, and none throws", async () => {
    const line = newLine({ config: `${CONFIG}limits: { attempts: 10 }\n` });
    const issue = await toProposed(line);
    let event: TestEvent = approve(line, issue);
    for (let attempt = 1; attempt <= 10; attempt += 1) {
      const claim = await line.run("claim", { event, issue });
      expect(claim).toMatchObject({ next: "line", attempt });
      const order = lineOrderOf(claim);
      const proposals = green(line.github, order);
      proposals.review.verdict.decision = "rework";
      proposals.review.verdict.findings = Array.from({ length: 10 }, () => FINDING);
      await line.run("settle", { event, issue, order, proposals: deliveries(proposals) });
      line.nextRun();
      event = doorbell(line.github, issue);
    }
    expect(kindsOf(line.github, issue).filter((kind) => kind === "sent-back")).toHaveLength(10);
    expect(stageShown(line.github, issue)).toEqual(["needs-human"]);
  });

  test("answers without end stop at the comment's size, an attempt begins all the same, and a stop is still heard", async () => {
    const line = newLine();
    const issue = await toProposed(line);
    const answer = async () => {
      const event = commented(line.github, { issue, by: "wil", body: `/factory ${NONSENSE}` });
      expect(await line.run("route", { event })).toMatchObject({ ok: true, stage: "proposed" });
      return ledgerOf(line.github, issue).length;
    };
    // Each look reads and writes the whole ledger: most of what fills it is the first answers again. They end when it has
    // stood still for a while.
    const lengths = [await answer(), await answer()];
    repeatLast(line, issue, 90);
    while (lengths.at(-1) !== lengths.at(-STILL) && lengths.length < 250)
      lengths.push(await answer());
    expect(lengths.length).toBeLessThan(250);
    const claim = await line.run("claim", { event: approve(line, issue), issue });
    // An attempt asks for more room than an answer: the oldest answers go to a page.
    expect(claim).toMatchObject({ next: "line", attempt: 1, refusals: [] });
    expect(ledgerOf(line.github, issue).at(-1)?.sequence).toBeGreaterThan(40);
    const event = commented(line.github, { issue, by: "wil", body: "/factory stop" });
    expect(await line.run("route", { event })).toMatchObject({ ok: true, stage: "needs-human" });
  });
});
