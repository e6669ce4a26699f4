import type { Config } from "../../domain/config/schema.ts";
import { servicesFor } from "../../domain/config/services/plan.ts";
import type { Contract } from "../../domain/contract.ts";
import type { OrderOf } from "../../domain/order.ts";
import { renderContract } from "../../wording/contract-markdown.ts";
import type { Plan } from "../roles/architect/answer.ts";
import { type Fence, makeVisible, renderUntrusted } from "./envelope.ts";
import type { Overview } from "./overview.ts";
import { dataSection, section } from "./section.ts";

export function overviewSection(overview: Overview, fence: Fence): string {
  const provenance = "the repository at the base commit";
  const parts = [
    { kind: `paths of ${overview.files} files`, text: overview.tree },
    ...overview.documents.map(({ path, text }) => ({ kind: `file ${path}`, text })),
  ];
  return section(
    "The repository",
    parts.map((part) => renderUntrusted({ ...part, provenance }, fence)).join("\n"),
  );
}

/** The contract was approved, or made under the config's rules. It is the task, and can only narrow what is allowed. */
export function contractSection(contract: Contract): string {
  return section("The contract", makeVisible(renderContract(contract)));
}

export function issueSection(order: OrderOf<"intake" | "line" | "review">, fence: Fence): string {
  const { issue } = order;
  const texts = [
    { kind: `title of issue #${issue.number}`, author: issue.author, text: issue.title },
    { kind: `issue #${issue.number}`, author: issue.author, text: issue.body },
    ...issue.remarks.map(({ author, body }) => ({
      kind: `remark on issue #${issue.number}`,
      author,
      text: body,
    })),
  ];
  return section(
    `The issue, as it stood at ${order.at}`,
    texts
      .map(({ kind: what, author, text }) => {
        const kind = `${what}${unseenPart(text)}`;
        const provenance = `${author.login} (id ${author.id}), permission ${author.permission}`;
        return renderUntrusted({ kind, provenance, text }, fence);
      })
      .join("\n"),
  );
}

/** A person who labeled or approved the issue read its page, where comments are not visible (threats IN-01). */
function unseenPart(text: string): string {
  return text.includes("<!--") ? ", with HTML comments that its page does not show" : "";
}

/** Services beside a coder's and a tester's commands; empty if the config has none. */
export function servicesSection(config: Config): readonly string[] {
  const services = servicesFor(config, "agent");
  if (services === undefined) return [];
  const places = services.plans.map(({ name, port }) =>
    port === undefined ? `- ${name}` : `- ${name}, on 127.0.0.1:${port}`,
  );
  const variables = Object.entries(services.environment).map(
    ([name, value]) => `- ${name}=${value}`,
  );
  const body = [
    "These run beside your shell. Their data stays until your work ends; each check begins with fresh ones.",
    ...places,
    ...(variables.length === 0 ? [] : ["They are named in the environment:", ...variables]),
  ];
  return [section("Services", body.join("\n"))];
}

/** Another model made the plan from foreign texts, so it informs; the contract binds. */
export function planSection(plan: Plan, fence: Fence): string {
  const list = (entries: readonly string[]) => entries.map((entry) => `- ${entry}`).join("\n");
  const text = `Steps:\n${list(plan.steps)}\nFiles:\n${list(plan.files)}\nRisks:\n${list(plan.risks)}`;
  return dataSection("Plan", { kind: "plan", provenance: "the architect, a model", text }, fence);
}

/** The part of a plan that a tester sees: the public interface of the change. */
export function interfacesSection(interfaces: readonly string[], fence: Fence): string {
  const text = interfaces.map((line) => `- ${line}`).join("\n") || "none";
  const data = { kind: "interfaces", provenance: "the architect, a model", text };
  return dataSection("Interfaces of the plan", data, fence);
}

/** Existing tests that the change has to pass: paths and words of another model. */
export function testsSection(
  tests: {
    readonly files: readonly string[];
    readonly proofs: readonly { readonly criterion: string; readonly tests: readonly string[] }[];
  },
  fence: Fence,
): string {
  const named = tests.proofs.map(({ criterion, tests: ids }) => `${criterion}: ${ids.join("; ")}`);
  const files = tests.files.length === 0 ? ["no new file"] : tests.files;
  const text = ["Files:", ...files, "Tests by criterion:", ...named].join("\n");
  return dataSection(
    "Acceptance tests that stand in your working directory: make them pass, they are not yours to change",
    { kind: "tests", provenance: "the tester, a model", text },
    fence,
  );
}

/** The faults quote the contract, and the contract the issue. */
export function repairSection(
  repair: { readonly contract: Contract; readonly faults: readonly string[] },
  fence: Fence,
): string {
  const parts = [
    { kind: "what was wrong", provenance: "the lint; quotes you", text: repair.faults.join("\n") },
    {
      kind: "your earlier contract",
      provenance: "you, in this run",
      text: renderContract(repair.contract),
    },
  ];
  return section(
    "Your earlier contract came back",
    parts.map((part) => renderUntrusted(part, fence)).join("\n"),
  );
}

/** Faults of the tests of earlier attempts, newest last. Data, because it quotes a reviewer and names tests. */
export function earlierTestsSection(
  { prior }: Pick<OrderOf<"line">, "prior">,
  fence: Fence,
): readonly string[] {
  const lines = prior.flatMap(({ attempt, aboutTests = [] }) =>
    aboutTests.map((line) => `attempt ${attempt}: ${line}`),
  );
  if (lines.length === 0) return [];
  const text = lines.slice(-MOST_LINES).join("\n");
  const data = { kind: "what was wrong with tests", provenance: "the factory's ledger", text };
  return [dataSection("The tests of earlier attempts, which are not there any more", data, fence)];
}

/** The most lines of all attempts; the newest say most. */
const MOST_LINES = 12;

/** Earlier attempts in brief: their findings quote models and checks, so they are data. */
export function priorSection(order: OrderOf<"intake" | "line">, fence: Fence): readonly string[] {
  if (order.prior.length === 0) return [];
  const texts = order.prior.map(({ attempt, outcome, findings }) =>
    renderUntrusted(
      {
        kind: `attempt ${attempt}`,
        provenance: "the factory's ledger",
        text: [outcome, ...findings].join("\n"),
      },
      fence,
    ),
  );
  return [section("Earlier attempts that did not land", texts.join("\n"))];
}
