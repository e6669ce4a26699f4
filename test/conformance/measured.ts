import { createWire } from "../../src/adapters/github/wire.ts";
import { type Measured, measure } from "../../src/conformance/measure.ts";
import type { Clock } from "../../src/ports/clock.ts";
import type { RunSummary, TwinGitHub } from "../../src/twin/github/twin-github.ts";
import type { Weather } from "../../src/twin/github/weather/weather.ts";
import { checkedFetch } from "../adapters/github/checked-fetch.ts";
import { createWorld, REPOSITORY, type World } from "../twin/github/world.ts";

const FILE = "factory-conformance.yml";
const CALLER = `on:
  workflow_dispatch:
    inputs:
      probe: { type: choice, options: [all, queue], default: all }
jobs: { one: { runs-on: x, steps: [{ run: echo }] } }
`;
export const PERMISSIONS = {
  actions: "write",
  checks: "write",
  contents: "write",
  issues: "write",
  "pull-requests": "write",
} as const;

/** Time that passes where somebody waits, and nowhere else. */
function createTime(): { readonly clock: Clock; now(): Date } {
  let passed = 0;
  const now = () => new Date(Date.parse("2026-11-29T12:00:00Z") + passed);
  return {
    now,
    clock: {
      now: () => now().toISOString(),
      elapsed: () => passed,
      wait: async (ms) => {
        passed += ms;
      },
    },
  };
}

/** Runs that end as they are dispatched; `again` says how the second attempt ends. */
function playRuns(github: TwinGitHub, again: "success" | "failure"): void {
  const runs: RunSummary[] = [];
  github.onEvent(({ name, sha }) => {
    if (name !== "workflow_dispatch") return;
    const at = "2026-11-29T12:00:00Z";
    runs.push({
      ...{
        id: 100 + runs.length,
        attempt: 1,
        name: "Conformance",
        path: `.github/workflows/${FILE}`,
      },
      ...{ event: name, status: "completed", conclusion: "success", headBranch: "main" },
      ...{ headSha: sha, actor: "github-actions[bot]", createdAt: at, updatedAt: at },
    });
  });
  github.setRuns({
    list: () => runs,
    cancel: () => false,
    rerun(_, id) {
      const place = runs.findIndex((run) => run.id === id);
      const run = runs[place];
      if (run !== undefined) runs[place] = { ...run, attempt: 2, conclusion: again };
      return run !== undefined;
    },
  });
}

export interface Played extends Measured {
  readonly world: World;
}

/** The API part of the workflow, over the twin's GitHub under a weather. */
export async function playMeasure(
  setting: {
    readonly weather?: Partial<Weather>;
    readonly permissions?: Readonly<Record<string, "read" | "write">>;
    readonly mayOpen?: boolean;
    readonly again?: "success" | "failure";
  } = {},
): Promise<Played> {
  const time = createTime();
  const world = await createWorld({
    repository: { canApprovePullRequests: setting.mayOpen ?? true },
    github: { now: time.now, ...(setting.weather && { weather: setting.weather }) },
  });
  await world.commit({ [`.github/workflows/${FILE}`]: CALLER });
  playRuns(world.github, setting.again ?? "success");
  const wire = createWire({
    token: world.job(setting.permissions ?? PERMISSIONS),
    repository: REPOSITORY,
    apiUrl: world.github.url,
    request: checkedFetch({ apiUrl: world.github.url }),
  });
  const asked = { run: { id: 7, attempt: 1 }, workflow: FILE, paceMs: 1_000 };
  const measured = await measure(asked, { wire, clock: time.clock });
  return { ...measured, world };
}

/** What is found in fair weather. */
export const FAIR = {
  "1.2": "none",
  "1.3": "starts",
  "1.6": "allowed",
  "2.9": "3 of 3",
  "3.11": "free",
  "3.2": "not met",
  "5.3": "none",
  "5.4": "none",
  "5.5": "merge",
  "6.1": "422 Reference already exists",
  "6.2": "as git has it",
  "6.3": "verified",
  "6.4": "409",
  "6.5": "0",
  "6.6": "0",
  "6.7": "there",
  "7.1": "0",
  "7.2": "0",
  "7.3": "0",
  "7.4": "0",
  "7.5": "not met",
  "7.6": "not met",
  "7.7": "2",
};

/** What differs from fair weather, fact by fact. */
export const UNDER: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "merge-refused-first": { "6.5": "2" },
  "mergeable-unknown": { "6.6": "3" },
  "lists-lag": { "7.1": "5" },
  "secondary-limit": { "3.2": "429, every 2 of them" },
  "server-errors": { "7.5": "every 13 requests" },
  "lost-answers": { "7.6": "every 11 requests" },
};

/** What of the canary still stands. */
export async function leftOf({ world }: Pick<Played, "world">) {
  const owner = world.owner.token;
  const refs = await world.ask(owner, "GET /repos/{owner}/{repo}/git/matching-refs/{ref}", {
    ref: "heads/",
  });
  const labels = await world.ask(owner, "GET /repos/{owner}/{repo}/labels");
  const pulls = await world.ask(owner, "GET /repos/{owner}/{repo}/pulls", { state: "open" });
  return {
    refs: refs.body.map(({ ref }: { ref: string }) => ref),
    labels: labels.body.length,
    pulls: pulls.body.length,
  };
}
export const CLEAN = { refs: ["refs/heads/main"], labels: 0, pulls: 0 };
