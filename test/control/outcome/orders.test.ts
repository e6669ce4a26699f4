import { describe, expect, test } from "vitest";
import type { OnIssue } from "../../../src/control/observed/issue-view.ts";
import { doorbell } from "../../../src/control/outcome/doorbell.ts";
import { labelEffects } from "../../../src/control/outcome/labels.ts";
import { ledgerEffect, type NewEntry } from "../../../src/control/outcome/ledger-entry.ts";
import {
  commonOrder,
  issueTextOf,
  ownActor,
  priorAttempts,
  readOrder,
  releaseOrder,
  releaseOrderFor,
} from "../../../src/control/outcome/orders.ts";
import { Config } from "../../../src/domain/config/schema.ts";
import { digestOf } from "../../../src/domain/digest.ts";
import type { CommentState } from "../../../src/domain/github/snapshot.ts";
import type { LedgerEvent, SealedEntry } from "../../../src/domain/ledger.ts";
import {
  digestOfIssue,
  digestOfOrder,
  type LineOrder,
  type Order,
} from "../../../src/domain/order.ts";
import { NO_USAGE } from "../../../src/domain/usage.ts";
import { newLine, toBuilding } from "../line.ts";

const AT = "2026-11-20T09:00:00Z";
const HEAD = "a".repeat(40);
const TREE = "b".repeat(40);
const ADA = { id: 4, login: "ada", type: "User", permission: "write" } as const;
const BOT = { id: 99, login: "bot", type: "Bot", permission: "none" } as const;
const REPOSITORY = { id: 77, name: "OWNER/app", defaultBranch: "main", visibility: "public" };

