import { fileURLToPath } from "node:url";
import { createClock } from "../../../src/adapters/clock/clock.ts";
import { createModel } from "../../../src/adapters/model/providers.ts";
import { openRepository } from "../../../src/adapters/repository/repository.ts";
import { fulfilOrder } from "../../../src/adapters/runner/handover.ts";
import { sayJudgeNeeded } from "../../../src/adapters/runner/judge-needed.ts";
import { findProposal, readProposal } from "../../../src/adapters/runner/proposal-files.ts";
import { createSandbox } from "../../../src/adapters/sandbox/sandbox.ts";
import { readPackaged } from "../../../src/adapters/syntax/grammar-files.ts";
import { createSyntax } from "../../../src/adapters/syntax/syntax.ts";
import { toolsOf } from "../../../src/adapters/toolbox/relay.ts";
import { createWeb } from "../../../src/adapters/web/web.ts";
import { costOf } from "../../../src/agent/budget/prices.ts";
import type { Order, OrderFor, Worker } from "../../../src/domain/order.ts";
import type { Proposal } from "../../../src/domain/proposal.ts";
import type { Refusal } from "../../../src/domain/refusal.ts";
import type { Repository } from "../../../src/ports/repository.ts";
import type { Runner } from "../../../src/ports/runner.ts";
import type { Sandbox } from "../../../src/ports/sandbox.ts";
import { renderWorkerSummary } from "../../../src/wording/summaries/job-summary.ts";
import { runImplement } from "../../../src/workers/implement/run.ts";
import { runIntake } from "../../../src/workers/intake-normalize/run.ts";
import { runJudge } from "../../../src/workers/judge/run.ts";
import { runSmoke } from "../../../src/workers/post-merge-smoke/run.ts";
import { runQualityAudit } from "../../../src/workers/quality-audit/run.ts";
import { runPullRequestReview } from "../../../src/workers/review/pull-request.ts";
import { runReview } from "../../../src/workers/review/run.ts";
import { runLoop } from "../../../src/workers/run-loop/run.ts";
import { runVerify } from "../../../src/workers/verify/run.ts";
import { serveIn, sessionOver } from "../../adapters/toolbox/session-over.ts";

const syntax = createSyntax(readPackaged(import.meta.url));

const TOOLBOX = fileURLToPath(
  new URL("../../../actions/implement/dist/toolbox/index.js", import.meta.url),
);

/** Of these lines no loop looks at a running application. */
const BLIND = {
  chromium: undefined,
  program: () => Promise.reject(new Error("no program")),
  keep: () => Promise.reject(new Error("no picture")),
};

/** The job that a worker is played in. */
interface Place {
  readonly runner: Runner;
  /** Variables of the twin's steps; nothing of this process changes. */
  readonly environment: Readonly<Record<string, string>>;
  readonly repositories: Repositories;
}

/** Repositories by their folders, each opened once for all jobs of a twin: git starts for each of them, and nothing in them changes. */
export interface Repositories {
  at(directory: string): Promise<Repository>;
  close(): Promise<void>;
}

export function createRepositories(scratch: string | undefined): Repositories {
  const opened = new Map<string, ReturnType<typeof openRepository>>();
  return {
    at(directory) {
      const known =
        opened.get(directory) ??
        openRepository(directory, scratch === undefined ? {} : { scratch });
      opened.set(directory, known);
      return known;
    },
    async close() {
      for (const repository of opened.values()) await (await repository).close();
    },
  };
}

type Work<Name extends Worker> = (
  order: OrderFor<Name>,
  place: Place,
) => Promise<Proposal | { readonly refusal: Refusal }>;

/** One worker's job, composed as its door composes it. */
export async function work<Name extends Worker>(worker: Name, place: Place): Promise<void> {
  await fulfilOrder(place.runner, { worker, describe: renderWorkerSummary }, (order) =>
    WORK[worker](order, place),
  );
}

