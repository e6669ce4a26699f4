import type { TesterAnswer } from "../../../agent/roles/tester/answer.ts";
import { type AskedCorrection, testerTask } from "../../../agent/roles/tester/task.ts";
import type { ChangedFile } from "../../../domain/change-set.ts";
import type { CheckName } from "../../../domain/config/check.ts";
import { servicesFor } from "../../../domain/config/services/plan.ts";
import type { Refusal } from "../../../domain/refusal.ts";
import type { Shared } from "../../shared/ask.ts";
import { type Attempt, collectAll } from "../attempt.ts";
import { type BaseFindings, baseFailure } from "../base-checks.ts";
import type { Bench } from "../bench.ts";
import { checksToPass, recordCheck, recordCheckBeside, runCheckTool } from "../checks.ts";
import { sayOutcome } from "../known-failures.ts";
import { idsOnBase, listIds } from "../naming-faults.ts";
import { judge } from "../round-checks.ts";
import { type Division, withOpen } from "./division.ts";
import { fileFaults } from "./file-faults.ts";
import { type Room, sessionIn } from "./room.ts";
import { criteriaOf, seenFaults } from "./seen-on-base.ts";

/** How often rejected tests go back to the tester, each time that it is asked. */
const MAXIMUM_REPAIRS = 2;

/** Everything that the tester works with. Nothing here knows about a change. */
export interface TesterBench {
  readonly bench: Bench;
  readonly given: Attempt;
  readonly room: Room;
  readonly asker: Shared;
  readonly base: BaseFindings;
  readonly interfaces: readonly string[];
  readonly division: Division;
}

/** Tests that, run on the base, do what their criteria ask for. */
export interface WrittenTests {
  readonly files: readonly ChangedFile[];
  readonly answer: TesterAnswer;
  /** Without criteria that the tester left open. */
  readonly division: Division;
  /** Number of conversations. */
  readonly rounds: number;
}

/** The tester's rounds: faults of its tests go back to it, until they are accepted or the rounds are used up. */
export async function writeTests(
  tester: TesterBench,
  corrections: readonly AskedCorrection[] = [],
): Promise<WrittenTests | { readonly refusal: Refusal }> {
  let faults: readonly string[] = [];
  for (let round = 1; round <= 1 + MAXIMUM_REPAIRS; round += 1) {
    const said = await playRound(tester, { faults, corrections: round === 1 ? corrections : [] });
    if ("refusal" in said) return said;
    const { answer } = said;
    const division = withOpen(tester.division, answer.open);
    if (division.testers.length === 0) return { files: [], answer, division, rounds: round };
    const found = await look(tester, answer, division);
    faults = found.faults;
    if (faults.length === 0) return { files: found.files, answer, division, rounds: round };
  }
  return {
    refusal: {
      code: "tests-not-ready",
      subject: `after ${1 + MAXIMUM_REPAIRS} rounds`,
      found: faults.join("; ").slice(0, 2_000),
      accepted:
        "tests that fail on the base where the contract asks for a change, and pass where it keeps",
    },
  };
}

/** The present files, and their faults, first by their nature and then by their results. */
async function look(
  tester: TesterBench,
  answer: TesterAnswer,
  division: Division,
): Promise<{ readonly files: readonly ChangedFile[]; readonly faults: readonly string[] }> {
  const { bench, given, room, base } = tester;
  const workspace = await room.workspace();
  const collected = await collectAll({ ...given, workspace });
  if ("refusals" in collected) {
    const faults = collected.refusals.map(({ subject, found }) => `${subject}: ${found}`);
    return { files: [], faults };
  }
  const { files } = collected.changeSet;
  const early = [
    ...fileFaults(files, bench.contract.boundaries.paths),
    ...collected.leftOut
      .filter(({ isByProduct }) => !isByProduct)
      .map(({ path, rule }) => `${path} is none of your tests: .gitignore leaves it out (${rule})`),
  ];
  if (early.length > 0) return { files, faults: early };
  const record = (name: CheckName) =>
    recordCheck(workspace, {
      name,
      config: bench.order.config,
      on: "base-with-changed-tests",
      subject: bench.subject,
      remainingMs: bench.remainingMs(),
    });
  const now = await record("test");
  const before = base.find(({ name }) => name === "test")?.record?.run;
  const criteria = criteriaOf(bench.contract, division.testers);
  const seen = seenFaults(criteria, answer.proofs, { before, now: now.run });
  return { files, faults: [...seen, ...(await styleFaults(tester, record))] };
}

/** The style of tests is checked here, where their writer can fix it; the coder could not. */
const STYLE: ReadonlySet<CheckName> = new Set(["format", "lint"]);

async function styleFaults(
  { bench, base }: TesterBench,
  record: (name: CheckName) => ReturnType<typeof recordCheck>,
): Promise<readonly string[]> {
  const faults: string[] = [];
  for (const name of checksToPass(bench.order.config)) {
    if (!STYLE.has(name) || baseFailure(base, name) !== undefined) continue;
    const outcome = judge(await record(name), base);
    if (outcome.status === "failed") faults.push(sayOutcome(outcome));
  }
  return faults;
}

async function playRound(
  tester: TesterBench,
  round: { readonly faults: readonly string[]; readonly corrections: readonly AskedCorrection[] },
): Promise<{ readonly answer: TesterAnswer } | { readonly refusal: Refusal }> {
  const { bench, room, asker, base, interfaces, division } = tester;
  const { order, contract, toolbox } = bench;
  const timeoutMs = Math.max(1, Math.floor(bench.remainingMs()));
  const session = sessionIn(room, (workspace) =>
    workspace.open(toolbox.program, { timeoutMs, services: servicesFor(order.config, "agent") }),
  );
  const check = async (name: CheckName) => {
    const { config } = order;
    const on = "base-with-changed-tests";
    const task = {
      name,
      config,
      on,
      subject: bench.subject,
      remainingMs: bench.remainingMs(),
    } as const;
    return sayOutcome(judge(await recordCheckBeside(await room.workspace(), task), base));
  };
  try {
    return await asker.ask(
      testerTask({
        order,
        contract,
        interfaces,
        criteria: division.testers,
        ids: listIds(idsOnBase(base)),
        ...round,
        tools: [...toolbox.tools(session), runCheckTool(order.config, check)],
        beforeTurn: asker.beforeTurn,
      }),
    );
  } finally {
    await session.close();
  }
}
