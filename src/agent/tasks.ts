import type { z } from "zod";
import type { Contract } from "../domain/contract.ts";
import type { Evidence } from "../domain/evidence.ts";
import type { OrderKind, OrderOf } from "../domain/order.ts";
import type { AreaQuality } from "../domain/quality.ts";
import type { Risk } from "../domain/risk.ts";
import type { ModelTask, ModelTool } from "../ports/model.ts";
import { AuditorAnswer, CoderAnswer, IntakeAnswer, Plan, ReviewerAnswer } from "./answers.ts";
import { createFence, type Fence, renderAnswer } from "./prompt/envelope.ts";
import type { Overview } from "./prompt/overview.ts";
import {
  contractSection,
  dataSection,
  evidenceSection,
  issueSection,
  overviewSection,
  planSection,
  priorSection,
  promptOf,
  repairSection,
  section,
} from "./prompt/sections.ts";
import { ROLES, type Role } from "./roles.ts";

/** What every task needs besides its facts. */
export interface Setting<Kind extends OrderKind = OrderKind> {
  readonly order: OrderOf<Kind>;
  readonly tools: readonly ModelTool[];
  readonly beforeTurn: ModelTask<unknown>["beforeTurn"];
  /** Made fresh when left out; given in tests. */
  readonly fence?: Fence;
  readonly signal?: AbortSignal;
}

/** Output tokens of one reply. */
const MAXIMUM_TOKENS = 16_000;

function task<Answer>(
  role: Role,
  setting: Setting,
  body: {
    readonly answer: z.ZodType<Answer>;
    readonly model?: string;
    sections(fence: Fence): readonly string[];
  },
): ModelTask<Answer> {
  const fence = setting.fence ?? createFence();
  return {
    role,
    model: body.model ?? setting.order.config.models.default,
    // The line `role: NAME` is also how a scripted model knows whom to play.
    system: `role: ${role}\n\n${ROLES[role].prompt}`,
    prompt: promptOf(body.sections(fence), fence),
    tools: setting.tools.map((tool) => enveloped(tool, fence)),
    answer: body.answer,
    maximumTokens: MAXIMUM_TOKENS,
    beforeTurn: setting.beforeTurn,
    ...(setting.signal === undefined ? {} : { signal: setting.signal }),
  };
}

/**
 * The same tool, whose answers and errors come in the envelope of this task: one place for every tool of every role, so
 * that none can be forgotten. Which tool spoke is the block's own to say.
 */
function enveloped(tool: ModelTool, fence: Fence): ModelTool {
  return {
    ...tool,
    async run(input) {
      try {
        return renderAnswer(await tool.run(input), fence);
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        throw new Error(renderAnswer(message, fence), { cause: error });
      }
    },
  };
}

/** Issue text to contract or questions. `repair`: an earlier contract and why the lint refused it. */
export function intakeTask(
  setting: Setting<"intake"> & {
    readonly overview: Overview;
    readonly repair?: { readonly contract: Contract; readonly faults: readonly string[] };
  },
): ModelTask<IntakeAnswer> {
  const { order, overview, repair } = setting;
  const checks = Object.keys(order.config.checks).filter((name) => name !== "setup");
  return task("intake", setting, {
    answer: IntakeAnswer,
    sections: (fence) => [
      overviewSection(overview, fence),
      section("Checks of the config", checks.join(", ") || "none"),
      issueSection(order, fence),
      ...(repair === undefined ? [] : [repairSection(repair, fence)]),
      section("Task", "Write the contract for this issue, or ask."),
    ],
  });
}

export function architectTask(
  setting: Setting<"line"> & { readonly overview: Overview; readonly contract: Contract },
): ModelTask<Plan> {
  const { order, overview, contract } = setting;
  return task("architect", setting, {
    answer: Plan,
    sections: (fence) => [
      overviewSection(overview, fence),
      contractSection(contract),
      ...priorSection(order, fence),
      section("Task", "Plan the change."),
    ],
  });
}

/**
 * One round of work. `known` is what checks said on the base before anyone worked, `failures` are the tails of checks
 * that fail after an earlier round and did not on the base.
 */
export function coderTask(
  setting: Setting<"line"> & {
    readonly contract: Contract;
    readonly plan: Plan;
    readonly known?: readonly { readonly check: string; readonly tail: string }[];
    readonly failures?: readonly { readonly check: string; readonly tail: string }[];
  },
): ModelTask<CoderAnswer> {
  const { order, contract, plan, known = [], failures = [] } = setting;
  return task("coder", setting, {
    answer: CoderAnswer,
    sections: (fence) => [
      contractSection(contract),
      planSection(plan, fence),
      section("Checks you can run", Object.keys(order.config.checks).join(", ") || "none"),
      ...known.map(({ check, tail }) =>
        dataSection(
          `The check ${check} before you started: leave what failed there, unless the contract asks for it`,
          { kind: `what ${check} said on the base`, provenance: "the sandbox", text: tail },
          fence,
        ),
      ),
      ...priorSection(order, fence),
      ...failures.map(({ check, tail }) =>
        dataSection(
          `The check ${check} fails with your change`,
          { kind: `end of the output of ${check}`, provenance: "the sandbox", text: tail },
          fence,
        ),
      ),
      section("Task", failures.length === 0 ? "Make the change." : "Repair what fails."),
    ],
  });
}

/** `diff` comes from git objects, `evidence` from verify, `risk` is the computed floor; the coder's words are not shown. */
export function reviewerTask(
  setting: Setting<"line" | "review"> & {
    readonly contract: Contract;
    readonly diff: { readonly text: string; readonly truncated: boolean };
    readonly evidence: readonly Evidence[];
    readonly risk: Risk;
  },
): ModelTask<ReviewerAnswer> {
  const { order, contract, diff, evidence, risk } = setting;
  const whole = diff.truncated
    ? "The diff is cut: you cannot see the whole change, so you cannot approve it."
    : "The diff is whole.";
  return task("reviewer", setting, {
    answer: ReviewerAnswer,
    model: order.config.models.reviewer,
    sections: (fence) => [
      contractSection(contract),
      // A person's pull request says itself what it is for; that is data, like all that people write.
      ...(order.kind === "review" ? [issueSection(order, fence)] : []),
      evidenceSection(evidence, fence),
      section("Computed risk", risk),
      dataSection(
        "The change",
        {
          kind: "unified diff",
          provenance: `${order.kind === "review" ? "a person" : "an agent"}; made from git objects`,
          text: diff.text,
        },
        fence,
      ),
      section("Task", `Review the change. ${whole}`),
    ],
  });
}

/** Remarks on areas that code has measured, the worst first. */
export function auditorTask(
  setting: Setting & { readonly areas: readonly AreaQuality[] },
): ModelTask<AuditorAnswer> {
  const figures = setting.areas.map(({ area, grade, bar, because, measures }) => {
    const list = measures.map(({ name, value, unit }) => `${name} ${value ?? "unknown"} ${unit}`);
    return `- ${area}: ${grade} (bar ${bar}; ${because}): ${list.join(", ")}`;
  });
  return task("auditor", setting, {
    answer: AuditorAnswer,
    sections: (fence) => [
      dataSection(
        "Areas and their figures",
        {
          kind: "figures",
          provenance: "measured by code; names are the repository's",
          text: figures.join("\n") || "none",
        },
        fence,
      ),
      section("Task", "Write the notes."),
    ],
  });
}