function viewOf(parts: object): OnIssue {
  return {
    now: AT,
    prefix: "factory:",
    config: Config.parse({}),
    comments: [],
    stage: "ready",
    ledger: { entries: [], comment: null },
    issue: { number: 3, title: "greeting", body: "by name", author: ADA, labels: [] },
    input: {
      identity: { id: 99, login: "bot" },
      run: {
        id: 7,
        attempt: 2,
        workflowFile: "factory.yml",
        serverUrl: "https://example.com/",
        repository: "OWNER/app",
      },
    },
    snapshot: {
      andon: { known: [] },
      paths: { known: [] },
      repository: { ...REPOSITORY, url: "https://example.com", head: HEAD, headTree: TREE },
    },
    ...parts,
  } as unknown as OnIssue;
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

const ISSUE = digestOf("issue");

describe("what every order has in common", () => {
  test("is pinned to the head that was seen", () => {
    const config = Config.parse({
      limits: { usdPerIssue: 5, minutesPerRun: 3, turnsPerRun: 7, tokensPerRun: 50_000 },
    });
    expect(commonOrder(viewOf({ config }), "intake", ADA)).toEqual({
      version: 1,
      id: "77/7/intake",
      kind: "intake",
      repository: REPOSITORY,
      runId: 7,
      at: AT,
      base: HEAD,
      config,
      harness: [],
      actor: ADA,
      budget: { tokens: 50_000, usd: 5, turns: 7, wallClockMs: 180_000 },
    });
  });

  test.each([
    [4, 1],
    [4.995, 0.005],
    [6, 0],
  ])("has of 5 USD of which %d are spent a budget of %d", (usd, left) => {
    const [entry] = entriesOf({ kind: "submitted", by: 4, issue: ISSUE });
    const ledger = { entries: [{ ...entry, usage: { ...NO_USAGE, usd } }] };
    const view = viewOf({ ledger, config: Config.parse({ limits: { usdPerIssue: 5 } }) });
    expect(commonOrder(view, "line", ADA).budget.usd).toBeCloseTo(left, 9);
  });

  test("names the harness files that exist, all where nobody knows, and 50 at most", () => {
    const many = Array.from({ length: 60 }, (_, index) => `docs/${index}.md`);
    const harness = (config: readonly string[], paths: object) =>
      commonOrder(
        viewOf({
          config: { ...Config.parse({}), harness: config },
          snapshot: { repository: REPOSITORY, paths },
        }),
        "line",
        ADA,
      ).harness;
    expect(harness(["AGENTS.md", "x.md"], { known: ["AGENTS.md"] })).toEqual(["AGENTS.md"]);
    expect(harness(["AGENTS.md", "x.md"], { unknown: "cut" })).toEqual(["AGENTS.md", "x.md"]);
    expect(harness(many, { known: many })).toEqual(many.slice(0, 50));
  });

  test("has the factory itself as the actor of what nobody asked for", () => {
    expect(ownActor(viewOf({}))).toEqual(BOT);
  });
});

describe("the issue as workers read it", () => {
  const said = (parts: Partial<CommentState>): CommentState => ({
    id: 1,
    author: ADA,
    body: "x",
    createdAt: AT,
    updatedAt: AT,
    url: "",
    ...parts,
  });

  test("has the remarks of people with write, and no commands", () => {
    const comments = [
      said({ body: "please" }),
      said({ body: "mine", author: { ...BOT, permission: "write" } }),
      said({ body: "mine, too", author: { ...ADA, id: 99 } }),
      said({ body: "hello", author: { ...ADA, permission: "read" } }),
      said({ body: "/factory retry" }),
      said({ body: "/factory nonsense" }),
      said({ body: "/factory rework: kinder" }),
      said({ body: "y".repeat(70_000) }),
    ];
    const view = viewOf({ comments });
    expect(issueTextOf(view)).toEqual({
      number: 3,
      title: "greeting",
      body: "by name",
      author: ADA,
      remarks: [
        { author: ADA, body: "please" },
        { author: ADA, body: "kinder" },
        { author: ADA, body: "y".repeat(65_536) },
      ],
      digest: digestOfIssue(view.issue),
    });
  });

  test("is cut, and of many remarks the last ones are kept", () => {
    const comments = Array.from({ length: 60 }, (_, index) => said({ body: `${index}` }));
    const issue = { number: 3, title: "t".repeat(2_000), body: "b".repeat(70_000), author: ADA };
    const text = issueTextOf(viewOf({ comments, issue }));
    expect([text.title.length, text.body.length]).toEqual([1_000, 65_536]);
    expect(text.remarks.map(({ body }) => body)).toEqual(
      comments.slice(10).map(({ body }) => body),
    );
  });
});

test("of earlier attempts the last ten are told", () => {
  const events = Array.from({ length: 12 }, (_, index): LedgerEvent => {
    return { kind: "sent-back", attempt: index + 1, findings: [`finding ${index + 1}`] };
  });
  const submitted: LedgerEvent = { kind: "submitted", by: 4, issue: ISSUE };
  const prior = priorAttempts(viewOf({ ledger: { entries: entriesOf(submitted, ...events) } }));
  expect(prior).toHaveLength(10);
  expect(prior[0]).toEqual({ attempt: 3, outcome: "sent back", findings: ["finding 3"] });
});

test("of an earlier attempt is told what concerns its tests, where something does", () => {
  const sentBack: LedgerEvent & { readonly kind: "sent-back" } = {
    kind: "sent-back",
    attempt: 1,
    findings: ["a.ts:1 wrong"],
  };
  const events: readonly LedgerEvent[] = [
    sentBack,
    { ...sentBack, attempt: 2, aboutTests: ["AC1: no test names it"] },
  ];
  const prior = priorAttempts(viewOf({ ledger: { entries: entriesOf(...events) } }));
  expect(prior).toEqual([
    { attempt: 1, outcome: "sent back", findings: ["a.ts:1 wrong"] },
    {
      attempt: 2,
      outcome: "sent back",
      findings: ["a.ts:1 wrong"],
      aboutTests: ["AC1: no test names it"],
    },
  ]);
});

test("a release is of the merge that the ledger knows last", () => {
  const merged = (commit: string): LedgerEvent => ({
    kind: "merged",
    pullRequest: 9,
    commit,
    tree: TREE,
    by: "person",
  });
  const entries = entriesOf(merged(HEAD), merged("c".repeat(40)));
  expect(releaseOrder(viewOf({ ledger: { entries } }), ADA)).toMatchObject({
    kind: "release",
    base: "c".repeat(40),
    release: { pullRequest: 9, mergeSha: "c".repeat(40), tree: TREE, changedPaths: [] },
  });
  expect(releaseOrder(viewOf({}), ADA)).toBeUndefined();
});

describe("a release, of what was before it,", () => {
  const [BASE, PARENT, LOCAL] = ["c".repeat(40), "d".repeat(40), "e".repeat(40)];
  const RELEASE = { pullRequest: 9, mergeSha: HEAD, tree: TREE, changedPaths: ["a.ts"] };
  const claimed = {
    ...{ kind: "claimed", attempt: 1, base: BASE, contract: ISSUE, order: ISSUE },
    reservedUsd: 1,
  } as unknown as LedgerEvent;
  const merged = (by: "factory" | "person"): LedgerEvent => ({
    ...{ kind: "merged", pullRequest: 9, commit: HEAD, tree: TREE, by },
  });
  const smoked = (commit: string) =>
    ({ kind: "smoked", commit, live: true, passed: ["home"] }) as unknown as LedgerEvent;
  const get = { get: "https://example.com/health" };
  const program = { run: "curl -f https://example.com" };

  test.each<readonly [string, readonly LedgerEvent[], object, object, object]>([
    ["knows nothing where nobody does", [merged("person")], {}, {}, {}],
    [
      "keeps the parent that it was told",
      [claimed, merged("factory")],
      { parent: PARENT },
      {},
      { parent: PARENT },
    ],
    ["has the base of its attempt", [claimed, merged("factory")], {}, {}, { parent: BASE }],
    [
      "has what GitHub says of a person's merge",
      [claimed, merged("person")],
      {},
      { parent: LOCAL },
      { parent: LOCAL },
    ],
    [
      "has what the smoke test of that commit recorded",
      [smoked(BASE), claimed, merged("factory")],
      {},
      {},
      { parent: BASE, before: { commit: BASE, passed: ["home"], at: AT } },
    ],
    [
      "has nothing that was recorded elsewhere",
      [smoked(LOCAL), claimed, merged("factory")],
      {},
      {},
      { parent: BASE },
    ],
  ])("%s", (_, events, told, before, known) => {
    const view = viewOf({ ledger: { entries: entriesOf(...events) } });
    const seen = { ...view, snapshot: { ...view.snapshot, before } } as unknown as OnIssue;
    const order = releaseOrderFor(seen, { actor: ADA, release: { ...RELEASE, ...told } });
    expect(order).toStrictEqual({
      ...commonOrder(seen, "release", ADA),
      base: HEAD,
      release: { ...RELEASE, ...known },
    });
  });

  test.each<readonly [string, readonly object[], object]>([
    ["none where only addresses are asked", [get], {}],
    [
      "the commit without the change where one of several is a program",
      [get, program],
      { programsFrom: BASE },
    ],
  ])("programs are taken from %s", (_, probes, known) => {
    const config = Config.parse({ smoke: { probes } });
    const ledger = { entries: entriesOf(claimed, merged("factory")) };
    const order = releaseOrderFor(viewOf({ config, ledger }), { actor: ADA, release: RELEASE });
    expect(order.release).toStrictEqual({ ...RELEASE, parent: BASE, ...known });
  });
});

test("an attempt whose merge was taken back says so to the next ones", () => {
  const reverting = {
    ...{ kind: "reverting", attempt: 1, pullRequest: 10, commit: HEAD, tree: TREE },
    merge: HEAD,
  } as unknown as LedgerEvent;
  const sentBack = (attempt: number): LedgerEvent => ({ kind: "sent-back", attempt, findings: [] });
  const entries = entriesOf(sentBack(1), reverting, sentBack(2));
  expect(priorAttempts(viewOf({ ledger: { entries } }))).toStrictEqual([
    { attempt: 1, outcome: "taken back", findings: [] },
    { attempt: 2, outcome: "sent back", findings: [] },
  ]);
});

describe("the order of a run", () => {
  const given = (order: object | undefined, parts: object = {}) => {
    const view = viewOf({});
    const input = {
      ...view.input,
      ...(order === undefined ? {} : { order, orderDigest: digestOfOrder(order as Order) }),
      ...parts,
    };
    return { ...view, input } as unknown as OnIssue;
  };
  const common = { runId: 7, repository: REPOSITORY };
  const line = { ...common, kind: "line", issue: { number: 3 } };
  const refused = (subject: string, found: unknown, accepted: string) => ({
    refusal: { code: "order-invalid", subject, found, accepted },
  });

  test("is what it should be", () => {
    expect(readOrder(given(line), "line")).toEqual({ order: line });
  });

  const place = (repository: string) => `77 ${repository}`;
  test.each<readonly [string, object | undefined, object]>([
    ["none", undefined, refused("the order", "none", "an order of kind line")],
    ["another kind", { ...line, kind: "intake" }, refused("its kind", "intake", "line")],
    ["another run's", { ...line, runId: 8 }, refused("its run", "8", "7")],
    ["another issue's", { ...line, issue: { number: 4 } }, refused("its issue", "4", "3")],
    [
      "another branch's",
      { ...line, repository: { ...REPOSITORY, defaultBranch: "next" } },
      refused("its repository", place("OWNER/app next public"), place("OWNER/app main public")),
    ],
    [
      "of a repository that nobody knows who sees",
      { ...line, repository: { id: 77, name: "OWNER/app", defaultBranch: "main" } },
      refused(
        "its repository",
        place("OWNER/app main of unknown visibility"),
        place("OWNER/app main public"),
      ),
    ],
    [
      "of a long name",
      { ...line, repository: { ...REPOSITORY, name: "x".repeat(600) } },
      refused("its repository", `77 ${"x".repeat(497)}`, place("OWNER/app main public")),
    ],
  ])("is refused when it is %s", (_, order, refusal) => {
    expect(readOrder(given(order), "line")).toEqual(refusal);
  });

  test("is refused when the job that made it announced another", () => {
    const digest = digestOfOrder(line as unknown as LineOrder);
    expect(readOrder(given(line, { orderDigest: "0" }), "line")).toEqual(
      refused("its digest", digest, "0"),
    );
    expect(readOrder(given(line, { orderDigest: undefined }), "line")).toEqual(
      refused("its digest", digest, "none"),
    );
  });

  test("is of an issue that was observed, or of the pull request that rang", () => {
    const blind = { ...given(line), issue: undefined } as unknown as OnIssue;
    expect(readOrder(blind, "line")).toEqual(refused("its issue", "3", "one that was observed"));
    const review = { ...common, kind: "review", issue: { number: 3 } };
    const rung = (pullRequest: number) =>
      ({ ...given(review), trigger: { kind: "offered", pullRequest } }) as unknown as OnIssue;
    expect(readOrder(rung(3), "review")).toEqual({ order: review });
    expect(readOrder(rung(4), "review")).toEqual(refused("its issue", "3", "4"));
    const doorbellRang = { ...given(review), trigger: { kind: "doorbell" } } as unknown as OnIssue;
    expect(readOrder(doorbellRang, "review")).toEqual(
      refused("its issue", "3", "that of a pull request"),
    );
  });

  test("to take a merge back is of the issue that it names", () => {
    const revert = { ...common, kind: "revert", revert: { issue: 3 } };
    expect(readOrder(given(revert), "revert")).toEqual({ order: revert });
    const other = { ...revert, revert: { issue: 4 } };
    expect(readOrder(given(other), "revert")).toEqual(refused("its issue", "4", "3"));
  });

  test("to mend a pull request is of the one that was asked for", () => {
    const unblock = { ...common, kind: "unblock", issue: { number: 3 } };
    const blind = { ...given(unblock), trigger: { kind: "doorbell" } } as unknown as OnIssue;
    expect(readOrder(blind, "unblock")).toEqual(
      refused("its issue", "3", "that of a pull request"),
    );
    const none = { ...given(unblock), trigger: undefined } as unknown as OnIssue;
    expect(readOrder(none, "unblock")).toEqual(refused("its issue", "3", "that of a pull request"));
  });

  test("is refused by the first 500 characters of what it should be", () => {
    const long = { ...REPOSITORY, name: "x".repeat(600) };
    const view = given(line);
    const seen = {
      ...view,
      snapshot: { ...view.snapshot, repository: long },
    } as unknown as OnIssue;
    expect(readOrder(seen, "line")).toEqual(
      refused("its repository", place("OWNER/app main public"), `77 ${"x".repeat(497)}`),
    );
  });

  test.each(["release", "nightly", "loop"] as const)("of a %s is of no issue", (kind) => {
    const order = { ...common, kind };
    expect(readOrder(given(order), kind)).toEqual({ order });
    expect(readOrder(given({ ...order, issue: { number: 3 } }), kind)).toEqual(
      refused("its issue", "3", "none"),
    );
  });
});

describe("the labels that an issue should show", () => {
  const shown = (labels: readonly string[], wanted: Parameters<typeof labelEffects>[1]) => {
    const [effect] = labelEffects(viewOf({ issue: { number: 3, labels } }), wanted);
    return effect?.kind === "set-labels" ? [effect.add, effect.remove] : effect;
  };
  test.each<readonly [readonly string[], Parameters<typeof labelEffects>[1], unknown]>([
    [[], { stage: "ready" }, [["factory:ready"], []]],
    [["Factory:READY", "bug"], { stage: "ready" }, undefined],
    [["factory:queued", "bug"], { stage: "ready" }, [["factory:ready"], ["factory:queued"]]],
    [["Factory:Queued", "factory:ready"], { stage: "ready" }, [[], ["factory:queued"]]],
    [["factory:ready"], { stage: "ready", risk: "low" }, [["factory:risk-low"], []]],
    [
      ["factory:ready", "factory:risk-high", "factory:risk-low"],
      { stage: "ready", risk: "low" },
      [[], ["factory:risk-high"]],
    ],
    [["factory:ready", "factory:risk-high"], { stage: "ready" }, undefined],
    [["factory:ready"], { stage: "ready", andon: true }, [["factory:andon"], []]],
    [["factory:ready", "factory:andon"], { stage: "ready", andon: false }, undefined],
    [["factory:ready"], { stage: "ready", left: ["building"] }, [[], ["factory:building"]]],
  ])("on %j for %j", (labels, wanted, change) => {
    expect(shown(labels, wanted)).toEqual(change);
  });

  test.each<readonly [object, number, readonly unknown[]]>([
    [
      { permission: "triage" },
      3,
      [
        [[], ["factory:andon"]],
        [["factory:andon"], []],
      ],
    ],
    [{ permission: "triage" }, 4, []],
    [{ permission: "write" }, 3, []],
  ])(
    "an andon label of %j on issue %j is put on anew where it stops nothing",
    (by, on, changes) => {
      const label = { issue: on, by: { known: { ...ADA, ...by } } };
      const view = viewOf({
        issue: { number: 3, labels: ["factory:ready", "factory:andon"] },
        snapshot: { andon: { known: [label] } },
      });
      const effects = labelEffects(view, { stage: "ready", andon: true });
      expect(
        effects.map((effect) => effect.kind === "set-labels" && [effect.add, effect.remove]),
      ).toEqual(changes);
      expect(new Set(effects.map(({ key }) => key)).size).toBe(effects.length);
      expect(labelEffects(view, { stage: "ready" })).toEqual([]);
    },
  );

  test("are one effect, by what it changes", () => {
    const view = viewOf({ issue: { number: 3, labels: ["factory:queued"] } });
    expect(labelEffects(view, { stage: "ready", risk: "low" })).toEqual([
      {
        kind: "set-labels",
        key: "labels/3/7/+factory:ready,factory:risk-low/-factory:queued",
        issue: 3,
        add: ["factory:ready", "factory:risk-low"],
        remove: ["factory:queued"],
      },
    ]);
  });
});

test("a doorbell says a number and nothing else", () => {
  expect(doorbell(viewOf({}), 3)).toEqual({
    kind: "dispatch-workflow",
    key: "doorbell/3/7/2",
    workflow: "factory.yml",
    ref: "main",
    inputs: { issue: "3" },
  });
});

describe("an entry of the ledger", () => {
  const entry: NewEntry = {
    stage: "building",
    event: { kind: "sent-back", attempt: 1, findings: [] },
  };
  test("is not written over a ledger that is not trusted", () => {
    const refusal = { code: "ledger-invalid", subject: "x" } as const;
    const view = viewOf({ ledger: { entries: [], comment: 5, refusal } });
    expect(() => ledgerEffect(view, { entries: [entry] })).toThrow(
      "The ledger of issue 3 is not trusted: it must not be extended.",
    );
  });

  test("is no step that the table does not know", () => {
    expect(() => ledgerEffect(viewOf({ stage: "done" }), { entries: [entry] })).toThrow(
      /^Illegal step done → building by control; legal: /,
    );
  });

  test("is one at least", () => {
    expect(() => ledgerEffect(viewOf({}), { entries: [] })).toThrow(
      "The ledger of issue 3 would be empty.",
    );
  });

  test("stands in the comment that holds the ledger, by what it says", async () => {
    const line = newLine();
    const { issue } = await toBuilding(line);
    const written = line.github.applied.map(({ effect }) => effect);
    const ledgers = written.filter(
      (effect) => effect.kind === "write-comment" && effect.key.startsWith(`ledger/${issue}/`),
    );
    expect(ledgers.length).toBeGreaterThan(1);
    for (const effect of ledgers)
      if (effect.kind === "write-comment")
        expect(effect.key).toBe(`ledger/${issue}/${digestOf(effect.body).slice(0, 16)}`);
  });
});
