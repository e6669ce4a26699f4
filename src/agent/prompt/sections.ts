import type { Contract } from "../../domain/contract.ts";
import { renderContract } from "../../domain/contract-markdown.ts";
import type { Evidence } from "../../domain/evidence.ts";
import type { Order } from "../../domain/order.ts";
import type { Plan } from "../roles/architect/answer.ts";
import {
  explainFence,
  type Fence,
  makeVisible,
  renderUntrusted,
  type Untrusted,
} from "./envelope.ts";
import type { Overview } from "./overview.ts";

/** Names of tests shown for one list. */
const NAMES = 40;
/** Characters of a failing check's output that a reviewer sees. */
const TAIL = 1_500;

/** One prompt: what data is, then the sections, those that change least first (the cache reads an exact prefix). */
export function promptOf(sections: readonly string[], fence: Fence): string {
  return [explainFence(fence), ...sections].join("\n\n");
}

export function section(title: string, body: string): string {
  return `## ${title}\n\n${body}`;
}

export function dataSection(title: string, data: Untrusted, fence: Fence): string {
  return section(title, renderUntrusted(data, fence));
}

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

/** A contract was approved or made under the config's rules: it is the task, and can only narrow what is allowed. */
export function contractSection(contract: Contract): string {
  return section("The contract", makeVisible(renderContract(contract)));
}

export function issueSection(order: Order, fence: Fence): string {
  const { issue } = order;
  if (issue === undefined) throw new TypeError("this task needs an order with an issue");
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

/** A person who labelled or approved the issue read its page, where comments do not show (threats IN-01). */
function unseenPart(text: string): string {
  return text.includes("<!--") ? ", with HTML comments that its page does not show" : "";
}

/** The plan is what another model made of texts of others: it informs, the contract binds. */
export function planSection(plan: Plan, fence: Fence): string {
  const list = (entries: readonly string[]) => entries.map((entry) => `- ${entry}`).join("\n");
  const text = `Steps:\n${list(plan.steps)}\nFiles:\n${list(plan.files)}\nRisks:\n${list(plan.risks)}`;
  return dataSection("Plan", { kind: "plan", provenance: "the architect, a model", text }, fence);
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
    "Your earlier contract was refused",
    parts.map((part) => renderUntrusted(part, fence)).join("\n"),
  );
}

/** Earlier attempts in brief: their findings quote models and checks, so they are data. */
export function priorSection(order: Order, fence: Fence): readonly string[] {
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

export function evidenceSection(evidence: readonly Evidence[], fence: Fence): string {
  const text = evidence.map(lineOf).join("\n") || "none";
  const data = {
    kind: "evidence",
    provenance: "the verify station; names and output are the change's",
    text,
  };
  return dataSection("Evidence for these very bytes", data, fence);
}

function lineOf(piece: Evidence): string {
  switch (piece.kind) {
    case "check": {
      const tail = piece.status === "passed" ? "" : `\n${piece.tail.slice(-TAIL)}`;
      const note = piece.note === undefined ? "" : `; ${piece.note}`;
      return `check ${piece.name} on ${piece.on}: ${piece.status}, exit code ${piece.exitCode}${note}${tail}`;
    }
    case "test-comparison":
      return [
        `tests (${piece.source}): ${piece.passToPass.length} pass on both`,
        namesOf("failed before, pass now", piece.failToPass),
        namesOf("passed before, fail now", piece.passToFail),
        namesOf("failed before and now", piece.failToFail),
        ...(piece.new === undefined ? [] : [namesOf("new, never seen failing", piece.new)]),
        ...(piece.altered === undefined
          ? []
          : [namesOf("asserted something else before", piece.altered)]),
      ].join("\n");
    case "criterion":
      return `criterion ${piece.criterion}: ${piece.status} by ${piece.by}`;
    case "coverage": {
      const covered = piece.files.reduce((sum, file) => sum + file.covered, 0);
      const total = piece.files.reduce((sum, file) => sum + file.total, 0);
      return `coverage: ${covered} of ${total} lines in ${piece.files.length} files (${piece.source})`;
    }
    case "dependencies":
      return namesOf(
        "packages added by the lockfile a person approved",
        piece.added.map(({ name, version }) => `${name} ${version}`),
      );
  }
}

function namesOf(title: string, names: readonly string[]): string {
  const more = names.length > NAMES ? [`… ${names.length - NAMES} more`] : [];
  return `${title}: ${[...names.slice(0, NAMES), ...more].join("; ") || "none"}`;
}
