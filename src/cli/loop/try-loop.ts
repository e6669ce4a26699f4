import { readFileSync } from "node:fs";
import { join } from "node:path";
import picomatch from "picomatch";
import { createVisitor, visitProgram } from "../../adapters/browser/visitor.ts";
import { createClock } from "../../adapters/clock/clock.ts";
import { openRepository } from "../../adapters/repository/repository.ts";
import { lookForToolchains } from "../../adapters/sandbox/toolchains/look-for-toolchains.ts";
import { readBundled } from "../../adapters/syntax/grammar-files.ts";
import { createSyntax } from "../../adapters/syntax/syntax.ts";
import { CONFIG_PATH } from "../../control/observed/config-text.ts";
import { type LoopRead, readLoopText } from "../../control/observed/loops/loop-text.ts";
import type { Config } from "../../domain/config/schema.ts";
import { type LoopPlan, planLoop } from "../../domain/loop/plan.ts";
import type { Taken } from "../../domain/loop/take-judgement.ts";
import type { LoopOrder } from "../../domain/order.ts";
import type { FailedProposal, LoopProposal } from "../../domain/proposal.ts";
import type { Repository } from "../../ports/repository.ts";
import { sayPicture } from "../../wording/gathered/pictures.ts";
import { runLoop } from "../../workers/run-loop/run.ts";
import type { Live } from "../command/until-interrupted.ts";
import { UsageError } from "../command/usage-error.ts";
import { stoppable } from "../prove/stoppable.ts";
import { type ChosenConfig, readChosen } from "../source/config.ts";
import type { Source } from "../source/resolve-base.ts";
import { openSource } from "../source/source.ts";
import { requireSandbox } from "../source/try-aloud.ts";
import type { LoopArguments } from "./arguments.ts";
import { type TrialModel, type TriedJudge, tryJudge } from "./try-judge.ts";

/** What a loop would do that has never run: what was gathered, and what follows from it. */
export interface TriedLoop {
  readonly ok: boolean;
  readonly base: string;
  readonly proposal: LoopProposal | FailedProposal;
  /** Absent where nothing was gathered, or nothing needs a judge. */
  readonly judge?: TriedJudge;
  /** Absent where nothing was gathered. */
  readonly plan?: LoopPlan;
}

interface Trying extends Pick<Live, "signal"> {
  /** Where toolchains are looked for, as in the environment. */
  readonly path: string;
  /** The folder of this project. */
  readonly millwright: string;
  /** Asked where the loop has a judge. */
  readonly model: TrialModel;
}

/**
 * Gathers at HEAD in the sandbox, as the workflow would, and decides what would be filed. Reads git objects alone and writes
 * nothing.
 * @throws UsageError for a loop that is not committed, or whose file has a fault; Error where this machine has no sandbox
 */
export async function tryLoop(
  asked: LoopArguments,
  { signal, path, millwright, model }: Trying,
): Promise<TriedLoop> {
  const source = await openSource(asked.repo, undefined);
  const repository = await openRepository(source.commonDirectory);
  try {
    const text = await textAt(repository, source.base, CONFIG_PATH);
    const { folders: toolchains } = await lookForToolchains({ path });
    const chosen = readChosen(text ?? "", { origin: "found", name: CONFIG_PATH, toolchains });
    const read = await findLoop(repository, { source, config: chosen.config, name: asked.name });
    const order = orderFor(source, { read, config: chosen.config, visible: visibleFrom(asked) });
    const visitor = createVisitor({
      ...{ environment: process.env, pictures: undefined },
      program: visitProgram(join(millwright, "actions/run-loop/dist/index.js")),
      kept: (file) => sayPicture(file, undefined),
    });
    const beside = visitor.foldersFor(read.loop.gather.use);
    const sandbox = stoppable(await requireSandbox(withFolders(chosen, beside)), signal);
    // A package brings no parser; the bundles of the actions hold it in a clone and in a package alike.
    const syntax = createSyntax(readBundled(join(millwright, "actions/verify/dist/index.js")));
    const proposal = await runLoop(order, {
      repository,
      sandbox,
      clock: createClock(),
      syntax,
      visitor,
    });
    signal.throwIfAborted();
    const { base } = source;
    if (proposal.worker === "failed") return { ok: false, base, proposal };
    const judge = await tryJudge(order, proposal, { repository, model });
    const ok = judge?.said?.worker !== "failed";
    const plan = planAfresh(order, proposal, judge?.taken ?? null);
    return { ok, base, proposal, ...(judge === undefined ? {} : { judge }), plan };
  } finally {
    await repository.close();
  }
}

