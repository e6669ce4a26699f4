import { stagesOf } from "../../../domain/label.ts";
import { leaseOfBranch } from "../../../domain/lease.ts";
import type { Playground } from "../../chaos/playground.ts";
import type { PlannedIssue } from "./agenda.ts";

export const PREFIX = "factory:";

interface IssueRow {
  readonly number: number;
  readonly title: string;
  readonly labels: readonly { readonly name: string }[];
  readonly pull_request?: unknown;
}

interface PullRow {
  readonly number: number;
  readonly title: string;
  readonly head: { readonly ref: string };
}

/** What people do in the week. All of it goes through the twin's API, as theirs would through GitHub's. */
export interface People {
  /** Writes an issue and labels it; answers its number. */
  ask(issue: PlannedIssue): Promise<number>;
  rewrite(issue: number): Promise<void>;
  /** Answers every question of the factory; the numbers of the issues. */
  answerQuestions(): Promise<readonly number[]>;
  /** Merges each pull request that waits for a person. */
  mergeWaiting(): Promise<void>;
  raiseAndon(): Promise<void>;
  lowerAndon(): Promise<void>;
  /** Commits to the default branch, past the factory. */
  push(path: string, content: string, message: string): Promise<void>;
  /** Production, which runs the head, reports an error. */
  alert(error: string): Promise<void>;
  /** Labels what alerts have opened. */
  takeUpIncidents(): Promise<void>;
}

type Send = Playground["send"];

export function createPeople({ send }: Pick<Playground, "send">): People {
  return {
    async ask({ title, labels }) {
      const made = await send("POST", "/issues", { title, body: "Say it where people look." });
      const { number } = made as IssueRow;
      await label(send, number, [...labels, `${PREFIX}queued`]);
      return number;
    },
    async rewrite(issue) {
      await send("PATCH", `/issues/${issue}`, { body: "Say it where people look, and shortly." });
    },
    answerQuestions: () => answerQuestions(send),
    mergeWaiting: () => mergeWaiting(send),
    async raiseAndon() {
      const made = await send("POST", "/issues", { title: `${STOP}customs is being moved` });
      await label(send, (made as IssueRow).number, [`${PREFIX}andon`]);
    },
    async lowerAndon() {
      const raised = (await openIssues(send)).filter(({ title }) => title.startsWith(STOP));
      for (const { number } of raised) {
        await send("PATCH", `/issues/${number}`, { state: "closed" });
      }
    },
    push: (path, content, message) => commit(send, { path, content, message }),
    async alert(error) {
      const release = await headOf(send);
      const event = { title: `QuoteError: ${error}`, culprit: "quote(src/quote)", release };
      const payload = { sentry: { action: "triggered", data: { event } } };
      await send("POST", "/dispatches", { event_type: "alert", client_payload: payload });
    },
    async takeUpIncidents() {
      const fresh = (await openIssues(send)).filter(
        (issue) => stageOf(issue) === "" && issue.labels.some(({ name }) => name === INCIDENT),
      );
      for (const { number } of fresh) await label(send, number, [`${PREFIX}queued`]);
    },
  };
}

const STOP = "Stop: ";
const INCIDENT = `${PREFIX}incident`;

async function openIssues(send: Send): Promise<readonly IssueRow[]> {
  const found = (await send("GET", "/issues?state=open&per_page=100")) as readonly IssueRow[];
  return found.filter(({ pull_request }) => pull_request === undefined);
}

function stageOf({ labels }: IssueRow): string {
  const names = labels.map(({ name }) => name);
  return stagesOf(PREFIX, names).join();
}

async function label(send: Send, issue: number, labels: readonly string[]): Promise<void> {
  await send("POST", `/issues/${issue}/labels`, { labels });
}

async function answerQuestions(send: Send): Promise<readonly number[]> {
  const asked = (await openIssues(send)).filter((issue) => stageOf(issue) === "needs-info");
  for (const { number } of asked) {
    await send("POST", `/issues/${number}/comments`, { body: "It says so in one line." });
    await send("POST", `/issues/${number}/comments`, { body: "/factory retry" });
  }
  return asked.map(({ number }) => number);
}

async function mergeWaiting(send: Send): Promise<void> {
  const gating = (await openIssues(send)).filter((issue) => stageOf(issue) === "gating");
  const waiting = new Set(gating.map(({ number }) => number));
  const pulls = (await send("GET", "/pulls?state=open&per_page=100")) as readonly PullRow[];
  for (const { number, title, head } of pulls) {
    const lease = leaseOfBranch(head.ref);
    if (lease === undefined || !waiting.has(lease.issue)) continue;
    await send("PUT", `/pulls/${number}/merge`, { commit_title: `${title} (#${number})` });
  }
}

/** A commit of a person on the default branch. */
async function commit(
  send: Playground["send"],
  file: { readonly path: string; readonly content: string; readonly message: string },
): Promise<void> {
  const parent = await headOf(send);
  const blob = { path: file.path, mode: "100644", type: "blob", content: file.content };
  const tree = await send("POST", "/git/trees", { base_tree: parent, tree: [blob] });
  const made = await send("POST", "/git/commits", {
    ...{ message: file.message, tree: (tree as { sha: string }).sha, parents: [parent] },
  });
  await send("PATCH", "/git/refs/heads/main", { sha: (made as { sha: string }).sha });
}

async function headOf(send: Send): Promise<string> {
  const { object } = (await send("GET", "/git/ref/heads/main")) as {
    readonly object: { readonly sha: string };
  };
  return object.sha;
}
