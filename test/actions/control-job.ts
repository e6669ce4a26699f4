import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { afterEach } from "vitest";
import { openRepository } from "../../src/adapters/repository/repository.ts";
import { canonicalJson } from "../../src/domain/digest.ts";
import { Order } from "../../src/domain/order.ts";
import type { Proposal } from "../../src/domain/proposal.ts";
import { LINE } from "../../src/line.ts";
import type { Task } from "../../src/station.ts";
import type { RequestRecord, TwinEvent } from "../../src/twin/github/twin-github.ts";
import { CONFIG, green } from "../control/line.ts";
import { createWorld, type World } from "../twin/github/world.ts";
import { type ActionRun, createRig, type Rig } from "./rig.ts";

const SEAL_KEY = "canary-of-the-seal-key-of-this-test";
const DEPLOY =
  "on: workflow_dispatch\npermissions: {}\njobs:\n  deploy:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: 'true'\n";

export interface ControlRun extends ActionRun {
  /** The order that this job made, when it made one. */
  readonly order: Order | undefined;
  /** What it asked of GitHub, in the order of arrival. */
  readonly requests: readonly RequestRecord[];
}

export interface ControlCall {
  readonly event: TwinEvent;
  readonly order?: Order;
  readonly proposals?: Readonly<Record<string, Proposal>>;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly runId?: number;
  readonly started?: boolean;
}

export interface ControlJobs {
  readonly world: World;
  readonly rig: Rig;
  readonly issue: number;
  /** The event of that name that came last. */
  last(name: string): TwinEvent;
  comment(body: string): Promise<TwinEvent>;
  /** Runs one task with a token that has the permissions of src/line.ts and no others. */
  run(task: Task, call: ControlCall): Promise<ControlRun>;
}

/** A twin GitHub with one labelled issue, and the bundle of control beside it; all of it is gone after each test. */
export function useControl() {
  const endings: (() => void | Promise<void>)[] = [];
  afterEach(async () => {
    for (const end of endings.splice(0)) await end();
  });
  return async (config = CONFIG, canOpenPullRequests = true): Promise<ControlJobs> => {
    const repository = { canApprovePullRequests: canOpenPullRequests };
    const world = await createWorld({ repository });
    const rig = createRig();
    endings.push(async () => world[Symbol.asyncDispose](), rig.remove);
    await world.commit({
      ".github/factory.yml": config,
      ".github/workflows/deploy.yml": DEPLOY,
      ".github/workflows/factory.yml": DEPLOY,
      "src/greet.ts": "export const a = 0;\n",
      "AGENTS.md": "Keep it small.\n",
    });
    const { body } = await world.ask(world.owner.token, "POST /repos/{owner}/{repo}/issues", {
      title: "greeting",
      body: "Greet people by their name\n::error::from the issue",
    });
    const issue: number = body.number;
    const of = { issue_number: issue };
    const route = "POST /repos/{owner}/{repo}/issues/{issue_number}";
    await world.ask(world.owner.token, `${route}/labels`, { ...of, labels: ["factory:queued"] });
    const last = (name: string) => {
      const event = world.events.findLast((one) => one.name === name);
      if (event === undefined) throw new Error(`no event ${name}`);
      return event;
    };
    return {
      world,
      rig,
      issue,
      last,
      comment: async (text) => {
        await world.ask(world.owner.token, `${route}/comments`, { ...of, body: text });
        return last("issue_comment");
      },
      run: (task, call) => runTask({ world, rig, issue }, task, call),
    };
  };
}

async function runTask(
  job: { readonly world: World; readonly rig: Rig; readonly issue: number },
  task: Task,
  call: ControlCall,
): Promise<ControlRun> {
  const station = LINE.find((one) => one.kind === "control" && one.task === task);
  if (station?.kind !== "control") throw new Error(`src/line.ts has no task ${task}`);
  const runId = call.runId ?? 7;
  const token = job.world.job(station.permissions as Record<string, "read" | "write">, runId);
  const seen = job.world.github.requests().length;
  const { owner } = job.world;
  const run = await job.rig.run({
    name: "control",
    started: call.started === true,
    inputs: {
      task,
      token,
      issue: String(job.issue),
      "seal-key": SEAL_KEY,
      ...handover(job.rig, call),
      ...call.inputs,
    },
    event: { name: call.event.name, payload: call.event.payload },
    environment: {
      GITHUB_API_URL: job.world.github.url,
      GITHUB_SERVER_URL: job.world.github.url,
      GITHUB_ACTOR: owner.login,
      GITHUB_ACTOR_ID: String(owner.id),
      GITHUB_RUN_ID: String(runId),
    },
  });
  const shown = JSON.stringify([run.lines, run.summary, run.outputs]);
  for (const secret of [token, SEAL_KEY]) {
    if (shown.includes(secret)) throw new Error("control showed a secret");
  }
  return { ...run, order: orderOf(run), requests: job.world.github.requests().slice(seen) };
}

function handover(rig: Rig, call: ControlCall): Record<string, string> {
  const inputs: Record<string, string> = {};
  if (call.order !== undefined) {
    const { digest, folder } = rig.hand("order.json", canonicalJson(call.order));
    Object.assign(inputs, { handover: folder, "order-digest": digest });
  }
  const pairs = Object.entries(call.proposals ?? {}).map(([worker, proposal]) => {
    const { digest, folder } = rig.hand(`${worker}.json`, JSON.stringify(proposal));
    inputs.handover = folder;
    return `${worker}=${digest}`;
  });
  return { ...inputs, "proposal-digests": pairs.join(" ") };
}

function orderOf({ outputs }: ActionRun): Order | undefined {
  if (outputs.order === undefined) return undefined;
  const bytes = readFileSync(outputs.order);
  const digest = createHash("sha256").update(bytes).digest("hex");
  if (digest !== outputs["order-digest"]) throw new Error("the order is not of its digest");
  return Order.parse(JSON.parse(bytes.toString("utf8")));
}

/** Reads as they may come in any order: sorted, each with how often it was sent. */
export function reads({ requests }: ControlRun): readonly string[] {
  const counts = new Map<string, number>();
  for (const { route, status, write, method } of requests) {
    const line = `${method} ${route.replace("/repos/{owner}/{repo}", "")} ${status}`;
    if (!write) counts.set(line, (counts.get(line) ?? 0) + 1);
  }
  return [...counts].map(([line, count]) => `${count} × ${line}`).sort();
}

/** Writes in the order in which they were sent. */
export function writes({ requests }: ControlRun): readonly string[] {
  return requests
    .filter(({ write }) => write)
    .map(({ method, route, status, changes = [] }) =>
      [`${method} ${route.replace("/repos/{owner}/{repo}", "")} ${status}`, ...changes].join(" "),
    );
}

/** Three good answers to a line order, for the tree that git itself makes of the change. */
export async function goodAnswers(jobs: ControlJobs, order: Order) {
  const { changeSet } = green({ treeWith: () => order.base }, order).implement;
  const repository = await openRepository(jobs.world.gitDirectory);
  try {
    const tree = await repository.treeWith(changeSet);
    return { ...green({ treeWith: () => tree }, order) };
  } finally {
    await repository.close();
  }
}

export function made(order: Order | undefined): Order {
  if (order === undefined) throw new Error("expected an order");
  return order;
}
