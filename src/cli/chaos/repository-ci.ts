import { leaseOfBranch } from "../../domain/lease.ts";
import type { RunSummary, TwinEvent } from "../../twin/github/twin-github.ts";
import { type Playground, REPOSITORY } from "./playground.ts";

const FIRST_RUN = 2_000_001;
const FIRST_JOB = 6_000_001;
const FILE = ".github/workflows/ci.yml";

/** The repository's own CI: one run for each head of the factory's pull requests, begun at once and over before anybody looks. */
export interface RepositoryCi {
  /** Of a pull request that was opened, or whose head moved. */
  heard(event: TwinEvent): void;
  /** Ends what has begun, and tells of it as GitHub does. */
  end(): Promise<readonly TwinEvent[]>;
  list(): readonly RunSummary[];
  /** Another attempt; false for a run that is none of these. */
  rerun(id: number): boolean;
  /** Whether the newest run on a head that was offered for an issue is red. */
  isRed(issue: number): boolean;
}

interface CiRun {
  readonly id: number;
  readonly branch: string;
  readonly sha: string;
  attempts: ("failure" | "success")[];
  begun: number;
}

/** @param asks what the notes have to hold for it to be green; absent: there is no CI */
export function createRepositoryCi(playground: Playground, asks: string | undefined): RepositoryCi {
  const runs: CiRun[] = [];
  async function endOne(run: CiRun): Promise<TwinEvent> {
    const isGreen = (await notesAt(playground, run.sha)).every((note) => note.includes(asks ?? ""));
    run.attempts.push(isGreen ? "success" : "failure");
    return endedEvent(playground, run);
  }
  return {
    heard({ name, action, payload }) {
      const { head } = (payload as { pull_request?: { head: { ref: string; sha: string } } })
        .pull_request ?? { head: { ref: "", sha: "" } };
      const begins = name === "pull_request" && (action === "opened" || action === "synchronize");
      if (asks === undefined || !begins || !head.ref.startsWith("factory/")) return;
      const id = FIRST_RUN + runs.length;
      runs.push({ id, branch: head.ref, sha: head.sha, attempts: [], begun: 1 });
    },
    async end() {
      const ended: TwinEvent[] = [];
      for (const run of runs) {
        if (run.attempts.length < run.begun) ended.push(await endOne(run));
      }
      return ended;
    },
    list: () => runs.map((run) => summaryOf(playground, run)),
    rerun(id) {
      const run = runs.find((one) => one.id === id);
      if (run === undefined || run.attempts.length < run.begun) return false;
      run.begun += 1;
      return true;
    },
    isRed: (issue) =>
      runs.findLast(({ branch }) => leaseOfBranch(branch)?.issue === issue)?.attempts.at(-1) ===
      "failure",
  };
}

async function notesAt(playground: Playground, ref: string): Promise<readonly string[]> {
  const files = (await playground.send("GET", `/contents/src?ref=${ref}`)) as { path: string }[];
  return await Promise.all(
    files.map(async ({ path }) => {
      const file = (await playground.send("GET", `/contents/${path}?ref=${ref}`)) as {
        content: string;
      };
      return Buffer.from(file.content, "base64").toString();
    }),
  );
}

function summaryOf({ owner, now }: Playground, run: CiRun): RunSummary {
  const isOver = run.attempts.length === run.begun;
  const at = now().toISOString();
  return {
    id: run.id,
    attempt: run.begun,
    name: "CI",
    path: FILE,
    event: "pull_request",
    status: isOver ? "completed" : "queued",
    conclusion: isOver ? (run.attempts.at(-1) ?? null) : null,
    headBranch: run.branch,
    headSha: run.sha,
    actor: owner.login,
    createdAt: at,
    updatedAt: at,
    jobs: run.attempts.map((conclusion, index) => ({
      id: FIRST_JOB + (run.id - FIRST_RUN) * 10 + index,
      name: "consumers",
      attempt: index + 1,
      conclusion,
      startedAt: at,
      durationMs: 1_000,
      runsOn: "ubuntu-24.04",
      annotations:
        conclusion === "success"
          ? []
          : [{ level: "error", message: "consumers miss a word", file: "src/note-1.js", line: 1 }],
      log: conclusion === "success" ? ["fine"] : ["consumers miss a word"],
    })),
  };
}

function endedEvent({ owner, github }: Playground, run: CiRun): TwinEvent {
  const actor = { id: owner.id, login: owner.login, type: "User" } as const;
  return {
    name: "workflow_run",
    action: "completed",
    repository: REPOSITORY,
    payload: {
      action: "completed",
      workflow_run: {
        id: run.id,
        name: "CI",
        path: FILE,
        event: "pull_request",
        status: "completed",
        conclusion: run.attempts.at(-1),
        run_attempt: run.begun,
        head_branch: run.branch,
        head_sha: run.sha,
        pull_requests: [],
      },
      repository: { full_name: REPOSITORY, html_url: `${github.url}/${REPOSITORY}` },
      sender: actor,
    },
    ref: "refs/heads/main",
    sha: run.sha,
    actor,
    startsRuns: "yes",
  };
}
