import { expect } from "vitest";
import { entriesOf } from "../../src/control/observed/ledger/ledger.ts";
import type { ControlResult, JobResult } from "../../src/control/observed/situation.ts";
import type { PullRequestState } from "../../src/domain/github/snapshot.ts";
import { leaseOfBranch } from "../../src/domain/lease.ts";
import type { Order, Worker } from "../../src/domain/order.ts";
import type { Delivery } from "../../src/domain/proposal.ts";
import type { Task } from "../../src/station.ts";
import { CONTRACT_MARKER } from "../../src/wording/issue/contract-comment.ts";
import { LEDGER_MARKER } from "../../src/wording/issue/ledger-comment.ts";
import { Gone } from "../fakes/github.ts";
import {
  aboutItsTree,
  closed,
  commented,
  deliver,
  doorbell,
  failed,
  type Green,
  green,
  intake,
  labeled,
  ledgerOf,
  orderOf,
  questions,
  type SmokeStatus,
  schedule,
  smoke,
  type TaskInput,
  type TestLine,
} from "./line.ts";
import { runEnded, type Shown, showChecks, Trees } from "./world-checks.ts";

/** How the workers of one run behave. */
export type Mood =
  | "green"
  | "red-check"
  | "rework"
  | "escalate"
  | "silent"
  | "gave-up"
  | "questions"
  | "wrong-tree"
  | "garbage";

export const MOODS: readonly Mood[] = [
  "green",
  "red-check",
  "rework",
  "escalate",
  "silent",
  "gave-up",
  "questions",
  "wrong-tree",
  "garbage",
];

/** What people and the world do to an issue, between runs and in the middle of one. */
export type Act =
  | { readonly kind: "label"; readonly by: string }
  | { readonly kind: "say"; readonly by: string; readonly body: string }
  | { readonly kind: "ring"; readonly by: string }
  | { readonly kind: "answer-doorbells" | "deliver-again" | "heartbeat" }
  | {
      readonly kind: "edit-issue" | "close-issue" | "open-issue" | "edit-contract" | "forge-ledger";
    }
  | { readonly kind: "raise-andon" | "clear-andon" | "move-head" | "push-branch" | "mix-labels" }
  | { readonly kind: "merge" | "merge-unheard" | "close-pull-request" | "conflict" }
  | { readonly kind: "ci"; readonly shows: Shown }
  | { readonly kind: "refuse"; readonly effect: Parameters<TestLine["github"]["refuseNext"]>[0] };

export interface Weather {
  readonly mood: Mood;
  readonly smoke: SmokeStatus;
  /** Done while the workers work. */
  readonly meanwhile: readonly Act[];
  /** How they behave in the later rounds of a run; absent: no otherwise. */
  readonly later?: Mood;
  /** How many rounds a run has jobs for after its first. */
  readonly rounds?: number;
  /** Done before each later round. */
  readonly between?: readonly Act[];
  /** The machine of this task is gone after GitHub heard so many effects. */
  readonly dies?: { readonly task: Task; readonly after: number };
}

/** As many as `.github/workflows/factory.yml` has after the first. */
const ROUNDS = 2;

/** Nobody interferes, and everybody does what they should. */
export const CALM: Weather = { mood: "green", smoke: "passed", meanwhile: [] };

/** The workflows in small: which task follows which event, as `.github/workflows/factory.yml` and its kin say it. */
export class World {
  readonly line: TestLine;
  readonly issue: number;
  readonly results: ControlResult[] = [];
  readonly #trees: Trees;
  /** Whether a machine of the last act was gone before its end. */
  died = false;
  #answered = 0;
  #runId = 0;
  #weather = CALM;
  /** GitHub may tell of it once more. */
  #told: (() => Promise<void>) | undefined;

  constructor(line: TestLine) {
    this.line = line;
    this.#trees = new Trees(line);
    this.issue = line.github.addIssue({ author: "ada", title: "greeting", body: "say the name" });
  }

  /** When it is over, so are its runs: each ended, or its machine is gone. */
  async act(act: Act, weather: Weather): Promise<void> {
    this.#weather = weather;
    this.died = false;
    try {
      await this.#act(act, weather);
    } catch (error) {
      if (!(error instanceof Gone)) throw error;
      this.died = true;
    }
    this.line.github.endRun(this.#runId);
  }

  async #act(act: Act, weather: Weather): Promise<void> {
    const { github } = this.line;
    switch (act.kind) {
      case "label": {
        const { labels } = github.issue(this.issue);
        github.changeIssue(this.issue, { labels: [...new Set([...labels, "factory:queued"])] });
        const event = labeled(github, this.issue, act.by);
        return await this.#tell(() => this.#intake(event, this.#weather));
      }
      case "say":
        return await this.#comment(act);
      case "ring": {
        const event = doorbell(github, this.issue, act.by);
        return await this.#tell(() => this.#route(event, this.#weather));
      }
      case "deliver-again":
        return await this.#told?.();
      case "heartbeat":
        this.line.pass(3_600);
        this.#nextRun();
        await this.#run("heartbeat", { event: schedule });
        return await this.#answerDoorbells(weather);
      case "answer-doorbells":
        return await this.#answerDoorbells(weather);
      case "merge": {
        const pull = this.#openPull();
        if (pull === undefined) return;
        github.mergeByPerson(pull, "wil");
        const event = closed(github, pull, "wil");
        return await this.#tell(() => this.#route(event, this.#weather));
      }
      case "ci": {
        showChecks(this.line, act.shows);
        const pull = this.#openPull();
        if (pull === undefined) return;
        const event = runEnded(this.line, github.pullRequest(pull).head.branch);
        return await this.#tell(() => this.#route(event, this.#weather));
      }
      default:
        this.#interfere(act);
    }
  }

