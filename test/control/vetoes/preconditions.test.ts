import { describe, expect, test } from "vitest";
import type { OnIssue, View } from "../../../src/control/observed/issue-view.ts";
import { needsApproval, refuseApproval } from "../../../src/control/vetoes/approval.ts";
import { readContract } from "../../../src/control/vetoes/approved-contract.ts";
import { refuseAtStage } from "../../../src/control/vetoes/command-stage.ts";
import {
  refuseActor,
  refuseAndon,
  refuseCaller,
  refuseClosed,
  refuseEdited,
  refuseSpent,
  refuseStopped,
} from "../../../src/control/vetoes/preconditions.ts";
import { Config } from "../../../src/domain/config/schema.ts";
import type { AndonLabel, CommentState, Snapshot } from "../../../src/domain/github/snapshot.ts";
import type { LedgerEvent, SealedEntry } from "../../../src/domain/ledger.ts";
import { predictRisk } from "../../../src/domain/trust/predicted-risk.ts";
import { NO_USAGE } from "../../../src/domain/usage.ts";
import { CONTRACT, CONTRACT_DIGEST } from "../line.ts";

const AT = "2026-11-20T09:00:00Z";
const LATER = "2026-11-20T09:00:01Z";
const ADA = { id: 4, login: "ada", type: "User", permission: "write" } as const;
const READER = { ...ADA, permission: "read" } as const;

function viewOf(parts: object): OnIssue {
  return {
    now: AT,
    config: Config.parse({}),
    comments: [],
    ledger: { entries: [], comment: null },
    input: { identity: { id: 99, login: "bot" } },
    snapshot: { andon: { known: [] }, repository: { head: "a".repeat(40) } },
    ...parts,
  } as unknown as OnIssue;
}

function comment(parts: Partial<CommentState>): CommentState {
  const body = "/factory approve";
  return { id: 9, author: ADA, body, createdAt: AT, updatedAt: AT, url: "", ...parts };
}

function entriesOf(...events: readonly LedgerEvent[]): readonly SealedEntry[] {
  return events.map((event, index) => ({
    sequence: index + 1,
    at: AT,
    run: 1,
    stage: "ready",
    event,
    seal: "none",
  }));
}

describe("who commands", () => {
  const refused = (found: string) => ({
    code: "actor-not-permitted",
    subject: "ada",
    found,
    accepted: "a user with write, maintain or admin",
  });

  test("nobody, whose comment is gone, does not", () => {
    expect(refuseActor(undefined)).toEqual({
      code: "actor-not-permitted",
      subject: "nobody",
      found: "the comment is gone",
    });
    expect(refuseActor(ADA)).toBeUndefined();
    expect(refuseActor(READER)).toEqual(refused("User with read"));
  });

  test("of what starts by itself, only the clock", () => {
    const triggerRefusal = { code: "event-not-understood", subject: "x" } as const;
    const caller = (parts: object) => refuseCaller(viewOf({ actor: READER, ...parts }));
    expect(caller({ triggerRefusal })).toEqual(triggerRefusal);
    expect(caller({ trigger: { kind: "schedule" }, actor: undefined })).toBeUndefined();
    expect(caller({ trigger: { kind: "doorbell" } })).toEqual(refused("User with read"));
    expect(caller({ trigger: { kind: "doorbell" }, actor: ADA })).toBeUndefined();
  });
});

describe("a command that was edited", () => {
  const trigger = { kind: "commented", body: "/factory approve" };
  test.each<readonly [string, object, boolean]>([
    ["as it was written", { trigger, comment: comment({}) }, false],
    ["edited", { trigger, comment: comment({ updatedAt: LATER }) }, true],
    ["with other words", { trigger, comment: comment({ body: "/factory stop" }) }, true],
    ["that is gone", { trigger, comment: undefined }, false],
    ["by another ring", { trigger: { kind: "doorbell" }, comment: comment({ body: "" }) }, false],
  ])("%s: %#", (_, parts, refuses) => {
    expect(refuseEdited(viewOf(parts))).toEqual(
      refuses
        ? {
            code: "event-not-understood",
            subject: "comment 9",
            found: "it was edited after it was written",
            hint: "command-anew",
          }
        : undefined,
    );
  });
});