/** What each worker's door composes (`src/actions/`), in this process. */
const WORK: { readonly [Name in Worker]: Work<Name> } = {
  "intake-normalize": (order, place) =>
    withRepository(place, (repository) =>
      runIntake(order, { model: modelOf(place), repository, clock: createClock() }),
    ),
  async implement(order, place) {
    const sandbox = await sandboxOf(order, place);
    if ("refusal" in sandbox) return sandbox;
    return withRepository(place, (repository) =>
      runImplement(order, {
        ...{ model: modelOf(place), repository, sandbox, clock: createClock() },
        toolbox: { program: TOOLBOX, tools: toolsOf },
      }),
    );
  },
  async verify(order, place) {
    const sandbox = await sandboxOf(order, place);
    if ("refusal" in sandbox) return sandbox;
    const isChanged = order.kind === "line" || order.kind === "unblock";
    const change = isChanged
      ? await readProposal(place.runner, { worker: "implement", order })
      : {};
    return withRepository(place, (repository) =>
      runVerify(order, change, {
        repository,
        sandbox,
        clock: createClock(),
        web: createWeb(),
        syntax,
      }),
    );
  },
  review: (order, place) =>
    withRepository(place, async (repository) => {
      const ports = { model: modelOf(place), repository, clock: createClock() };
      if (order.kind === "review") return await runPullRequestReview(order, ports);
      const implement = await readProposal(place.runner, { worker: "implement", order });
      const verify = await readProposal(place.runner, { worker: "verify", order });
      return await runReview(order, { implement, verify }, ports);
    }),
  "post-merge-smoke": (order) => runSmoke(order, { web: createWeb(), clock: createClock() }),
  "quality-audit": (order, place) =>
    withRepository(place, async (repository) => {
      const measured = await findProposal(place.runner, { worker: "verify", order });
      const ports = { model: modelOf(place), repository, clock: createClock(), syntax };
      return await runQualityAudit(order, measured, ports);
    }),
  async "run-loop"(order, place) {
    const sandbox = await sandboxOf(order, place);
    if ("refusal" in sandbox) return sandbox;
    return withRepository(place, async (repository) => {
      const ports = { repository, sandbox, clock: createClock(), syntax, visitor: BLIND };
      return sayJudgeNeeded(place.runner, order, await runLoop(order, ports));
    });
  },
  judge: (order, place) =>
    withRepository(place, async (repository) => {
      const found = await readProposal(place.runner, { worker: "run-loop", order });
      return await runJudge(order, found, {
        ...{ model: modelOf(place), repository, clock: createClock() },
      });
    }),
};

function modelOf({ runner }: Place) {
  return createModel({
    apiKey: runner.input("anthropic-api-key"),
    baseUrl: runner.input("model-base-url"),
    prices: costOf,
  });
}

async function sandboxOf(order: Order, { environment }: Place) {
  const { PATH, TMPDIR } = environment;
  const isolation = environment.MILLWRIGHT_ISOLATION === "none" ? "none" : "bubblewrap";
  const sandbox = await createSandbox({
    isolation,
    read: order.config.sandbox.read,
    networkEnvironment: { ...process.env, ...environment },
    ...(PATH !== undefined && { path: PATH }),
    ...(TMPDIR !== undefined && { scratch: TMPDIR }),
  });
  return "refusal" in sandbox || isolation !== "none" ? sandbox : withToolboxHere(sandbox);
}

/** What the toolbox does is a few calls of a line; a program for it takes ten times as long to start. */
function withToolboxHere(sandbox: Sandbox): Sandbox {
  return {
    ...sandbox,
    async workspace(fill) {
      const workspace = await sandbox.workspace(fill);
      const { directory } = workspace;
      return { ...workspace, open: async () => sessionOver(serveIn(directory)).session };
    },
  };
}

async function withRepository<Result>(
  { runner, repositories }: Place,
  work: (repository: Repository) => Promise<Result>,
): Promise<Result> {
  return await work(await repositories.at(runner.input("repository")));
}