  async #tell(about: () => Promise<void>): Promise<void> {
    this.#told = about;
    await about();
  }

  async #answerDoorbells(weather: Weather): Promise<void> {
    const { github } = this.line;
    const rings = github.dispatches.filter(({ workflow }) => workflow === "factory.yml");
    const waiting = rings.length - this.#answered;
    this.#answered = rings.length;
    for (let ring = 0; ring < waiting; ring += 1) {
      await this.#route(doorbell(github, this.issue), weather);
    }
  }

  #nextRun(): void {
    this.line.github.endRun(this.#runId);
    this.#runId = this.line.nextRun();
  }

  async #run(task: Task, input: TaskInput): Promise<ControlResult> {
    const { dies } = this.#weather;
    this.line.github.dieAfter(dies?.task === task ? dies.after : undefined);
    try {
      this.#trees.note();
      const held = task === "route" || task === "claim" ? this.#trees.held() : {};
      const result = await this.line.run(task, { ...held, ...input });
      if (task !== "heartbeat") this.results.push(result);
      return result;
    } finally {
      this.line.github.dieAfter(undefined);
    }
  }

  async #comment(said: { readonly by: string; readonly body: string }): Promise<void> {
    const event = commented(this.line.github, { issue: this.issue, ...said });
    if (!said.body.startsWith("/factory")) return;
    const isApproval = said.body.startsWith("/factory approve");
    await this.#tell(() =>
      isApproval ? this.#attempt(event, this.#weather) : this.#route(event, this.#weather),
    );
  }

  async #route(event: TaskInput["event"], weather: Weather): Promise<void> {
    this.#nextRun();
    const result = await this.#run("route", { event });
    if (result.next === "intake") await this.#intake(event, weather);
    if (result.next === "line") await this.#attempt(event, weather);
    if (result.next === "release") await this.#release(event, orderOf(result), weather);
  }

  async #intake(event: TaskInput["event"], weather: Weather): Promise<void> {
    this.#nextRun();
    const { issue } = this;
    const open = await this.#run("open", { event, issue });
    this.#meanwhile(weather);
    const order = open.order;
    const result = await this.#run("propose", {
      event,
      issue,
      ...(order === undefined ? {} : { order, proposals: intakeOf(order, weather.mood) }),
    });
    if (result.next === "line") await this.#attempt(event, { ...weather, meanwhile: [] });
  }

  async #attempt(event: TaskInput["event"], weather: Weather): Promise<void> {
    this.#nextRun();
    const last = (weather.rounds ?? ROUNDS) + 1;
    const first = await this.#round(event, weather, { round: 1, roundsLeft: last - 1 });
    let next = first;
    for (let round = 2; next === "line" && round <= last; round += 1) {
      for (const act of weather.between ?? []) this.#interfere(act);
      const later = { ...weather, mood: weather.later ?? weather.mood, meanwhile: [] };
      next = await this.#round(event, later, { round, roundsLeft: last - round });
    }
  }

  async #round(
    event: TaskInput["event"],
    weather: Weather,
    rounds: { readonly round: number; readonly roundsLeft: number },
  ): Promise<ControlResult["next"]> {
    const { issue } = this;
    const claim = await this.#run("claim", { event, issue, round: rounds.round });
    if (claim.next !== "line") return "none";
    // What was merged is never built again.
    expect(this.#unrecorded()).toEqual([]);
    const order = orderOf(claim);
    this.#meanwhile(weather);
    const answers = this.#answers(order, weather);
    const settle = await this.#run("settle", { event, issue, order, ...rounds, ...answers });
    if (settle.next === "release") await this.#release(event, orderOf(settle), weather);
    return settle.next;
  }

  async #release(event: TaskInput["event"], order: Order, weather: Weather): Promise<void> {
    const { issue } = this;
    const proposals =
      weather.mood === "silent" ? [] : [deliver("post-merge-smoke", smoke(order, weather.smoke))];
    await this.#run("record", { event, issue, order, proposals });
  }

  #meanwhile({ meanwhile }: Weather): void {
    for (const act of meanwhile) this.#interfere(act);
  }

  #answers(order: Order, { mood }: Weather): Pick<TaskInput, "proposals" | "jobResults"> {
    const made = named(green(this.line.github, order));
    handOn(this.line, order, made);
    if (mood === "silent") {
      const jobResults: Partial<Record<Worker, JobResult>> = { implement: "failure" };
      return { proposals: [], jobResults: { ...jobResults, verify: "skipped", review: "skipped" } };
    }
    if (mood === "gave-up")
      return { proposals: [deliver("implement", failed(order, "implement"))] };
    if (mood === "rework" || mood === "escalate") made.review.verdict.decision = mood;
    if (mood === "wrong-tree") {
      for (const subject of [made.verify.subject, made.review.verdict.subject])
        subject.tree = order.base;
    }
    if (mood === "red-check") {
      const [first] = made.verify.evidence;
      if (first?.kind === "check") first.status = "failed";
    }
    const { implement, verify, review } = made;
    const proposals = [deliver("implement", implement), deliver("verify", verify)];
    return {
      proposals: [
        ...proposals,
        mood === "garbage" ? deliver("review", {}) : deliver("review", review),
      ],
    };
  }

  #openPull(): number | undefined {
    return this.#pulls().find(({ state }) => state === "open")?.number;
  }

  /** Merges of this issue's pull requests that its ledger does not know. */
  #unrecorded(): readonly number[] {
    const { github } = this.line;
    const known = entriesOf(ledgerOf(github, this.issue), "merged").map(
      ({ event }) => event.commit,
    );
    return this.#pulls()
      .filter(({ merged, mergeSha }) => merged && !known.includes(mergeSha ?? ""))
      .map(({ number }) => number);
  }

  #pulls(): readonly PullRequestState[] {
    const { github } = this.line;
    return Array.from({ length: 60 }, (_, at) => at + 1).flatMap((number) => {
      try {
        const pull = github.pullRequest(number);
        return leaseOfBranch(pull.head.branch)?.issue === this.issue ? [pull] : [];
      } catch {
        // The number is an issue's, or nobody's.
        return [];
      }
    });
  }

  #interfere(act: Act): void {
    const { github } = this.line;
    const own = (marker: string) =>
      github.comments(this.issue).find(({ body }) => body.startsWith(marker));
    const acts: Partial<Record<Act["kind"], () => void>> = {
      "edit-issue": () => github.changeIssue(this.issue, { body: `edited ${this.results.length}` }),
      "close-issue": () => github.changeIssue(this.issue, { state: "closed" }),
      "open-issue": () => github.changeIssue(this.issue, { state: "open" }),
      "mix-labels": () =>
        github.changeIssue(this.issue, { labels: ["factory:done", "factory:ready"] }),
      "edit-contract": () => {
        const comment = own(CONTRACT_MARKER);
        if (comment) github.editComment(comment.id, comment.body.replace("Greet", "Insult"));
      },
      "forge-ledger": () => {
        const comment = own(LEDGER_MARKER);
        if (comment) github.editComment(comment.id, comment.body.replace(/"run":\d+/, '"run":7'));
      },
      "raise-andon": () => {
        github.addIssue({ author: "ada", title: "stop", body: "", labels: ["factory:andon"] });
      },
      "clear-andon": () => {
        for (let number = 1; number < 60; number += 1) {
          try {
            const labels = github.issue(number).labels.filter((label) => label !== "factory:andon");
            github.changeIssue(number, { labels });
          } catch {
            // The number is a pull request's, or nobody's.
          }
        }
      },
      "move-head": () => {
        this.#trees.aside();
      },
      conflict: () => this.#trees.conflict(),
      "push-branch": () => {
        if (github.branch(`factory/${this.issue}-1`)) github.moveBranch(`factory/${this.issue}-1`);
      },
      "merge-unheard": () => {
        const pull = this.#openPull();
        if (pull !== undefined) github.mergeByPerson(pull, "wil");
      },
      "close-pull-request": () => {
        const pull = this.#openPull();
        if (pull !== undefined) github.changePullRequest(pull, { state: "closed" });
      },
    };
    if (act.kind === "refuse") github.refuseNext(act.effect, { status: 403, reason: "no" });
    acts[act.kind]?.();
  }
}

/** What control made anew is handed on as it is. */
function handOn({ github }: TestLine, order: Order, made: Green): void {
  if (order.kind !== "line" || order.rebuilt === undefined) return;
  made.implement.changeSet = order.rebuilt.changeSet;
  aboutItsTree(github, made);
}

/** As whoever wrote the tests names them. */
function named({ implement, ...rest }: Green): Green {
  const namings = [{ criterion: "AC1", tests: ["greets by name"], symbols: [], checks: [] }];
  return { ...rest, implement: { ...implement, namings } };
}

function intakeOf(order: Order, mood: Mood): readonly Delivery[] {
  if (mood === "silent") return [];
  if (mood === "questions") return [deliver("intake-normalize", questions(order, "Which?"))];
  if (mood === "gave-up") return [deliver("intake-normalize", failed(order, "intake-normalize"))];
  if (mood === "garbage") return [deliver("intake-normalize", { worker: "intake-normalize" })];
  return [deliver("intake-normalize", intake(order))];
}