describe("an issue", () => {
  test.each([
    ["open", false, undefined],
    ["closed", false, "it is closed"],
    ["closed", true, "it is closed"],
    ["open", true, "its conversation is locked"],
  ] as const)("that is %s, locked: %j", (state, locked, found) => {
    const issue = { number: 3, state, locked } as OnIssue["issue"];
    expect(refuseClosed(issue)).toEqual(
      found && {
        code: "issue-changed",
        subject: "issue 3",
        found,
        accepted: "an open issue that is not locked",
        hint: "open-or-unlock",
      },
    );
  });
});

const by = (issue: number, who: object): AndonLabel => ({
  issue,
  by: { known: { ...ADA, ...who } },
});
const OWN = { id: 99, login: "bot", type: "Bot", permission: "none" } as const;
const APP = { ...OWN, id: 98, login: "labeller[bot]" } as const;
const stopped = (subject: string, found: string) => ({
  code: "andon-raised",
  subject,
  found,
  hint: "lower-the-andon",
});

test.each<readonly [Snapshot["andon"], object | undefined]>([
  [{ known: [] }, undefined],
  [
    { known: [by(3, {}), by(4, { permission: "admin" }), by(5, { permission: "triage" })] },
    stopped("issue 3, issue 4", "ada put the label on issue 3; ada put the label on issue 4"),
  ],
  [{ known: [by(3, { permission: "triage" }), by(4, { permission: "none" })] }, undefined],
  [{ known: [by(3, OWN)] }, stopped("issue 3", "bot put the label on issue 3")],
  [
    { known: [by(3, { ...ADA, id: 99, permission: "read" })] },
    stopped("issue 3", "ada put the label on issue 3"),
  ],
  [{ known: [by(3, APP)] }, stopped("issue 3", "labeller[bot] put the label on issue 3")],
  [
    { known: [{ issue: 3, by: { unknown: "the account is gone" } }] },
    stopped("issue 3", "who put the label on issue 3 is not known: the account is gone"),
  ],
  [
    { known: Array.from({ length: 100 }, () => by(1, {})) },
    stopped(
      "issue 1, ".repeat(40).slice(0, 300),
      "ada put the label on issue 1; ".repeat(100).slice(0, 2_000),
    ),
  ],
  [{ unknown: "503" }, { code: "state-unknown", subject: "the andon", found: "503" }],
])("the andon %j", (andon, refusal) => {
  expect(refuseAndon(viewOf({ snapshot: { andon } }))).toEqual(refusal);
});

test("the config may let people with triage stop the line, and the order's says so in its run", () => {
  const andon = { known: [by(3, { permission: "triage" }), by(4, { permission: "read" })] };
  const config = Config.parse({ andonFrom: "triage" });
  const found = stopped("issue 3", "ada put the label on issue 3");
  expect(refuseAndon(viewOf({ config, snapshot: { andon } }))).toEqual(found);
  const input = { identity: { id: 99, login: "bot" }, order: { config } };
  expect(refuseAndon(viewOf({ input, snapshot: { andon } }))).toEqual(found);
});

describe("a stop", () => {
  const claimed: LedgerEvent = {
    kind: "claimed",
    attempt: 2,
    branch: "factory/3-2",
    base: "a".repeat(40),
  };
  const heard: LedgerEvent = { kind: "commanded", by: 4, command: "stop", comment: 9 };
  const stop = (parts: Partial<CommentState>) => comment({ body: "/factory stop", ...parts });
  test.each<readonly [string, readonly LedgerEvent[], CommentState, boolean]>([
    [
      "in the second of the claim",
      [claimed],
      stop({ createdAt: "2026-11-20T09:00:00.999Z" }),
      true,
    ],
    ["after it", [claimed], stop({ createdAt: LATER }), true],
    ["before it", [claimed], stop({ createdAt: "2026-11-20T08:59:59Z" }), false],
    ["that was answered", [claimed, heard], stop({}), false],
    ["by a reader", [claimed], stop({ author: READER }), false],
    ["that is none", [claimed], comment({}), false],
  ])("%s: %#", (_, events, said, stops) => {
    const view = viewOf({ comments: [said], ledger: { entries: entriesOf(...events) } });
    expect(refuseStopped(view)).toEqual(
      stops
        ? {
            code: "stopped-by-person",
            subject: "attempt 2",
            found: "ada wrote it in comment 9",
            hint: "retry",
          }
        : undefined,
    );
  });

  test("counts without a claim from now on", () => {
    const at = (createdAt: string) => refuseStopped(viewOf({ comments: [stop({ createdAt })] }));
    expect(at("2026-11-20T08:59:59Z")).toBeUndefined();
    expect(at(AT)).toMatchObject({ subject: "attempt 0" });
  });
});

