import type { Actor } from "../../domain/actor.ts";
import { approvalShownIn } from "../../domain/command.ts";
import { endsList, type Receipt } from "../../domain/github/receipt.ts";
import type { Snapshot } from "../../domain/github/snapshot.ts";
import { FIRST_STAGED_ID, type StagedWorld } from "../../domain/github/staged.ts";
import type { GitHub } from "../../ports/github.ts";
import { readConfigOf } from "../observed/config-text.ts";
import { whoRang } from "../observed/event.ts";
import type { ControlInput } from "../observed/situation.ts";
import { whatRang } from "../observed/what-rang.ts";
import { asIfQueued, carryOut, type Staged, standIn } from "./staged-world.ts";

/** A command that counts as given by the person who rang. */
export type TakenAsSaid = StagedWorld["comments"][number];

export interface StagedGitHub extends GitHub {
  /** Simulated effects; undefined in a live run, which sends everything to GitHub. */
  staged(): Staged | undefined;
}

/** GitHub for a run that learns at its first look whether it is staged. When staged, `apply` reaches nobody. */
export function createStagedGitHub(
  input: ControlInput,
  run: { readonly github: GitHub; readonly now: string; readonly said?: TakenAsSaid },
): StagedGitHub {
  const self: Actor = { ...input.identity, type: "Bot" };
  const isRung = triggerOf(input)?.kind === "doorbell";
  let isStaged: boolean | undefined;
  let staged = begin(input, run.said);
  let seen: Snapshot | undefined;
  return {
    staged: () => (isStaged === true ? staged : undefined),
    async observe(scope) {
      const snapshot = await run.github.observe(scope);
      // The first look decides, because a job that began to write must be able to finish.
      isStaged ??= asksForStaged(input, snapshot);
      if (!isStaged) return snapshot;
      const place = { prefix: scope.prefix, own: self.id };
      seen = isRung ? asIfQueued(snapshot, place) : snapshot;
      return standIn(seen, staged);
    },
    bytesAt: (commit, paths) => run.github.bytesAt(commit, paths),
    textOf: (repository, path) => run.github.textOf(repository, path),
    treeAt: (commit) => run.github.treeAt(commit),
    saidOn: (pullRequest) => run.github.saidOn(pullRequest),
    checksOn: (asked) => run.github.checksOn(asked),
    // A simulated issue cannot be pinned.
    pinningOf: async (issue) =>
      isStaged === true ? { unknown: "the run is staged" } : await run.github.pinningOf(issue),
    discussionsWith: (label) => run.github.discussionsWith(label),
    changersOf: (commit, paths) => run.github.changersOf(commit, paths),
    async apply(effects) {
      if (isStaged === false) return run.github.apply(effects);
      if (seen === undefined) throw new Error("Whether a job is staged is known after its look.");
      const receipts: Receipt[] = [];
      for (const effect of effects) {
        const carried = carryOut(staged, effect, { now: run.now, self, seen });
        staged = carried.staged;
        receipts.push(carried.receipt);
        if (endsList(carried.receipt)) break;
      }
      return receipts;
    },
  };
}

/** An unreadable config that mentions a mode may mean staged. Unknown writes nothing. */
const MAY_BE_STAGED = /staged|^\s*["']?mode["']?\s*:(?!\s*["']?live\b)/im;

/** The caller, the previous job, the order and the config can each ask for staged mode. None of them can cancel another's request. */
export function asksForStaged(
  { mode, staged, order }: Pick<ControlInput, "mode" | "staged" | "order">,
  seen: Pick<Snapshot, "configText" | "sharedConfig">,
): boolean {
  if (mode === "staged" || staged !== undefined || order?.config.mode === "staged") return true;
  const reading = readConfigOf(seen);
  if ("config" in reading) return reading.config.mode === "staged";
  // An organization's config that could not be read may ask for staged mode, too.
  return seen.sharedConfig !== undefined || MAY_BE_STAGED.test(seen.configText ?? "");
}

function begin({ staged, run }: ControlInput, said: TakenAsSaid | undefined): Staged {
  if (staged !== undefined && staged.runId !== run.id) {
    throw new Error(`The staged world is of run ${staged.runId}, this is run ${run.id}.`);
  }
  const comments = [...(staged?.comments ?? []), ...(said === undefined ? [] : [said])];
  return {
    version: 1,
    runId: run.id,
    labels: staged?.labels ?? { added: [], removed: [] },
    branches: staged?.branches ?? [],
    awaitsApproval: false,
    comments,
    pullRequests: [],
    closed: false,
    ids: comments.length,
  };
}

function triggerOf(input: ControlInput) {
  const reading = whatRang(input);
  return "trigger" in reading ? reading.trigger : undefined;
}

/**
 * The command that a person would have to give before the run can continue, as if the person who rang had given it now.
 * GitHub still decides what that person may do. Undefined if no command is awaited, or nobody rang.
 */
export function approvalTaken(input: ControlInput, now: string): TakenAsSaid | undefined {
  const trigger = triggerOf(input);
  if (input.task !== "claim" || input.staged?.awaitsApproval !== true) return undefined;
  const rang = whoRang(trigger);
  if (rang === undefined) return undefined;
  const { id, login, type } = rang;
  return {
    id: FIRST_STAGED_ID + input.staged.comments.length,
    author: { id, login, type },
    body: approvalShownIn(input.staged.comments.map(({ body }) => body)),
    createdAt: now,
    updatedAt: now,
  };
}

/** The event of a comment, as GitHub would have sent it. */
export function eventOf(issue: number, { id, author, body }: TakenAsSaid): ControlInput["event"] {
  const payload = {
    action: "created",
    issue: { number: issue },
    comment: { id, body },
    sender: author,
  };
  return { name: "issue_comment", payload };
}
