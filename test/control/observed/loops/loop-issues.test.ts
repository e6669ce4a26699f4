import { describe, expect, test } from "vitest";
import type { IssueView, OnIssue, View } from "../../../../src/control/observed/issue-view.ts";
import {
  loopIssuesToAsk,
  readLoop,
  rollingIssue,
  standingOf,
  tellsOfLoop,
} from "../../../../src/control/observed/loops/loop-issues.ts";
import { readLoopText } from "../../../../src/control/observed/loops/loop-text.ts";
import type { LoopIssue } from "../../../../src/domain/github/loop-issue.ts";
import { type LoopState, sealState } from "../../../../src/domain/loop/state.ts";
import { findingMarker } from "../../../../src/wording/loops/finding.ts";
import { loopMarker, renderLoopIssue } from "../../../../src/wording/loops/issue.ts";
import { restsLine } from "../../../../src/wording/loops/judged.ts";

const KEY = "a-key".repeat(8);
const REPOSITORY = 7;
const PATH = ".github/factory/loops/tidy.md";
const AT = "2026-11-20T09:00:00Z";
const digest = (letter: string) => letter.repeat(64);
const STOPPED: NonNullable<LoopState["stopped"]> = {
  ...{ at: "2026-11-19T09:00:00.500Z", run: 5, measure: "size", from: 1, to: 2 },
  ...{ undone: [], left: [] },
};

const stateOf = (parts: Partial<LoopState> = {}): LoopState => ({
  ...{ version: 1, loop: "tidy", last: { run: 5, at: AT, items: 0 } },
  ...{ baseline: {}, measures: {}, findings: [] },
  ...parts,
});

function issueOf(number: number, parts: Partial<LoopIssue> = {}): LoopIssue {
  return {
    ...{ number, title: `title ${number}`, body: "", state: "open" },
    ...{ marker: "", dismissed: false, labels: ["factory:loop"] },
    ...parts,
  };
}

/** The issue that reports on the loop. */
function rolling(number: number, parts: Partial<LoopIssue> = {}, state = stateOf(), key = KEY) {
  const reading = readLoopText(PATH, "---\ngather: { command: ./find }\n---\n\nFind it.\n");
  if (!("read" in reading)) throw new Error(reading.faults.join());
  const sealed = sealState(state, { repositoryId: REPOSITORY, key });
  const { loop } = reading.read;
  const { body, marker } = renderLoopIssue({ loop, path: PATH, sealed, said: undefined });
  return issueOf(number, { body, marker, ...parts });
}

const finding = (number: number, letter: string, parts: Partial<LoopIssue> = {}) =>
  issueOf(number, { marker: findingMarker("tidy", digest(letter)), ...parts });

/** An issue whose comments and ledger were read. */
function seen(number: number, parts: object = {}): IssueView {
  return {
    ...{ issue: { number }, comments: [], branches: [], stage: "new" },
    ledger: { entries: [], comment: null },
    ...parts,
  } as unknown as IssueView;
}

function viewOf(loopIssues: readonly LoopIssue[] | undefined, parts: object = {}): View {
  return {
    snapshot: {
      repository: { id: REPOSITORY },
      ...(loopIssues === undefined ? {} : { loopIssues }),
    },
    input: { task: "loop-open", sealKey: KEY, identity: { id: 99 } },
    ...{ issues: [], prefix: "factory:" },
    ...parts,
  } as unknown as View;
}

const WIL = { id: 5, login: "wil", type: "User", permission: "write" };
const said = (parts: object = {}) => ({
  ...{ id: 3, author: WIL, body: "/factory resume" },
  ...{ createdAt: "2026-11-19T09:00:00Z", updatedAt: "2026-11-19T09:00:00Z" },
  ...parts,
});
const edited = said({ updatedAt: "2026-11-19T09:00:01Z" });
const early = { createdAt: "2026-11-19T08:59:59Z", updatedAt: "2026-11-19T08:59:59Z" };
const submitted = (loop: object) => ({ sequence: 1, event: { kind: "submitted", by: 4, ...loop } });
const BEGUN = submitted({ loop: { name: "tidy" } });
const ledger = (...entries: readonly object[]) => ({ ledger: { entries, comment: 1 } });