test.each([
  [0, undefined],
  [4.99, undefined],
  [5, "5.00 spent"],
  [6.5, "6.50 spent"],
])("of an issue's 5 USD %d are spent", (usd, found) => {
  const [entry] = entriesOf({ kind: "submitted", by: 4, issue: CONTRACT_DIGEST });
  const entries = [{ ...entry, usage: { ...NO_USAGE, usd } }];
  const config = Config.parse({ limits: { usdPerIssue: 5 } });
  expect(refuseSpent(viewOf({ config, ledger: { entries } }) as View)).toEqual(
    found && {
      code: "budget-exhausted",
      subject: "USD for this issue",
      found,
      accepted: "less than 5",
    },
  );
});

describe("a command at a stage that does not obey it", () => {
  test.each([
    ["approve", "building", "the stage proposed or ready or needs-human", "wait-or-stop"],
    ["approve", "gating", "the stage proposed or ready or needs-human", "merge-or-rework"],
    ["approve", "done", "the stage proposed or ready or needs-human", "open-a-new-issue"],
    ["approve", "new", "the stage proposed or ready or needs-human", "see-the-status"],
    ["approve-lockfile", "queued", "the stage needs-human", "see-the-status"],
  ] as const)("%s at %s", (name, stage, accepted, hint) => {
    expect(refuseAtStage(name, stage)).toEqual({
      code: "illegal-transition",
      subject: `${name} at ${stage}`,
      accepted,
      hint,
    });
  });

  test("is obeyed at the others", () => {
    expect(refuseAtStage("approve", "ready")).toBeUndefined();
  });
});

describe("what a contract will risk", () => {
  const config = (parts: object) => Config.parse(parts);
  const risk = (paths: string[], files: string[] = [], given: object = {}) =>
    predictRisk(
      {
        ...CONTRACT,
        boundaries: { ...CONTRACT.boundaries, paths },
        context: { ...CONTRACT.context, files },
      },
      { base: "a".repeat(40), config: config(given) },
    ).risk;
  test("is medium where it bounds no paths, else what its paths and files say", () => {
    expect(
      predictRisk(
        { ...CONTRACT, boundaries: { ...CONTRACT.boundaries, paths: [] } },
        { base: "a".repeat(40), config: config({}) },
      ),
    ).toEqual({ risk: "medium", reasons: ["the contract bounds no paths"] });
    expect(risk(["docs/a.md"])).toBe("low");
    expect(risk(["docs/a.md"], ["package.json"])).toBe("high");
    expect(risk(["docs/a.md"], ["docs/b.md"], { protect: ["docs/b.md"] })).toBe("high");
  });

  test.each([
    ["always", "low", true],
    ["when-risky", "low", false],
    ["when-risky", "medium", true],
    ["never", "high", false],
  ] as const)("with approve: %s a %s risk asks a person: %j", (approve, is, asks) => {
    expect(needsApproval(config({ approve }), { risk: is, reasons: [] })).toBe(asks);
  });
});

const DIGEST = CONTRACT_DIGEST;
const proposed: Extract<LedgerEvent, { readonly kind: "proposed" }> = {
  kind: "proposed",
  contract: DIGEST,
  issue: DIGEST,
  comment: 8,
  version: 1,
};
const approved: LedgerEvent = {
  kind: "approved",
  by: 4,
  contract: DIGEST,
  issue: DIGEST,
  comment: 9,
};

