import type { Plan } from "../../agent/roles/architect/answer.ts";
import type { CoderAnswer } from "../../agent/roles/coder/answer.ts";
import { coderTask } from "../../agent/roles/coder/task.ts";
import type { CheckName } from "../../domain/config/schema.ts";
import type { Contract } from "../../domain/contract.ts";
import type { Subject } from "../../domain/evidence.ts";
import type { Order } from "../../domain/order.ts";
import type { Refusal } from "../../domain/refusal.ts";
import { cut } from "../../domain/text/cut.ts";
import type { ModelTool } from "../../ports/model.ts";
import type { SandboxSession, Workspace } from "../../ports/sandbox.ts";
import type { Asker } from "../shared/ask.ts";
import { type BaseFindings, baseFailure } from "./base-checks.ts";
import {
  type CheckRecord,
  checksToPass,
  recordCheck,
  recordCheckBeside,
  runCheckTool,
} from "./checks.ts";
import {
  type CheckOutcome,
  judgeAgainstBase,
  sayBaseFailure,
  sayOutcome,
} from "./known-failures.ts";

/** The program that runs inside the sandbox, and the tools that relay to it from outside. */
export interface Toolbox {
  /** Absolute path of a Node program of ours. */
  readonly program: string;
  tools(session: SandboxSession): readonly ModelTool[];
}

/** One workspace with everything that works in it. */
export interface Bench {
  readonly order: Order;
  readonly contract: Contract;
  readonly workspace: Workspace;
  readonly toolbox: Toolbox;
  readonly asker: Asker;
  /** Names the base alone: what runs here is never evidence, and its records do not leave the stage. */
  readonly subject: Subject;
  /** What the change so far does to dependencies: a refusal where no person has approved it. */
  judgeDependencies(): Promise<"untouched" | "approved" | { readonly refusal: Refusal }>;
  /** What is left of the wall clock of the budget, in ms; zero or less when it is spent. */
  remainingMs(): number;
}

interface Work {
  readonly answer: CoderAnswer;
  /** Commands of the coder, then the last checks: for its own eyes, never evidence. */
  readonly ran: readonly string[];
}

/** How often failing checks go back to the coder. */
const MAXIMUM_REPAIRS = 2;

/** What is known when the coder starts. */
export interface Start {
  readonly plan: Plan;
  readonly base: BaseFindings;
}

/**
 * The coder's rounds: each works with the toolbox, then every process inside is dead and the checks run once; what fails
 * and did not fail on the base in the same way goes back to it. What still fails after the last round is for verify.
 */
export async function workInRounds(
  bench: Bench,
  start: Start,
): Promise<Work | { readonly refusal: Refusal }> {
  const commands: string[] = [];
  const answers: CoderAnswer[] = [];
  let outcomes: readonly CheckOutcome[] = [];
  for (let round = 0; round <= MAXIMUM_REPAIRS; round += 1) {
    const failures = failuresOf(outcomes);
    const said = await playRound(bench, { start, failures, commands });
    if ("refusal" in said) return said;
    answers.push(said.answer);
    const dependencies = await bench.judgeDependencies();
    if (typeof dependencies === "object") return dependencies;
    // Nothing that a lockfile adds is installed here, so that these checks would fail for that alone.
    outcomes =
      dependencies === "approved" ? leftToVerify(bench) : await runChecks(bench, start.base);
    if (failuresOf(outcomes).length === 0) break;
  }
  const checks = outcomes.map(({ name, said }) => `check ${name} ${said}`);
  const ran = [...commands.slice(0, MAXIMUM_RAN - checks.length), ...checks];
  return { answer: joinAnswers(answers), ran: ran.map((line) => cut(line, MAXIMUM_LINE)) };
}

/** Bounds of the proposal's schema. */
const MAXIMUM_RAN = 200;
const MAXIMUM_LINE = 300;
const MAXIMUM_SUMMARY = 2_000;
const MAXIMUM_ASSUMPTIONS = 10;