describe("a loop on GitHub", () => {
  test.each([
    [undefined],
    [[]],
    [[finding(1, "a", { marker: findingMarker("other", digest("a")) })]],
  ])("is nothing before its first run", (issues) => {
    expect(readLoop(viewOf(issues), "tidy")).toEqual({
      ...{ rolling: undefined, state: undefined, open: [], resumed: false },
      dismissed: new Set(),
    });
  });

  test("has its state from the sealed text of its issue", () => {
    const own = rolling(4);
    expect(readLoop(viewOf([own]), "tidy")).toMatchObject({
      ...{ rolling: own, state: { known: stateOf() }, resumed: false },
    });
  });

  test.each<readonly [string, LoopIssue, string]>([
    [
      "another key",
      rolling(4, {}, stateOf(), "other".repeat(8)),
      "the seal of its state does not match",
    ],
    ["no state", rolling(4, { body: "gone" }), "its state cannot be read"],
    [
      "the state of another loop",
      rolling(4, { marker: loopMarker("tidy") }, stateOf({ loop: "other" })),
      "its state cannot be read",
    ],
  ])("is not believed with %s", (_, own, found) => {
    expect(readLoop(viewOf([own]), "tidy").state).toEqual({ unknown: `issue 4: ${found}` });
  });

  test("covers what its open issues and those that a person dismissed say", () => {
    const rests = [...restsLine([digest("d"), digest("e")]), "last"].join("\n");
    const github = readLoop(
      viewOf([
        finding(1, "a", { body: rests }),
        finding(2, "b", { state: "closed" }),
        finding(3, "c", { state: "closed", dismissed: true, body: rests }),
        finding(5, "f"),
      ]),
      "tidy",
    );
    expect(github.open).toEqual([
      {
        ...{ issue: 1, key: digest("a"), rests: [digest("d"), digest("e")] },
        ...{ title: "title 1", body: rests },
        ...{ isHeld: true, isOnLine: false, mayStart: false, isBegun: false },
      },
      {
        ...{ issue: 5, key: digest("f"), title: "title 5", body: "" },
        ...{ isHeld: true, isOnLine: false, mayStart: false, isBegun: false },
      },
    ]);
    expect(github.dismissed).toEqual(new Set(["c", "d", "e"].map(digest)));
    expect(standingOf(github)).toEqual({
      open: 2,
      filed: [digest("a"), digest("f")],
      spoken: [digest("d"), digest("e")],
      dismissed: ["c", "d", "e"].map(digest),
    });
  });

  test.each<readonly [string, readonly string[], IssueView | undefined, object]>([
    ["nobody has read", [], undefined, { isHeld: true }],
    ["nobody touched", [], seen(1), { mayStart: true }],
    [
      "the factory alone wrote on",
      [],
      seen(1, { comments: [{ author: { type: "Bot" } }] }),
      { mayStart: true },
    ],
    [
      "a person wrote on",
      [],
      seen(1, { comments: [{ author: { type: "Bot" } }, { author: WIL }] }),
      { isHeld: true, mayStart: true },
    ],
    ["a label puts on the line", ["factory:queued"], seen(1), { isHeld: true, isOnLine: true }],
    ["the line is done with", ["factory:done"], seen(1), { isHeld: true }],
    [
      "lost its label while it is built",
      [],
      seen(1, { stage: "building" }),
      { isOnLine: true, mayStart: true },
    ],
    ["lost its label at rest", [], seen(1, { stage: "proposed" }), { mayStart: true }],
    ["the loop began", [], seen(1, ledger(BEGUN)), { mayStart: true, isBegun: true }],
    ["a person began", [], seen(1, ledger(submitted({}))), {}],
    [
      "went further",
      [],
      seen(1, ledger(BEGUN, { sequence: 2, event: { kind: "asked" } })),
      { isBegun: true },
    ],
    [
      "has a ledger that nobody trusts",
      [],
      seen(1, { ledger: { entries: [], comment: 1, refusal: { code: "ledger-invalid" } } }),
      {},
    ],
  ])("knows of an issue that %s", (_, labels, one, facts) => {
    const issues = one === undefined ? [] : [seen(8), one];
    const { open } = readLoop(viewOf([finding(1, "a", { labels })], { issues }), "tidy");
    expect(open).toMatchObject([
      { isHeld: false, isOnLine: false, mayStart: false, isBegun: false, ...facts },
    ]);
  });

  const REA = { ...WIL, permission: "read" };
  test.each<readonly [string, LoopState["stopped"], readonly object[] | undefined, boolean]>([
    ["in the second of the stop", STOPPED, [said()], true],
    ["before it", STOPPED, [said(early)], false],
    ["and edited it", STOPPED, [edited], false],
    ["without the right to", STOPPED, [said({ author: REA })], false],
    ["something else", STOPPED, [said({ body: "/factory retry" })], false],
    ["nothing", STOPPED, [], false],
    ["after something else", STOPPED, [said({ body: "Why?" }), said()], true],
    ["where nobody looked", STOPPED, undefined, false],
    ["of a loop that runs", undefined, [said()], false],
  ])("is resumed where a person said so: %s", (_, stopped, comments, resumed) => {
    const state = stateOf(stopped === undefined ? {} : { stopped });
    const issues = comments === undefined ? [] : [seen(4, { comments })];
    expect(readLoop(viewOf([rolling(4, {}, state)], { issues }), "tidy").resumed).toBe(resumed);
  });
});

