import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { entriesOf } from "../../src/control/observed/ledger/ledger.ts";
import { wasRefused } from "../../src/domain/github/receipt.ts";
import { refuseLedger, type SealedEntry } from "../../src/domain/ledger.ts";
import { refuseTransition, type Stage } from "../../src/domain/stage.ts";
import { spentOn } from "../../src/measures/spent.ts";
import { lineAsking } from "../../src/wording/issue/ask-comment.ts";
import { DISTRUST_MARKER } from "../../src/wording/issue/asks.ts";
import { LEDGER_MARKER } from "../../src/wording/issue/ledger-comment.ts";
import { cases } from "../cases.ts";
import { CONFIG, ledgerOf, newLine, stageShown, type TestLine } from "./line.ts";
import { type Act, CALM, MOODS, type Weather, World } from "./world.ts";
import type { Shown } from "./world-checks.ts";

const COMMANDS = [
  ...["approve", "retry", "resume", "stop", "rework: kinder", "status", "dance"],
  ...["explain", "priority 1", "assign-me"],
];
/** The budget of an issue where the config names none; sums of cents are rounded. */
const MOST_USD = 5 + 1e-9;
const people = fc.constantFrom("ada", "ada", "ada", "wil", "wil", "wil", "rea", "helper[bot]");

const interference = fc.constantFrom<Act>(
  { kind: "edit-issue" },
  { kind: "close-issue" },
  { kind: "open-issue" },
  { kind: "edit-contract" },
  { kind: "raise-andon" },
  { kind: "clear-andon" },
  { kind: "move-head" },
  { kind: "push-branch" },
  { kind: "mix-labels" },
  { kind: "close-pull-request" },
  { kind: "merge-unheard" },
  { kind: "forge-ledger" },
  { kind: "conflict" },
);
const refusal = fc.record({
  kind: fc.constant("refuse" as const),
  effect: fc.constantFrom(
    "claim-branch" as const,
    "publish-commit" as const,
    "open-pull-request" as const,
    "write-check-run" as const,
    "merge-pull-request" as const,
    "dispatch-workflow" as const,
  ),
});
const shown = fc.constantFrom<Shown>(
  "green",
  "going",
  "first-red",
  "change",
  "change",
  "base",
  "flaky",
  "unknown",
  "unread",
);
const move: fc.Arbitrary<Act> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("label" as const), by: people }) },
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant("say" as const),
      by: people,
      body: fc.constantFrom(...COMMANDS).map((command) => `/factory ${command}`),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("ring" as const), by: people }) },
  { weight: 3, arbitrary: fc.constant<Act>({ kind: "answer-doorbells" }) },
  { weight: 2, arbitrary: fc.constant<Act>({ kind: "heartbeat" }) },
  { weight: 1, arbitrary: fc.constant<Act>({ kind: "deliver-again" }) },
  { weight: 2, arbitrary: fc.constant<Act>({ kind: "merge" }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("ci" as const), shows: shown }) },
  { weight: 3, arbitrary: interference },
  { weight: 1, arbitrary: refusal },
);
/** What happens to a pull request that waits. */
const owning: fc.Arbitrary<Act> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant("ci" as const), shows: shown }) },
  { weight: 3, arbitrary: fc.constantFrom<Act>({ kind: "conflict" }, { kind: "move-head" }) },
  { weight: 4, arbitrary: fc.constantFrom<Act>({ kind: "heartbeat" }, { kind: "deliver-again" }) },
  { weight: 2, arbitrary: move },
);
/** What comes between two rounds; what a person merges there nobody has routed. */
const intruding: fc.Arbitrary<Act> = fc.oneof(
  { weight: 3, arbitrary: fc.oneof(interference, refusal) },
  { weight: 2, arbitrary: fc.constant<Act>({ kind: "merge-unheard" }) },
);
const mood = fc.oneof(fc.constant("green" as const), fc.constantFrom(...MOODS));
const weather: fc.Arbitrary<Weather> = fc.record({
  mood,
  later: mood,
  rounds: fc.constantFrom(0, 2),
  between: fc.oneof(fc.constant<readonly Act[]>([]), fc.array(intruding, { maxLength: 2 })),
  smoke: fc.constantFrom("passed", "failed", "unreachable", "nothing-to-probe"),
  meanwhile: fc.oneof(
    { weight: 4, arbitrary: fc.constant<readonly Act[]>([]) },
    { weight: 1, arbitrary: fc.array(fc.oneof(interference, refusal), { maxLength: 2 }) },
  ),
});
const stormy = fc
  .record({
    sky: weather,
    dies: fc.option(
      fc.record({
        task: fc.constantFrom("propose", "route", "claim", "settle", "record", "heartbeat"),
        after: fc.nat({ max: 6 }),
      }),
      { nil: undefined, freq: 3 },
    ),
  })
  .map(({ sky, dies }): Weather => (dies === undefined ? sky : { ...sky, dies }));