describe("an approval in the ledger, held against its comment", () => {
  const contractComment = comment({ id: 8, createdAt: AT, updatedAt: AT });
  const weigh = (
    said: readonly CommentState[],
    parts: object = {},
    about = contractComment,
    version = 1,
  ) =>
    refuseApproval(
      viewOf({ comments: said, ledger: { entries: entriesOf(proposed, approved) }, ...parts }),
      {
        contract: CONTRACT,
        contractComment: about,
        proposed: { event: { ...proposed, version } },
      },
    );
  const stale = (subject: string, found: string) => ({
    code: "approval-stale",
    subject,
    found,
    hint: "make-an-approvable-contract",
  });

  test.each<readonly [string, Partial<CommentState>, string | undefined]>([
    ["as it was", {}, undefined],
    [
      "of another",
      { author: { ...ADA, id: 5, login: "eve" } },
      "it is of eve, who did not approve",
    ],
    ["of a reader now", { author: READER }, "ada is User with read now"],
    ["edited", { updatedAt: LATER }, "it was edited after it approved"],
    ["with other words", { body: "no" }, "it says no approval of this version"],
  ])("%s", (_, parts, found) => {
    expect(weigh([comment(parts)])).toEqual(found && stale("comment 9", found));
  });

  test.each<readonly [string, number, boolean]>([
    ["", 1, true],
    ["", 2, false],
    [` ${DIGEST.slice(0, 7)}`, 1, true],
    [` ${DIGEST.slice(0, 7)}`, 2, true],
    [` ${DIGEST}`, 2, true],
    [` ${DIGEST.slice(1, 8)}`, 1, false],
    [` ${DIGEST.slice(0, 6)}`, 1, false],
  ])("with the word %j, of version %i: %j", (word, version, holds) => {
    const refusal = weigh(
      [comment({ body: `/factory approve${word}` })],
      {},
      contractComment,
      version,
    );
    expect(refusal).toEqual(
      holds ? undefined : stale("comment 9", "it says no approval of this version"),
    );
  });

  test("that is gone, or was never given", () => {
    expect(weigh([])).toEqual(stale("comment 9", "the approving comment is gone"));
    expect(weigh([], { ledger: { entries: entriesOf(proposed) } })).toEqual(
      stale("this contract", "no approval"),
    );
  });

  test("of a contract that was written again", () => {
    const again = { ...contractComment, updatedAt: LATER };
    expect(weigh([comment({})], {}, again)).toEqual(
      stale("comment 9", "the contract was written again after it"),
    );
  });

  test.each([
    ["never", 99, true],
    ["never", 4, false],
    ["always", 99, false],
  ] as const)("of the config with approve: %s, by %d: %j", (approve, by, holds) => {
    const entries = entriesOf(proposed, { ...approved, by, comment: 0 });
    const refusal = weigh([], { ledger: { entries }, config: Config.parse({ approve }) });
    expect(refusal).toEqual(
      holds
        ? undefined
        : stale("this contract", "no person approved it, and the config asks for one"),
    );
  });

  test("of the config is asked of the order's config where there is one", () => {
    const entries = entriesOf(proposed, { ...approved, by: 99, comment: 0 });
    const input = { identity: { id: 99 }, order: { config: Config.parse({ approve: "never" }) } };
    const config = Config.parse({ approve: "always" });
    expect(weigh([], { ledger: { entries }, config, input })).toBeUndefined();
  });
});

describe("a contract that cannot be read", () => {
  const read = (comments: readonly CommentState[], entries = entriesOf(proposed)) =>
    readContract(viewOf({ comments, ledger: { entries }, issue: { number: 3 } }));
  const own = { id: 99, login: "bot", type: "Bot", permission: "none" } as const;
  const gone = {
    refusal: {
      code: "contract-changed",
      subject: "the contract",
      found: "it is gone",
      hint: "make-a-new-contract",
    },
  };

  test("is gone, or nobody proposed it", () => {
    expect(read([])).toEqual(gone);
    expect(read([], [])).toEqual(gone);
  });

  test("says the line that is wrong", () => {
    const body = "### Millwright · contract\nnothing of ours";
    expect(read([comment({ id: 8, author: own, body })])).toEqual({
      refusal: {
        code: "contract-changed",
        subject: "comment 8",
        found: expect.stringMatching(/^line \d+: \w/),
        hint: "make-a-new-contract",
      },
    });
  });
});
