import type { Gathered, GatheredItem } from "../../domain/loop/gathered.ts";
import { cut } from "../../domain/text/cut.ts";
import type { AutomationFacts, Repeated, SpentMoney } from "../../gatherers/automation/facts.ts";
import type { WorkflowFault } from "../../gatherers/automation/workflow-faults.ts";
import { codeSpan } from "../inert-words.ts";
import { gathered, keyed, titled } from "./bounded.ts";

/** The items of the automation auditor. */
export function automationItems(
  facts: AutomationFacts,
  { unmergedShare }: { readonly unmergedShare: number },
): Gathered {
  const { dead, refusals, rework, spent, faults, unread } = facts;
  return gathered(
    [
      ...dead.map(deadItem),
      ...refusals.map((one) => repeatedItem("refusal", one)),
      ...rework.map((one) => repeatedItem("rework", one)),
      ...(spent === undefined ? [] : spentItem(spent, unmergedShare)),
      ...faults.map(faultItem),
      ...unread.map(unreadItem),
    ],
    {
      "dead-automations": dead.length,
      "workflow-faults": faults.length,
      "unread-workflows": unread.length,
      ...(spent === undefined ? {} : { usd: spent.usd, "unmerged-usd": spent.unmergedUsd }),
    },
  );
}

function deadItem({ name, lastSuccess }: AutomationFacts["dead"][number]): GatheredItem {
  const last = lastSuccess === undefined ? "none that is known" : lastSuccess;
  return {
    key: keyed("dead", name),
    title: titled(`${name} has failed in its last three scheduled runs`),
    body: `Its last success: ${codeSpan(last)}.`,
    evidence: [{ what: "scheduled runs", at: cut(name, 1_000), output: `last success: ${last}` }],
  };
}

const REPEATED = {
  refusal: (name: string, times: number) => `The factory refused ${times} times: ${name}`,
  rework: (name: string, times: number) => `Changes were sent back ${times} times: ${name}`,
} as const;

function repeatedItem(kind: keyof typeof REPEATED, { name, ids }: Repeated): GatheredItem {
  const [first = ""] = ids;
  return {
    key: keyed(kind, name),
    title: titled(REPEATED[kind](name, ids.length)),
    body: `Counted from the ledgers, once for each time.`,
    evidence: [{ what: kind, at: first, output: cut(ids.join(" "), 10_000) }],
  };
}

function spentItem(spent: SpentMoney, share: number): readonly GatheredItem[] {
  const { usd, unmergedUsd, unmerged } = spent;
  const [first] = unmerged;
  if (first === undefined || unmergedUsd <= usd * share) return [];
  const part = Math.round((unmergedUsd / usd) * 100);
  return [
    {
      key: keyed("spent-unmerged"),
      title: titled(`${part} % of the money went into issues that were closed without a merge`),
      body: `$${unmergedUsd} of $${usd}.`,
      evidence: [
        {
          what: "spending",
          at: first.id,
          output: cut(unmerged.map(({ id, usd: one }) => `${id} $${one}`).join("\n"), 10_000),
        },
      ],
    },
  ];
}

const FAULTS = {
  unpinned: {
    title: ({ said }) => `uses ${said}, which can be moved to other code`,
    advice: "Name the full commit, or the digest of an image.",
  },
  "foreign-checkout": {
    title: ({ said }) => `checks out ${said} in a run that holds the repository's secrets`,
    advice: "Use pull_request, or do not check out what the pull request brings.",
  },
  "unused-permission": {
    title: ({ said }) => `may write ${said} and hands the token to no step`,
    advice: "Take the permission away.",
  },
} as const satisfies Record<
  WorkflowFault["kind"],
  { readonly title: (fault: WorkflowFault) => string; readonly advice: string }
>;

function faultItem(fault: WorkflowFault): GatheredItem {
  const { kind, path, line, job, said } = fault;
  return {
    key: keyed(kind, path, job, said),
    title: titled(`${path}: job ${job} ${FAULTS[kind].title(fault)}`),
    body: FAULTS[kind].advice,
    evidence: [{ what: cut(`job ${job}`, 500), at: `${path}:${line}`, output: cut(said, 10_000) }],
  };
}

function unreadItem(path: string): GatheredItem {
  return {
    key: keyed("unread", path),
    title: titled(`${path} is no YAML`),
    body: "GitHub starts nothing from it.",
    evidence: [{ what: "workflow", at: path, output: "" }],
  };
}