describe("the issue that reports on a loop", () => {
  const marker = loopMarker("tidy");
  test.each<readonly [string, readonly LoopIssue[], number | undefined]>([
    ["none", [], undefined],
    ["none of another loop", [issueOf(1, { marker: loopMarker("other") })], undefined],
    ["none that a person dismissed", [issueOf(1, { marker, dismissed: true })], undefined],
    ["the first of several", [issueOf(3, { marker }), issueOf(2, { marker })], 2],
    [
      "an open one before a closed one",
      [issueOf(1, { marker, state: "closed" }), issueOf(2, { marker })],
      2,
    ],
    [
      "the first closed one where none is open",
      [issueOf(3, { marker, state: "closed" }), issueOf(2, { marker, state: "closed" })],
      2,
    ],
  ])("is %s", (_, issues, number) => {
    expect(rollingIssue(issues, "tidy")?.number).toBe(number);
  });

  test.each<readonly [string, string, number, boolean]>([
    ["its last line", `x\n${marker}`, 99, true],
    ["its last line, with blank ones below", `x\r\n${marker}\r\n\n`, 99, true],
    ["another last line", `${marker}\nx`, 99, false],
    ["the text of somebody else", `x\n${marker}`, 4, false],
    ["no text", "", 99, false],
  ])("is known by %s", (_, body, id, tells) => {
    const view = viewOf([], { issue: { body, author: { id } } }) as unknown as OnIssue;
    expect(tellsOfLoop(view)).toBe(tells);
  });
});

describe("the issues whose comments matter", () => {
  const stopped = rolling(4, {}, stateOf({ stopped: STOPPED }));
  const all = [
    rolling(3),
    stopped,
    finding(5, "a"),
    finding(6, "b", { state: "closed" }),
    finding(7, "c", { marker: findingMarker("other", digest("c")) }),
  ];
  const asked = (issues: readonly LoopIssue[] | undefined, input: object) =>
    loopIssuesToAsk(viewOf(issues, { input }));
  const order = { kind: "loop", loop: { name: "tidy" } };

  test.each<readonly [string, object, readonly number[] | undefined]>([
    ["those of stopped loops, before one begins", { task: "loop-open" }, [4]],
    ["also its open findings, once one works", { task: "loop-settle", order }, [4, 5]],
    [
      "those of stopped loops alone, for an order of another kind",
      { task: "loop-settle", order: { ...order, kind: "line" } },
      [4],
    ],
    ["none for another task", { task: "route", order }, undefined],
  ])("are %s", (_, input, numbers) => {
    expect(asked(all, input)).toEqual(numbers);
  });

  test("are none where there are none", () => {
    expect(asked(undefined, { task: "loop-open" })).toBeUndefined();
    expect(asked([rolling(3)], { task: "loop-open" })).toBeUndefined();
  });

  test("are forty at most", () => {
    const many = Array.from({ length: 41 }, (_, index) => finding(index + 1, "a"));
    expect(asked(many, { task: "loop-settle", order })).toEqual(
      Array.from({ length: 40 }, (_, index) => index + 1),
    );
  });
});
