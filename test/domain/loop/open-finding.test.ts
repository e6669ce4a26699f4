import { expect, test } from "vitest";
import { type OpenFinding, startsAmong } from "../../../src/domain/loop/open-finding.ts";

const key = (sign: string) => sign.repeat(64);
const finding = (issue: number, more: Partial<OpenFinding> = {}): OpenFinding => ({
  issue,
  key: key(`${issue % 10}`),
  isHeld: false,
  mayStart: true,
  ...more,
});

function starts(
  open: readonly OpenFinding[],
  about: {
    readonly start?: number;
    readonly started?: readonly number[];
    readonly seen?: readonly number[];
    readonly dismissed?: readonly string[];
  } = {},
) {
  const { start = 9, started = [], seen = open.map(({ issue }) => issue), dismissed = [] } = about;
  const at = "2026-11-20T09:00:00.000Z";
  return startsAmong(open, {
    loop: { effects: { start } } as Parameters<typeof startsAmong>[1]["loop"],
    findings: open.map((one) => ({
      ...{ issue: one.issue, key: one.key, run: 1, seenAt: at },
      ...(started.includes(one.issue) ? { started: 1 } : {}),
    })),
    seen: new Set(seen),
    dismissed: new Set(dismissed),
  });
}

test.each<readonly [string, readonly number[], readonly number[]]>([
  ["the oldest first", starts([finding(12), finding(3), finding(4)]), [3, 4, 12]],
  ["no more than there is room for", starts([finding(2), finding(1)], { start: 1 }), [1]],
  ["none where none may be started", starts([finding(1)], { start: 0 }), []],
  [
    "as many as are not on the line yet",
    starts([finding(1, { isOnLine: true, mayStart: false }), finding(2), finding(3)], { start: 2 }),
    [2],
  ],
  [
    "none where more are on the line than may be",
    starts([1, 2].map((n) => finding(n, { isOnLine: true, isHeld: true })).concat(finding(3)), {
      start: 1,
    }),
    [],
  ],
  ["none that a person holds", starts([finding(1, { isHeld: true })]), []],
  ["none of which nobody says that it may", starts([finding(1, { mayStart: false })]), []],
  ["none of which nothing is known", starts([{ issue: 1, key: key("1"), isHeld: false }]), []],
  ["none twice", starts([finding(1), finding(2)], { started: [1] }), [2]],
  ["none that was not found again", starts([finding(1), finding(2)], { seen: [2] }), [2]],
  ["none that is not wanted", starts([finding(1), finding(2)], { dismissed: [key("1")] }), [2]],
  ["one of two issues about one item", starts([finding(11), finding(1)]), [1]],
  [
    "neither of two issues about one item where one is held",
    starts([finding(1), finding(11, { isHeld: true })]),
    [],
  ],
])("a loop starts %s", (_what, found, expected) => {
  expect(found).toStrictEqual(expected);
});
