import { expect } from "vitest";
import { refuseLedger, type SealedEntry } from "../../src/domain/ledger.ts";
import { LEDGER_MARKER, parseLedgerComment } from "../../src/wording/issue/ledger-comment.ts";
import { headOf, REPOSITORY, SEAL_KEY, type World } from "./rig.ts";

interface Comment {
  readonly id: number;
  readonly body: string;
  readonly user: { readonly login: string };
}
interface Pull {
  readonly number: number;
  readonly state: string;
  readonly merged_at: string | null;
  readonly head: { readonly ref: string; readonly sha: string };
}
interface Issue {
  readonly state: string;
  readonly labels: readonly { readonly name: string }[];
}

/** How an issue stands for a person who opens it. */
export interface Standing {
  readonly state: string;
  readonly labels: readonly string[];
  /** Labels of stages: one at a time. */
  readonly stages: readonly string[];
  /** What the ledger's comment asks a person to do; empty when it asks for nothing. */
  readonly ask: string;
  readonly ledger: string;
  readonly events: readonly string[];
  readonly comments: readonly Comment[];
  readonly pulls: readonly Pull[];
}

const STAGES =
  /^factory:(queued|needs-info|proposed|ready|building|gating|smoking|done|needs-human|blocked)$/;

export async function standing(world: World, issue: number): Promise<Standing> {
  const found = await world.get<Issue>(`/issues/${issue}`);
  const labels = found.labels.map(({ name }) => name);
  const comments = await world.get<readonly Comment[]>(`/issues/${issue}/comments?per_page=100`);
  const ledgers = comments.filter(({ body }) => body.startsWith(`${LEDGER_MARKER}\n`));
  expect(ledgers.length, "ledger comments").toBeLessThanOrEqual(1);
  const ledger = ledgers[0]?.body ?? "";
  return {
    state: found.state,
    labels,
    stages: labels.filter((name) => STAGES.test(name)).map((name) => name.replace("factory:", "")),
    ask: askOf(ledger),
    ledger,
    events: ledger === "" ? [] : entriesOf(ledger).map(({ event }) => event.kind),
    comments,
    pulls: await world.get<readonly Pull[]>("/pulls?state=all&per_page=100"),
  };
}

function askOf(ledger: string): string {
  return ledger
    .split("\n")
    .filter((line) => line.startsWith("> ") && !line.startsWith("> [!"))
    .map((line) => line.slice(2))
    .join("\n");
}

export function entriesOf(ledger: string): readonly SealedEntry[] {
  const parsed = parseLedgerComment(ledger);
  if (!("entries" in parsed)) throw new Error(parsed.fault);
  return parsed.entries;
}

/** The ledger holds together and is sealed with the key that the repository has. */
export async function expectSealed(world: World, issue: number): Promise<void> {
  const { ledger } = await standing(world, issue);
  const repository = await world.get<{ id: number }>("");
  const place = { repositoryId: repository.id, issue };
  expect(refuseLedger(entriesOf(ledger), { place, key: SEAL_KEY })).toBeUndefined();
}

/** Nothing reached the default branch, no branch holds a byte that did not pass, and no pull request stands open. */
export async function expectNothingPublished(world: World, base = world.base): Promise<void> {
  expect(await headOf(world)).toBe(base);
  const refs = await world.get<readonly { ref: string; object: { sha: string } }[]>(
    "/git/matching-refs/heads/",
  );
  for (const { object, ref } of refs) expect(object.sha, ref).toBe(base);
  expect(await world.get<readonly Pull[]>("/pulls?state=all")).toEqual([]);
}

/** The issue stands at a stage that waits for a person, and one sentence says what to do. */
export async function expectAsks(
  world: World,
  issue: number,
  expected: { readonly stage: string; readonly says: readonly (string | RegExp)[] },
): Promise<void> {
  const found = await standing(world, issue);
  expect(found.stages).toEqual([expected.stage]);
  expect(found.state).toBe("open");
  for (const words of expected.says) expect(found.ask).toMatch(words);
  await expectSealed(world, issue);
}

/** Jobs that ran, in order, without those that were skipped. */
export function jobsOf(world: World): readonly string[] {
  return world.twin.runner
    .runs()
    .filter(({ repository }) => repository === REPOSITORY)
    .flatMap(({ jobs }) => jobs)
    .filter(({ startedAt }) => startedAt !== null)
    .map(({ name }) => name.split(" / ").at(-1) ?? name);
}

export function summariesOf(world: World): string {
  return world.twin.runner
    .runs()
    .flatMap(({ jobs }) => jobs)
    .map(({ summary }) => summary)
    .join("\n");
}

/** What jobs asked of GitHub that is no look. */
export function writesByJobs(world: World): readonly string[] {
  return world.twin.github
    .requests()
    .filter(({ runId, write }) => runId !== undefined && write)
    .map(({ method, route }) => `${method} ${route}`);
}

/** The jobs of a line from the label to its end, in their order. */
export const WHOLE_LINE = [
  "intake-normalize",
  "propose",
  "claim",
  "implement",
  "verify",
  "review",
  "settle",
];