const history = fc.array(fc.tuple(move, stormy), { minLength: 1, maxLength: 14 });
const kind = fc.record({
  config: fc.constantFrom(
    CONFIG,
    CONFIG.replace("approve: always", "approve: never"),
    CONFIG.replace("scoped-autonomy", "open-pr"),
  ),
  sealKey: fc.constantFrom("a-key".repeat(8), null),
});

describe("laws over random histories of people, workers and GitHub", () => {
  test("no illegal step, no doubled claim or pull request, one stage on the issue, money counted", async () => {
    await fc.assert(
      fc.asyncProperty(kind, history, async (options, acts) => {
        const line = newLine(options);
        const world = new World(line);
        for (const [act, sky] of acts) {
          const before = world.results.length;
          const entriesBefore = readable(line, world.issue);
          await world.act(act, sky);
          const wrote = world.results.length > before && !world.died;
          assertLaws(line, world, { entriesBefore, wrote });
        }
        await assertRest(line, world);
      }),
      cases(120),
    );
  }, 120_000);

  test("a pull request that waits for a person is owned through red checks and moved bases, within bounds", async () => {
    const events = fc.array(fc.tuple(owning, stormy), { minLength: 1, maxLength: 10 });
    await fc.assert(
      fc.asyncProperty(events, async (acts) => {
        const line = newLine({ config: CONFIG.replace("scoped-autonomy", "open-pr") });
        const world = new World(line);
        await world.act({ kind: "label", by: "ada" }, CALM);
        await world.act({ kind: "say", by: "ada", body: "/factory approve" }, CALM);
        expect(stageShown(line.github, world.issue)).toEqual(["gating"]);
        for (const [act, sky] of acts) {
          const before = world.results.length;
          await world.act(act, sky);
          const wrote = world.results.length > before && !world.died;
          assertLaws(line, world, { entriesBefore: undefined, wrote });
          assertRounds(line, world);
        }
        await assertRest(line, world);
        assertRounds(line, world);
      }),
      cases(120),
    );
  }, 120_000);

  test("an issue that nobody disturbs comes to an end, whatever the workers do", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(weather, { minLength: 1, maxLength: 4 }), async (skies) => {
        const line = newLine();
        const world = new World(line);
        const calm = skies.map((sky) => ({ ...sky, meanwhile: [], between: [] }));
        const [first, ...rest] = calm;
        if (first === undefined) return;
        await world.act({ kind: "label", by: "ada" }, { ...first, mood: "green" });
        await world.act({ kind: "say", by: "ada", body: "/factory approve" }, first);
        for (const sky of [...rest, first, first, first]) {
          await world.act({ kind: "answer-doorbells" }, sky);
        }
        const [stage] = stageShown(line.github, world.issue);
        expect(["done", "needs-human"]).toContain(stage);
      }),
      cases(60),
    );
  }, 60_000);
});

/** What leaves an approved issue where it is, until a person has done something outside of it. */
const HELD: readonly string[] = ["pull-request-open", "workflow-exposed"];

/**
 * Nothing is forgotten: once the storm is over, the heartbeat brings an open issue that a person submitted to a place where it
 * is over, or where a person is next and was told.
 */
async function assertRest(line: TestLine, world: World): Promise<void> {
  const { github } = line;
  await world.act({ kind: "clear-andon" }, CALM);
  for (let beat = 0; beat < 30; beat += 1) await world.act({ kind: "heartbeat" }, CALM);
  assertLaws(line, world, { entriesBefore: undefined, wrote: false });
  if (github.issue(world.issue).state === "closed") return;
  const shown = stageShown(github, world.issue);
  // What was forged says nothing, and people were told that it does not.
  if (isDistrusted(line, world.issue)) return expect(shown).toEqual(["needs-human"]);
  const entries = readable(line, world.issue);
  if (entries === undefined || entries.length === 0) return;
  expect(shown).toEqual([entries.at(-1)?.stage]);
  const [stage] = shown;
  const last = entries.at(-1)?.event;
  // A person who stopped it knows.
  if (stage === "done" || (last?.kind === "commanded" && last.command === "stop")) return;
  const isHeld = last?.kind === "refused" && HELD.includes(last.refusal.code);
  expect(["proposed", "needs-info", "needs-human", "gating", isHeld && "ready"]).toContain(stage);
  const told = github.comments(world.issue).filter(({ author, body }) => {
    return author.type === "Bot" && !body.startsWith(LEDGER_MARKER);
  });
  expect(told.length, `nobody was told at ${stage}`).toBeGreaterThan(0);
}

