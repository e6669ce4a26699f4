import { lstatSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterEach } from "vitest";
import { canonicalJson } from "../../src/domain/digest.ts";
import type { Order } from "../../src/domain/order.ts";
import type { Proposal } from "../../src/domain/proposal.ts";
import { parseScript } from "../../src/twin/model/script-file.ts";
import { type ScriptedModel, startScriptedModel } from "../../src/twin/model/scripted-model.ts";
import { createGitFixture } from "../adapters/repository/fixture.ts";
import { type ActionRun, createRig, type Rig } from "./rig.ts";
import { type ActionCall, MODEL_KEY } from "./runner-environment.ts";

export interface WorkerJob extends Rig {
  /** The commit that the workspace was checked out at. */
  readonly base: string;
  /** Runs a worker on an order, as its reusable workflow does: files in the handover folder, digests beside them. */
  work(
    name: string,
    order: Order,
    given?: {
      readonly proposals?: Readonly<Record<string, Proposal>>;
      readonly inputs?: Readonly<Record<string, string>>;
      readonly environment?: ActionCall["environment"];
      readonly started?: boolean;
    },
  ): Promise<ActionRun>;
}

export type Roles = Readonly<Record<string, readonly unknown[]>>;

/** Jobs on real repositories and a model that plays a script; all of it is gone after each test. */
export function useWorkerJobs() {
  const endings: (() => void | Promise<void>)[] = [];
  afterEach(async () => {
    for (const end of endings.splice(0)) await end();
  });

  function checkout(files: Readonly<Record<string, string>>): WorkerJob {
    const rig = createRig();
    endings.push(rig.remove);
    const { base, laid } = repositoryOf(files);
    for (const [path, bytes] of laid) {
      mkdirSync(dirname(join(rig.workspace, path)), { recursive: true });
      writeFileSync(join(rig.workspace, path), bytes);
    }
    return { ...rig, base, work: (name, order, given) => work(rig, { name, order, ...given }) };
  }

  async function model(roles: Roles): Promise<ScriptedModel> {
    const script = parseScript(JSON.stringify({ version: 1, roles }), "test.yml");
    const started = await startScriptedModel({ script, apiKey: MODEL_KEY });
    endings.push(started.close);
    return started;
  }

  return { checkout, model };
}

interface MadeRepository {
  readonly base: string;
  /** All that its folder holds: a bare index and objects, the files are git's to lay. */
  readonly laid: ReadonlyMap<string, Buffer>;
}

/** Repositories by what they hold: a dozen starts of git make one, and most tests begin with the same few. */
const made = new Map<string, MadeRepository>();

function repositoryOf(files: Readonly<Record<string, string>>): MadeRepository {
  const key = JSON.stringify(files);
  const repository = made.get(key) ?? makeRepository(files);
  made.set(key, repository);
  return repository;
}

function makeRepository(files: Readonly<Record<string, string>>): MadeRepository {
  const fixture = createGitFixture();
  try {
    const entries = Object.entries(files).map(
      ([path, content]) => [path, { mode: "100644", content }] as const,
    );
    const base = fixture.commit(Object.fromEntries(entries));
    const { directory } = fixture;
    const paths = readdirSync(directory, { recursive: true, encoding: "utf8" }).filter(
      // What `git init` copies for people to read is left behind.
      (path) => !path.startsWith(".git/hooks/") && lstatSync(join(directory, path)).isFile(),
    );
    const laid = new Map(paths.map((path) => [path, readFileSync(join(directory, path))]));
    return { base, laid };
  } finally {
    fixture.remove();
  }
}

/** The inputs by which a model action reaches the scripted model. */
export function access(model: ScriptedModel): Readonly<Record<string, string>> {
  return { "anthropic-api-key": model.apiKey, "model-base-url": model.url };
}

function work(
  rig: Rig,
  job: {
    readonly name: string;
    readonly order: Order;
    readonly proposals?: Readonly<Record<string, Proposal>>;
    readonly inputs?: Readonly<Record<string, string>>;
    readonly environment?: ActionCall["environment"];
    readonly started?: boolean;
  },
): Promise<ActionRun> {
  const order = rig.hand("order.json", canonicalJson(job.order));
  const handed = Object.entries(job.proposals ?? {}).map(
    ([worker, proposal]) =>
      [worker, rig.hand(`${worker}.json`, JSON.stringify(proposal)).digest] as const,
  );
  const handover =
    job.proposals === undefined
      ? {}
      : {
          handover: order.folder,
          "proposal-digests": handed.map((pair) => pair.join("=")).join(" "),
        };
  return rig.run({
    name: job.name,
    inputs: { order: order.path, "order-digest": order.digest, ...handover, ...job.inputs },
    started: job.started === true,
    ...(job.environment === undefined ? {} : { environment: job.environment }),
  });
}
