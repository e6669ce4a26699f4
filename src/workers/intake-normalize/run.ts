import { overviewOf } from "../../agent/prompt/overview.ts";
import { repositoryTools } from "../../agent/repository-tools.ts";
import { intakeTask } from "../../agent/roles/intake/task.ts";
import { Contract } from "../../domain/contract.ts";
import type { IntakeOrder } from "../../domain/order.ts";
import type { FailedProposal, IntakeProposal } from "../../domain/proposal.ts";
import type { Refusal } from "../../domain/refusal.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Model } from "../../ports/model.ts";
import type { Repository } from "../../ports/repository.ts";
import { type Asker, createAsker } from "../shared/ask.ts";
import { proposalHead, runWorker } from "../shared/proposal.ts";
import { doubtsAbout } from "./doubts.ts";
import { type LintFault, lintContract } from "./lint.ts";
import { normalizeContract, normalizeLines, settleContext } from "./normalize.ts";

export interface IntakePorts {
  readonly model: Model;
  readonly repository: Repository;
  readonly clock: Clock;
}

/**
 * Turns the issue of an intake order into a contract that the config allows, or into at most three questions. A contract
 * that the lint refuses goes back to the model once, with the reasons; then it is a `contract-invalid` failure. One that is only
 * doubted goes back, too, and stands whatever comes of that.
 */
export function runIntake(
  order: IntakeOrder,
  ports: IntakePorts,
): Promise<IntakeProposal | FailedProposal> {
  return runWorker<IntakeProposal>(
    order,
    { of: "intake-normalize", clock: ports.clock },
    async (meter) => {
      const found = await findResult(order, {
        repository: ports.repository,
        asker: createAsker(order.budget, { ...ports, meter }),
      });
      // Stryker disable next-line ConditionalExpression,StringLiteral: whatever holds a refusal is one to `runWorker`
      if ("refusal" in found) return found;
      return { ...proposalHead(order, meter.spent()), worker: "intake-normalize", ...found };
    },
  );
}

type Result = { readonly result: IntakeProposal["result"] };

async function findResult(
  order: IntakeOrder,
  means: { readonly repository: Repository; readonly asker: Asker },
): Promise<Result | { readonly refusal: Refusal }> {
  const draw = await createDraw(order, means);
  const first = await draw();
  if (!("faults" in first)) return first;
  const second = await draw(first);
  if ("result" in second) return second;
  if (first.isValid) return { result: { kind: "contract", contract: first.contract } };
  return "faults" in second ? { refusal: refuseContract(second.faults) } : second;
}

interface Returned {
  readonly contract: Contract;
  readonly faults: Faults;
  /** It could stand: there are doubts about it alone. */
  readonly isValid: boolean;
}

type Faults = readonly [LintFault, ...LintFault[]];

/** Makes one try at the contract; `earlier` is the one that was given back. */
async function createDraw(
  order: IntakeOrder,
  { repository, asker }: { readonly repository: Repository; readonly asker: Asker },
): Promise<(earlier?: Returned) => Promise<Result | Returned | { readonly refusal: Refusal }>> {
  const overview = await overviewOf(order, repository);
  const tools = repositoryTools(repository, order.base);
  const entries = await repository.list(order.base);
  const paths = new Set(entries.filter(({ type }) => type === "blob").map(({ path }) => path));
  return async (earlier) => {
    const repair =
      earlier === undefined
        ? {}
        : { repair: { contract: earlier.contract, faults: earlier.faults.map(sayFault) } };
    const { beforeTurn } = asker;
    const task = intakeTask({ order, tools, beforeTurn, overview, ...repair });
    const said = await asker.ask(task);
    if ("refusal" in said) return said;
    const { result } = said.answer;
    if (result.kind === "questions") return settleQuestions(result.questions);
    const contract = settleContext(normalizeContract(result.contract), paths);
    const faults = [...lintShape(contract), ...lintContract(contract, order.config)];
    const doubts = earlier === undefined ? doubtsAbout(contract) : [];
    const [first, ...more] = [...faults, ...doubts];
    if (first === undefined) return { result: { kind: "contract", contract } };
    return { contract, faults: [first, ...more], isValid: faults.length === 0 };
  };
}

/** Normalizing can empty a line, so the schema is checked again. */
function lintShape(contract: Contract): readonly LintFault[] {
  const parsed = Contract.safeParse(contract);
  return (parsed.error?.issues ?? []).map(({ path, message }) => ({
    where: path.join("."),
    reason: message,
    accepted: "what the schema of a contract says",
  }));
}

function settleQuestions(asked: readonly string[]): Result | { readonly refusal: Refusal } {
  const questions = normalizeLines(asked);
  if (questions.length > 0) return { result: { kind: "questions", questions } };
  return {
    refusal: {
      code: "nothing-produced",
      subject: "intake",
      found: "questions without a visible word",
      accepted: "a contract, or one to three questions",
    },
  };
}

function sayFault({ where, reason, accepted }: LintFault): string {
  return `${where}: ${reason}. Accepted: ${accepted}`;
}

function refuseContract(faults: Faults): Refusal {
  const [{ where, accepted }] = faults;
  return {
    code: "contract-invalid",
    subject: where,
    found: faults.map(({ where, reason }) => `${where}: ${reason}`).join("; "),
    accepted,
    hint: "say-what-done-means",
  };
}
