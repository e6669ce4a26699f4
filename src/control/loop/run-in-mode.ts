import type { Effect } from "../../domain/github/effect.ts";
import { StagedWorld } from "../../domain/github/staged.ts";
import type { Alerts } from "../../ports/alerts.ts";
import type { Clock } from "../../ports/clock.ts";
import type { GitHub } from "../../ports/github.ts";
import { type BaseTexts, renderStaged } from "../../wording/summaries/staged-summary.ts";
import type { ControlInput, ControlResult } from "../observed/situation.ts";
import { runControl } from "./run.ts";
import { approvalTaken, createStagedGitHub, eventOf } from "./staged-github.ts";
import type { Staged } from "./staged-world.ts";
import { withSharedConfig } from "./with-shared-config.ts";

interface ControlPorts {
  readonly github: GitHub;
  readonly clock: Clock;
  readonly alerts?: Alerts;
}

/**
 * Runs one control job in its mode. Live, effects go to GitHub. Staged, each effect is simulated and shown in the
 * summary, and later jobs are told of it, so that the rest of the run is realistic. If a person would have to approve
 * the contract, a staged run continues as if its starter had approved it.
 */
export async function runInMode(input: ControlInput, ports: ControlPorts): Promise<ControlResult> {
  const now = ports.clock.now();
  const said = approvalTaken(input, now);
  const github = createStagedGitHub(input, {
    github: withSharedConfig(ports.github),
    now,
    ...(said === undefined ? {} : { said }),
  });
  const played = said === undefined ? input : { ...input, event: eventOf(input.issue ?? 0, said) };
  const result = await runControl(played, { ...ports, github });
  const staged = github.staged();
  if (staged === undefined) return result;
  const base = await readBase(result.effects, ports.github);
  return show(result, { input, staged, base });
}

/** Tasks whose next job needs to know what this one would have written. */
const HANDING_ON: readonly ControlInput["task"][] = ["propose", "claim"];

function show(
  { order, ...result }: ControlResult,
  about: {
    readonly input: ControlInput;
    readonly staged: Staged;
    readonly base: BaseTexts;
  },
): ControlResult {
  const { task } = about.input;
  const awaitsApproval = task === "propose" && result.stage === "proposed" && result.ok;
  const wanted = awaitsApproval ? "line" : result.next;
  const handsOn = HANDING_ON.includes(task);
  // Any other job that would have written something is the last, because the next job would not find what it needs. The
  // job that mends a pull request only records its cost.
  const isAlone = wanted === "none" || wanted === "unblock";
  const ends = !isAlone && !handsOn && result.effects.length > 0;
  const summary = renderStaged({
    task,
    decided: result.summary,
    effects: result.effects,
    awaitsApproval,
    tookApproval: task === "claim" && about.input.staged?.awaitsApproval === true,
    base: about.base,
    ...(ends ? { omitted: wanted } : {}),
  });
  return {
    ...result,
    summary,
    next: ends ? "none" : wanted,
    ...(order === undefined || ends ? {} : { order }),
    ...(handsOn && wanted === "line"
      ? { staged: StagedWorld.strip().parse({ ...about.staged, awaitsApproval }) }
      : {}),
  };
}

/** Above this many files, files are shown whole instead of compared, because each comparison costs a request. */
const MOST_COMPARED = 40;

/** Earlier contents of the changed files, so that the change is shown as a diff. */
async function readBase(
  effects: readonly Effect[],
  github: Pick<GitHub, "bytesAt">,
): Promise<BaseTexts> {
  const texts = new Map<string, string>();
  for (const effect of effects) {
    if (effect.kind !== "publish-commit") continue;
    const { base, files } = effect.changeSet;
    const paths = files.slice(0, MOST_COMPARED).map(({ path }) => path);
    const states = await github.bytesAt(base, paths);
    for (const [index, path] of paths.entries()) {
      const state = states[index];
      const bytes = state !== undefined && "known" in state ? state.known : null;
      texts.set(path, bytes === null ? "" : new TextDecoder().decode(bytes));
    }
  }
  return texts;
}