/** Until a person's retry has begun a ledger anew. */
function isDistrusted({ github, sealKey }: TestLine, issue: number): boolean {
  const place = { repositoryId: github.repositoryId, issue };
  const entries = readable({ github }, issue);
  const isSound =
    entries !== undefined && refuseLedger(entries, { place, key: sealKey }) === undefined;
  return !isSound && github.comments(issue).some(({ body }) => body.startsWith(DISTRUST_MARKER));
}

function readable(
  line: Pick<TestLine, "github">,
  issue: number,
): readonly SealedEntry[] | undefined {
  try {
    return ledgerOf(line.github, issue);
  } catch {
    return undefined;
  }
}

function assertLaws(
  line: TestLine,
  world: World,
  step: { readonly entriesBefore: readonly SealedEntry[] | undefined; readonly wrote: boolean },
): void {
  const { github } = line;
  const entries = readable(line, world.issue) ?? [];
  assertLegal(entries);
  expect(spentOn(entries).usd).toBeLessThanOrEqual(MOST_USD);
  assertClaims(line, entries);
  assertShown(line, entries);
  const open = world.results.length === 0 ? [] : openPulls(line, world.issue);
  expect(open.length).toBeLessThanOrEqual(1);
  const last = world.results.at(-1);
  // An issue that the line does not know has no stage to show.
  if (step.wrote && last?.stage !== undefined && last.effects.length > 0 && last.ok) {
    expect(stageShown(github, world.issue)).toEqual([last.stage]);
  }
  const ledgers = github
    .comments(world.issue)
    .filter(({ body, author }) => body.startsWith(LEDGER_MARKER) && author.type === "Bot");
  expect(ledgers.length).toBeLessThanOrEqual(1);
}

/** The attempts that one word of a person pays for. */
const ATTEMPTS = 3;

/** Nobody builds more than a person's word pays for, and nobody is asked again without news. */
function assertRounds(line: TestLine, world: World): void {
  const entries = readable(line, world.issue) ?? [];
  const since = entries.findLastIndex(({ event }) =>
    ["submitted", "approved", "commanded"].includes(event.kind),
  );
  const claims = entriesOf(entries.slice(since + 1), "claimed");
  const built = claims.filter(({ event }) => event.rebuilds !== true);
  expect(built.length).toBeLessThanOrEqual(ATTEMPTS);
  // The same change is made anew once for each base that it was found not to stand on.
  const moved = entriesOf(entries, "base-moved").map(({ event }) => `${event.head} ${event.onto}`);
  expect(new Set(moved).size).toBe(moved.length);
  const asks = line.github.comments(world.issue).flatMap(({ body }) => lineAsking(body) ?? []);
  expect(new Set(asks).size).toBe(asks.length);
  const checked = entriesOf(entries, "checked").map(({ event }) => JSON.stringify(event));
  expect(checked.filter((one, at) => one === checked[at - 1])).toEqual([]);
}

/** Every step stands in the table; a ledger begins with a submission, or with a person's word before it. */
function assertLegal(entries: readonly SealedEntry[]): void {
  let from: Stage | "new" = entries[0]?.stage === "queued" ? "new" : "queued";
  for (const { stage: to } of entries) {
    const causes = ["control", "person"] as const;
    const legal = causes.some((by) => refuseTransition({ from, to, by }) === undefined);
    expect(legal, `${from} → ${to}`).toBe(true);
    from = to;
  }
}

/** A branch is created once, and no attempt is written down twice. */
function assertClaims(line: TestLine, entries: readonly SealedEntry[]): void {
  const created = line.github.applied.flatMap(({ effect, receipt }) =>
    effect.kind === "claim-branch" && receipt.outcome === "done" ? [effect.branch] : [],
  );
  expect(new Set(created).size).toBe(created.length);
  const attempts = entriesOf(entries, "claimed").map(({ event }) => event.attempt);
  expect(new Set(attempts).size).toBe(attempts.length);
}

/** What the ledger calls published has its check runs: whoever finds it later has no evidence that could be shown. */
function assertShown({ github }: TestLine, entries: readonly SealedEntry[]): void {
  const isRefused = github.applied.some(
    ({ effect, receipt }) => effect.kind === "write-check-run" && wasRefused(receipt),
  );
  if (isRefused) return;
  const shown = github.checkRuns
    .filter(({ name }) => name === "factory/gate")
    .map(({ sha }) => sha);
  const published = entriesOf(entries, "published").map(({ event }) => event.commit);
  expect(published.filter((commit) => !shown.includes(commit))).toEqual([]);
}

function openPulls(line: TestLine, issue: number): readonly number[] {
  const opened = line.github.applied.flatMap(({ effect, receipt }) =>
    effect.kind === "open-pull-request" &&
    receipt.kind === effect.kind &&
    receipt.outcome === "done"
      ? [receipt.number]
      : [],
  );
  return opened.filter((number) => {
    const pull = line.github.pullRequest(number);
    return pull.state === "open" && pull.head.branch.startsWith(`factory/${issue}-`);
  });
}
