import type { Plan } from "../../agent/roles/architect/answer.ts";
import type { CoderAnswer } from "../../agent/roles/coder/answer.ts";
import { coderTask } from "../../agent/roles/coder/task.ts";
import type { CheckName } from "../../domain/config/check.ts";
import { servicesFor } from "../../domain/config/services/plan.ts";
import type { Refusal } from "../../domain/refusal.ts";
import { cut } from "../../domain/text/cut.ts";
import type { LeftOut } from "../../ports/sandbox.ts";
import { boundedLines } from "../shared/bounded-lines.ts";
import type { BaseFindings } from "./base-checks.ts";
import type { Bench, Look } from "./bench.ts";
import { recordCheckBeside, runCheckTool } from "./checks.ts";
import { joinAnswers, recorded } from "./join-answers.ts";
import { type CheckOutcome, sayBaseFailure, sayOutcome } from "./known-failures.ts";
import { newlyLeftOut, tellingIgnored, WHAT_TO_DO } from "./left-out.ts";
import { idsOnBase, listIds, namingFaults } from "./naming-faults.ts";
import { judge, leftToVerify, onBench, runChecks } from "./round-checks.ts";
import type { Keeper } from "./tester/keeper.ts";
import { namingsOfTester } from "./tester/who-wrote.ts";
import type { WrittenTests } from "./tester/write-tests.ts";

interface Work {
  readonly answer: CoderAnswer;
  /** The coder's commands, then the last checks; never evidence. */
  readonly ran: readonly string[];
  /** Number of conversations. */
  readonly rounds: number;
}

/** How often failing checks go back to the coder. */
const MAXIMUM_REPAIRS = 2;

/** Known facts when the coder starts. */
export interface Start {
  readonly plan: Plan;
  readonly base: BaseFindings;
  /** Keeps the tests that are not the coder's. */
  readonly keeper: Keeper;
  /** Check results before the coder begins; absent: those of the base. */
  readonly outcomes?: readonly CheckOutcome[];
}

/**
 * The coder's rounds. Each works with the toolbox; then every process inside ends and the checks run once. Failures that
 * the base did not have in the same way go back to the coder. Remaining ones after the last round are left to verify.
 */
export async function workInRounds(
  bench: Bench,
  start: Start,
): Promise<Work | { readonly refusal: Refusal }> {
  const { keeper, outcomes: seen = [] } = start;
  const commands: string[] = [];
  const answers: CoderAnswer[] = [];
  const told = new Set<string>();
  let outcomes: readonly CheckOutcome[] = seen;
  let faults: readonly string[] = [];
  for (let round = 0; round <= MAXIMUM_REPAIRS + keeper.turns(); round += 1) {
    const failures = failuresOf(outcomes);
    const said = await playRound(bench, { start, failures, faults, commands, told });
    // If the round only had to fix a refused change, the change is judged by its own reason.
    if ("refusal" in said) {
      if (failures.length === 0 && faults.length > 0) break;
      return said;
    }
    answers.push(said.answer);
    const isLast = round === MAXIMUM_REPAIRS + keeper.turns();
    const judged = await judgeRound(bench, start, { answer: said.answer, told, isLast });
    if ("refusal" in judged) return judged;
    ({ outcomes, faults } = judged);
    if (failuresOf(outcomes).length === 0 && faults.length === 0) break;
  }
  const checks = outcomes.map(({ name, said }) => `check ${name} ${said}`);
  const ran = [...boundedLines(commands, MAXIMUM_RAN - checks.length), ...checks];
  return {
    answer: joinAnswers(answers),
    ran: ran.map((line) => cut(line, MAXIMUM_LINE)),
    rounds: answers.length,
  };
}

/** State after a round, once files that are not the coder's are restored. */
async function judgeRound(
  bench: Bench,
  { keeper, base }: Start,
  round: { readonly answer: CoderAnswer; readonly told: Set<string>; readonly isLast: boolean },
): Promise<
  | { readonly outcomes: readonly CheckOutcome[]; readonly faults: readonly string[] }
  | { readonly refusal: Refusal }