interface Failure {
  readonly check: string;
  readonly tail: string;
}

function failuresOf(outcomes: readonly CheckOutcome[]): readonly Failure[] {
  return outcomes
    .filter(({ status }) => status === "failed")
    .map(({ name, said, lines }) => ({ check: name, tail: `${said}\n${lines}` }));
}

async function playRound(
  bench: Bench,
  round: {
    readonly start: Start;
    readonly failures: readonly Failure[];
    readonly commands: string[];
  },
): Promise<{ readonly answer: CoderAnswer } | { readonly refusal: Refusal }> {
  const { order, contract, workspace, toolbox, asker } = bench;
  const { plan, base } = round.start;
  const timeoutMs = Math.max(1, Math.floor(bench.remainingMs()));
  const session = await workspace.open(toolbox.program, { timeoutMs });
  try {
    const check = async (name: CheckName) =>
      sayOutcome(judge(await onBench(bench, name, recordCheckBeside), base));
    const tools = [...toolbox.tools(session), runCheckTool(order.config, check)];
    return await asker.ask(
      coderTask({
        order,
        contract,
        plan,
        known: knownOf(base),
        failures: round.failures,
        tools: tools.map((tool) => recorded(tool, round.commands)),
        beforeTurn: asker.beforeTurn,
      }),
    );
  } finally {
    await session.close();
  }
}

/** What the coder is told of the base: what fails there, and what nobody could find out. */
function knownOf(base: BaseFindings): readonly Failure[] {
  return base.flatMap(({ name, record, because }) => {
    if (record === undefined) return [{ check: name, tail: because ?? "was not run" }];
    return record.run.status === "passed" ? [] : [{ check: name, tail: sayBaseFailure(record) }];
  });
}

function onBench(
  { workspace, order, subject, remainingMs }: Bench,
  name: CheckName,
  run: typeof recordCheck,
): Promise<CheckRecord> {
  const { config } = order;
  return run(workspace, { name, config, on: "change", subject, remainingMs: remainingMs() });
}

function judge(record: CheckRecord, base: BaseFindings): CheckOutcome {
  return judgeAgainstBase(record, baseFailure(base, record.run.name));
}

/** In config order, one at a time: a build may need what an earlier one wrote. Stops, and says so, when time is spent. */
async function runChecks(bench: Bench, base: BaseFindings): Promise<readonly CheckOutcome[]> {
  const outcomes: CheckOutcome[] = [];
  for (const name of checksToPass(bench.order.config)) {
    if (bench.remainingMs() > 0)
      outcomes.push(judge(await onBench(bench, name, recordCheck), base));
    else
      outcomes.push({ name, status: "not-run", said: "was not run: the time is spent", lines: "" });
  }
  return outcomes;
}

function leftToVerify({ order }: Bench): readonly CheckOutcome[] {
  const said = "was not run: verify installs the approved dependencies first";
  return checksToPass(order.config).map((name) => ({ name, status: "not-run", said, lines: "" }));
}

/** Notes commands and named checks as the coder asks for them; other tools only read and write files. */
function recorded(tool: ModelTool, commands: string[]): ModelTool {
  const key = tool.name === "bash" ? "command" : tool.name === "run_check" ? "name" : undefined;
  if (key === undefined) return tool;
  return {
    ...tool,
    run(input) {
      const value = Object.entries(input ?? {}).find(([name]) => name === key)?.[1];
      if (typeof value === "string") commands.push(`${tool.name} ${value}`);
      return tool.run(input);
    },
  };
}

function joinAnswers(answers: readonly CoderAnswer[]): CoderAnswer {
  const summaries = new Set(answers.map(({ summary }) => summary));
  const assumptions = new Set(answers.flatMap((answer) => answer.assumptions));
  return {
    summary: cut([...summaries].join("\n\nThen: "), MAXIMUM_SUMMARY),
    assumptions: [...assumptions].slice(0, MAXIMUM_ASSUMPTIONS),
  };
}
