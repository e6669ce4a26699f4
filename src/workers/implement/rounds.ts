import type { Plan } from "../../agent/roles/architect/answer.ts";
import type { CoderAnswer } from "../../agent/roles/coder/answer.ts";
import { coderTask } from "../../agent/roles/coder/task.ts";
import type { CheckName } from "../../domain/config/check.ts";
import type { Refusal } from "../../domain/refusal.ts";
import { cut } from "../../domain/text/cut.ts";
import type { BaseFindings } from "./base-checks.ts";
import type { Bench } from "./bench.ts";
import { recordCheckBeside, runCheckTool } from "./checks.ts";
import { joinAnswers, recorded } from "./join-answers.ts";
import { type CheckOutcome, sayBaseFailure, sayOutcome } from "./known-failures.ts";
import { judge, leftToVerify, onBench, runChecks } from "./round-checks.ts";

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
