import { describe, expect, test } from "vitest";
import { sayTurn, takeFavour, takeTurn } from "../../../src/cli/shared/owner-turns.ts";
import type { Hint } from "../../../src/domain/hint.ts";
import type { SealedEntry } from "../../../src/domain/ledger.ts";
import type { RefusalCode } from "../../../src/domain/refusal.ts";

const refused = (code: RefusalCode, hint?: Hint) =>
  [
    { event: { kind: "refused", refusal: { code, subject: "x", hint } } },
  ] as unknown as SealedEntry[];
const RISKY = { code: "approve-risk", risk: "high", digest: "abcdef0123".padEnd(64, "0") } as const;
const LOCKFILE = { code: "approve-lockfile", digest: "1".repeat(64) } as const;

describe("what an obliging owner does without being told", () => {
  test.each([
    ["proposed", [], "approve"],
    ["gating", [], "merge"],
    ["needs-human", refused("risk-unapproved", RISKY), { command: "/factory approve abcdef0" }],
    ["needs-human", [...refused("risk-unapproved", RISKY), ...refused("gave-up")], undefined],
    ["needs-human", refused("dependencies-unapproved", LOCKFILE), undefined],
    ["ready", refused("risk-unapproved", RISKY), undefined],
    ["done", [], undefined],
  ] as const)("at %s, case %#", (stage, ledger, turn) => {
    expect(takeFavour(stage, ledger)).toEqual(turn);
  });
});

const EDIT = { path: "a", old_string: "b", new_string: "c" };
const OFFER = { offer: { branch: "greet", title: "Greet", edits: [EDIT] } };
const ON = { command: "/factory unblock", on: "greet" };
const COMMAND = { command: "/factory retry" };

describe("a turn of the owner", () => {
  test.each([
    ["proposed", OFFER, true],
    ["done", OFFER, false],
    ["done", ON, true],
    ["proposed", ON, true],
    ["done", COMMAND, false],
    ["needs-human", COMMAND, true],
  ] as const)("at %s, case %#", (stage, turn, fits) => {
    const turns = [turn];
    expect(takeTurn(stage, turns)).toEqual(fits ? turn : undefined);
  });

  test("is said as a person would say it", () => {
    expect(sayTurn(OFFER as never)).toBe("opens a pull request: Greet");
    expect(sayTurn(ON)).toBe("/factory unblock");
  });
});