function withFolders(chosen: ChosenConfig, folders: readonly string[]): ChosenConfig {
  const { config } = chosen;
  const read = [...config.sandbox.read, ...folders];
  return { ...chosen, config: { ...config, sandbox: { ...config.sandbox, read } } };
}

async function textAt(
  repository: Repository,
  base: string,
  path: string,
): Promise<string | undefined> {
  const bytes = await repository.read(base, path);
  return bytes === undefined ? undefined : new TextDecoder().decode(bytes);
}

async function findLoop(
  repository: Repository,
  about: { readonly source: Source; readonly config: Config; readonly name: string | undefined },
): Promise<LoopRead> {
  const { source, config, name } = about;
  const isLoop = picomatch(config.loops, { dot: true });
  const entries = await repository.list(source.base);
  const paths = entries.filter(({ path, type }) => type === "blob" && isLoop(path));
  const found = paths.find(({ path }) => path.endsWith(`/${name}.md`));
  const text = found && (await textAt(repository, source.base, found.path));
  if (found === undefined || text === undefined) {
    throw new UsageError(
      `HEAD has no loop "${name}" at ${config.loops}; only what is committed runs`,
    );
  }
  const reading = readLoopText(found.path, text);
  if ("read" in reading) return reading.read;
  throw new UsageError(`${reading.path}: ${reading.faults.join("; ")}`);
}

/** A GitHub on which nothing stands. */
const nothingVisible = (at: string) =>
  JSON.stringify({
    version: 1,
    url: "",
    at,
    history: { unknown: "nobody asked" },
    issues: [],
    own: [],
    left: 0,
  });

function visibleFrom({ visible }: LoopArguments): string {
  if (visible === undefined) return nothingVisible(createClock().now());
  try {
    return JSON.stringify(JSON.parse(readFileSync(visible, "utf8")));
  } catch (error) {
    throw new UsageError(`--visible: ${visible} is no JSON file`, { cause: error });
  }
}

const MINUTES = 60;

/** An order of nobody: names and numbers of GitHub mean nothing here. */
function orderFor(
  { base, defaultBranch }: Source,
  about: { readonly read: LoopRead; readonly config: Config; readonly visible: string },
): LoopOrder {
  const { read, config, visible } = about;
  return {
    version: 1,
    id: "1/0/loop",
    kind: "loop",
    repository: { id: 1, name: "OWNER/NAME", defaultBranch },
    runId: 0,
    at: createClock().now(),
    base,
    config,
    harness: [],
    actor: { id: 1, login: "OWNER", type: "User", permission: "admin" },
    budget: {
      tokens: config.limits.tokensPerRun,
      usd: read.loop.budget?.usd ?? 1,
      turns: config.limits.turnsPerRun,
      wallClockMs: MINUTES * 60_000,
    },
    loop: { ...read, visible },
  };
}

function planAfresh(
  { loop, runId, at }: LoopOrder,
  { gathered }: LoopProposal,
  judged: Taken | null,
): LoopPlan {
  return planLoop({
    loop: loop.loop,
    name: loop.name,
    gathered,
    state: undefined,
    open: [],
    dismissed: new Set(),
    resumed: false,
    run: runId,
    now: at,
    ...(loop.loop.roles.judge === undefined ? {} : { judged }),
  });
}