> {
  const { answer, told, isLast } = round;
  const look = await bench.lookAtChange();
  const { dependencies } = look;
  if (typeof dependencies === "object") return dependencies;
  const kept = await keeper.settle({ look, asked: answer.corrections ?? [], isLast });
  if ("refusal" in kept) return kept;
  const outcomes = await outcomesOf(bench, { dependencies, base });
  const named = namingFaultsOf(bench, { keeper, answer, outcomes, base });
  return { outcomes, faults: [...faultsOf(look, told), ...kept.faults, ...named] };
}

/** The coder's namings for its own criteria, and whether the tester's tests still run with its change. */
function namingFaultsOf(
  { contract }: Bench,
  given: {
    readonly keeper: Keeper;
    readonly answer: CoderAnswer;
    readonly outcomes: readonly CheckOutcome[];
    readonly base: BaseFindings;
  },
): readonly string[] {
  const { keeper, answer, ...known } = given;
  const tests = keeper.tests();
  const testers = tests?.division.testers ?? [];
  const own = contract.acceptance.filter(({ id }) => !testers.includes(id));
  const theirs = contract.acceptance.filter(({ id }) => testers.includes(id));
  return [
    ...namingFaults({ acceptance: own }, answer.proofs, known),
    ...namingFaults({ acceptance: theirs }, namingsOfTester(tests), known),
  ];
}

/** A lockfile's new packages are not installed here, so checks would fail for that alone. */
async function outcomesOf(
  bench: Bench,
  { dependencies, base }: { readonly dependencies: string; readonly base: BaseFindings },
): Promise<readonly CheckOutcome[]> {
  return dependencies === "approved" ? leftToVerify(bench) : await runChecks(bench, base);
}

/** Limits of the proposal's schema. */
const MAXIMUM_RAN = 200;

const MAXIMUM_LINE = 300;

/** Faults of the present change that the coder can fix. */
function faultsOf({ refusals, leftOut }: Look, told: Set<string>): readonly string[] {
  return [
    ...refusals.filter(isMendable).map(sayFault),
    ...newlyLeftOut(leftOut, told).map(sayIgnored),
  ];
}

/** Whether it is a fault of the change itself; failing to read it is not the coder's fault. */
function isMendable({ code }: Refusal): boolean {
  return code === "change-set-invalid" || code === "limit-exceeded";
}

/** Text for the coder about a refusal of its change. */
function sayFault({ subject, found, accepted }: Refusal): string {
  const instead = accepted === undefined ? "" : `; accepted: ${accepted}`;
  return `${subject}: ${found ?? "refused"}${instead}`;
}

function sayIgnored({ path, rule }: LeftOut): string {
  return `${path} is no part of the change: .gitignore leaves it out (${rule}). ${WHAT_TO_DO}`;
}

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
    readonly faults: readonly string[];
    readonly commands: string[];
    readonly told: Set<string>;
  },
): Promise<{ readonly answer: CoderAnswer } | { readonly refusal: Refusal }> {
  const { order, contract, workspace, toolbox, asker } = bench;
  const { plan, base, keeper } = round.start;
  const tests = keeper.tests();
  const timeoutMs = Math.max(1, Math.floor(bench.remainingMs()));
  const session = await workspace.open(toolbox.program, {
    timeoutMs,
    services: servicesFor(order.config, "agent"),
  });
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
        ids: listIds(idsOnBase(base)),
        failures: round.failures,
        faults: round.faults,
        ...(tests === undefined ? {} : { tests: shownTests(tests) }),
        tools: tools.map((tool) =>
          tellingIgnored(recorded(tool, round.commands), bench.ignoredBy, round.told),
        ),
        beforeTurn: asker.beforeTurn,
      }),
    );
  } finally {
    await session.close();
  }
}

/** Text for the coder about the existing tests. */
function shownTests({ files, answer, division }: WrittenTests) {
  const proofs = answer.proofs.filter(({ criterion }) => division.testers.includes(criterion));
  return { files: files.map(({ path }) => path), proofs };
}

/** Text for the coder about the base: its failures, and what is unknown. */
function knownOf(base: BaseFindings): readonly Failure[] {
  return base.flatMap(({ name, record, because }) => {
    if (record === undefined) return [{ check: name, tail: because ?? "was not run" }];
    return record.run.status === "passed" ? [] : [{ check: name, tail: sayBaseFailure(record) }];
  });
}
