import { describe, expect, test } from "vitest";
import type { View } from "../../../../src/control/observed/issue-view.ts";
import { ringLabelled } from "../../../../src/control/tasks/heartbeat/labelled.ts";
import type { LabelledPull } from "../../../../src/domain/github/snapshot.ts";
import { type PullWork, sealPullWork } from "../../../../src/domain/ledger/pull-work.ts";
import { NO_USAGE } from "../../../../src/domain/usage.ts";
import { unblockMarker } from "../../../../src/wording/pull-request/unblock.ts";
import { renderUnblockWork } from "../../../../src/wording/pull-request/unblock-work.ts";

const HEAD = "a".repeat(40);
const NOW = "2026-11-20T09:00:00Z";
const KEY = "a-key".repeat(8);
const WIL = { id: 5, login: "wil", type: "User", permission: "write" } as const;
const MINUTE = 60_000;

const ago = (minutes: number) =>
  new Date(Date.parse(NOW) - minutes * MINUTE).toISOString().replace(".000Z", "Z");

/** A pull request that a person labelled a day ago, where nothing else is said. */
function labelled(number: number, parts: Partial<LabelledPull> = {}): LabelledPull {
  return {
    pull: { number, head: { branch: "greet", sha: HEAD } },
    ...{ by: { known: WIL }, at: ago(24 * 60), said: [] },
    ...parts,
  } as unknown as LabelledPull;
}

const answered = (minutes: number, head = HEAD) => ({
  ...{ id: 1, body: `${unblockMarker({ head, run: 11 })}\n\nDone.` },
  updatedAt: ago(minutes),
});

/** What a run says that mends the pull request; once it has ended, with its cost. */
function worked(number: number, minutes: number, more: Partial<PullWork> = {}, key = KEY) {
  const work = {
    work: "unblock",
    run: 11,
    head: HEAD,
    at: ago(minutes),
    most: 1,
    ...more,
  } as const;
  const sealed = sealPullWork(work, { place: { repositoryId: 7, issue: number }, key });
  const body = renderUnblockWork({ work: sealed, runUrl: "https://github.com/OWNER/app/actions" });
  return { id: 2, body, updatedAt: ago(minutes) };
}

function ring(unblocking: View["snapshot"]["unblocking"], now = NOW) {
  const snapshot = { repository: { id: 7 }, unblocking };
  return ringLabelled({ snapshot, now, input: { sealKey: KEY } } as unknown as View);
}

const rungFor = (label: LabelledPull) => ring({ known: [label] }).rung.length === 1;

describe("labelled pull requests", () => {
  test("that nobody asked about, or that are unknown, are rung for by nobody", () => {
    expect(ring(undefined)).toEqual({ rung: [], remarks: [] });
    expect(ring({ known: [] })).toEqual({ rung: [], remarks: [] });
    expect(ring({ unknown: "x".repeat(501) })).toEqual({
      rung: [],
      remarks: [
        {
          code: "state-unknown",
          subject: "pull requests with the label",
          found: "x".repeat(500),
        },
      ],
    });
  });

  test.each<readonly [string, LabelledPull, boolean]>([
    ["a label that no run has taken up for 15 minutes", labelled(4, { at: ago(15) }), true],
    ["a label of 14 minutes", labelled(4, { at: ago(14) }), false],
    ["a run that began 2 hours ago", labelled(4, { said: [worked(4, 120)] }), true],
    ["a run that began 119 minutes ago", labelled(4, { said: [worked(4, 119)] }), false],
    ["a run that ended", labelled(4, { said: [worked(4, 30, { usage: NO_USAGE })] }), true],
    [
      "a run on another head",
      labelled(4, { said: [worked(4, 30, { head: "b".repeat(40) })] }),
      true,
    ],
    ["an answer of 14 minutes", labelled(4, { said: [answered(14)] }), false],
    ["an answer of 15 minutes, whose label is left", labelled(4, { said: [answered(15)] }), true],
    ["an answer of 299 minutes", labelled(4, { said: [answered(299)] }), true],
    ["an answer of 5 hours: ringing does not help", labelled(4, { said: [answered(300)] }), false],
    ["an answer from before the label", labelled(4, { at: ago(60), said: [answered(61)] }), true],
    [
      "an answer in the second of the label",
      labelled(4, { at: ago(10), said: [answered(10)] }),
      false,
    ],
    ["an answer about another head", labelled(4, { said: [answered(1, "b".repeat(40))] }), true],
    ["a label of which some words are missing", labelled(4, { isCut: true }), false],
  ])("are rung for or not: %s", (_, label, rung) => {
    expect(rungFor(label)).toBe(rung);
  });

  test("without a time are not rung for", () => {
    const { at: _, ...label } = labelled(4);
    expect(rungFor(label)).toBe(false);
  });

  test("are rung for in their order, three at a beat, and the others at the next", () => {
    const known = [9, 3, 7, 5, 4].map((number) => labelled(number));
    const first = ring({ known }).rung;
    const second = ring({ known }, "2026-11-20T10:00:00Z").rung;
    expect(first).toHaveLength(3);
    expect(second).toHaveLength(3);
    expect([...new Set([...first, ...second])].toSorted()).toEqual([3, 4, 5, 7, 9]);
    expect(ring({ known: known.slice(0, 3) }).rung.toSorted()).toEqual([3, 7, 9]);
  });
});

describe("what a heartbeat remarks of labels", () => {
  test.each<readonly [string, Partial<LabelledPull>, readonly object[]]>([
    ["nothing of one that is obeyed", {}, []],
    [
      "who may not put it there",
      { by: { known: { ...WIL, login: "rea", permission: "read" } } },
      [
        {
          code: "actor-not-permitted",
          subject: "the label on pull request 4, put there by rea",
          found: "User with read",
          accepted: "a user with write, maintain or admin",
        },
      ],
    ],
    [
      "that nobody knows who did",
      { by: { unknown: "its event is gone" } },
      [
        {
          code: "actor-not-permitted",
          subject: "the label on pull request 4",
          found: "its event is gone",
        },
      ],
    ],
    [
      "that not all is shown",
      { isCut: true },
      [
        {
          code: "state-unknown",
          subject: "the label on pull request 4",
          found: "so much was said since the label that not all of it is shown",
        },
      ],
    ],
    [
      "that what it cost was changed",
      { said: [worked(4, 30, {}, "other".repeat(8))] },
      [
        {
          code: "state-unknown",
          subject: "the label on pull request 4",
          found: "pull request 4: the seal of what it cost does not match",
        },
      ],
    ],
  ])("is %s", (_, parts, remarks) => {
    expect(ring({ known: [labelled(4, parts)] }).remarks).toEqual(remarks);
  });

  test("is of five at most, and none of them is rung for", () => {
    const by = { unknown: "its event is gone" };
    const { rung, remarks } = ring({
      known: [6, 5, 4, 3, 2, 1].map((one) => labelled(one, { by })),
    });
    expect(rung).toEqual([]);
    expect(remarks.map(({ subject }) => subject)).toEqual(
      [1, 2, 3, 4, 5].map((number) => `the label on pull request ${number}`),
    );
  });
});
