import type { ControlResult } from "../../../../../src/control/observed/situation.ts";
import type { CheckRun } from "../../../../../src/domain/evidence.ts";
import { digestOfOrder, type Order, type RevertOrder } from "../../../../../src/domain/order.ts";
import { NO_USAGE } from "../../../../../src/domain/usage.ts";
import type { GitHub } from "../../../../../src/ports/github.ts";
import {
  deliver,
  deliveries,
  green,
  newLine,
  orderOf,
  PROBE_ID,
  type SmokeStatus,
  smoke,
  type TestLine,
  toBuilding,
} from "../../../line.ts";
import { type Files, treeFiles } from "../../../three-way/tree-of.ts";

export const PARENT_OF_MERGE = "d".repeat(40);

const BASE: Files = { "src/greet.ts": "export const a = 0;\n", "README.md": "# App\n" };
export const MADE: Files = {
  ...BASE,
  "src/greet.ts": "export const a = 1;\n",
  "test/greet.test.ts": "test();\n",
};

/** What GitHub holds: the merge and its parent, and what stands on the default branch now. */
export interface History {
  readonly parent?: Files;
  readonly merged?: Files;
  readonly head?: Files;
  /** Parents of the merge; one is a squash. */
  readonly parents?: readonly string[];
}

export function looksAt(
  line: TestLine,
  mergeSha: string,
  history: History = {},
): Pick<GitHub, "treeAt" | "bytesAt"> {
  const { parent = BASE, merged = MADE, head = merged } = history;
  const { parents = [PARENT_OF_MERGE, "e".repeat(40)] } = history;
  const at = (commit: string): Files => {
    if (commit === PARENT_OF_MERGE) return parent;
    if (commit === mergeSha) return merged;
    if (commit === line.github.head()) return head;
    throw new Error(`nobody made the commit ${commit}`);
  };
  return {
    treeAt: async (commit) => ({ parents, files: { known: treeFiles(at(commit)) } }),
    bytesAt: async (commit, paths) =>
      paths.map((path) => {
        const file = at(commit)[path];
        return { known: typeof file === "string" ? new TextEncoder().encode(file) : null };
      }),
  };
}

/** A smoke test that saw the commit live: each probe as said, after it passed at the merge's parent. */
export function smokedLive(
  order: Order,
  status: SmokeStatus,
  before: "passed" | "failed" | "unknown" = "passed",
) {
  const proposal = smoke(order, status);
  if (proposal.worker !== "post-merge-smoke") throw new Error("no smoke test");
  const probes = proposal.probes.map((probe) => ({
    ...probe,
    tries: Array.from({ length: status === "failed" ? 3 : 1 }, () => probe.tries[0]),
    before:
      before === "unknown"
        ? { status: before }
        : { status: before, commit: PARENT_OF_MERGE, seen: "in-this-job" },
  }));
  const id = { id: PROBE_ID };
  return {
    ...proposal,
    liveSha: proposal.mergeSha,
    probes: probes.map((probe) => ({ ...probe, ...id })),
  };
}

/** From the label to a merge by the factory, and what its smoke test came to. */
export async function toFailed(
  options: {
    readonly config?: string;
    readonly sealKey?: string | null;
    readonly history?: History;
    /** What happens between the merge and the record. */
    readonly meanwhile?: (line: TestLine) => void;
    readonly smoked?: (order: Order) => unknown;
  } = {},
) {
  const { config, sealKey } = options;
  const line = newLine({
    ...(config === undefined ? {} : { config }),
    ...(sealKey === undefined ? {} : { sealKey }),
  });
  const building = await toBuilding(line);
  const { issue, event } = building;
  const settled = await line.run("settle", {
    ...building,
    proposals: deliveries(green(line.github, building.order)),
  });
  const order = orderOf(settled);
  if (order.kind !== "release") throw new Error(`an order of kind ${order.kind}`);
  options.meanwhile?.(line);
  const looks = looksAt(line, order.release.mergeSha, options.history);
  const said = options.smoked?.(order) ?? smokedLive(order, "failed");
  const result = await line.run("record", {
    event,
    issue,
    order,
    proposals: [deliver("post-merge-smoke", said)],
    ...looks,
  });
  return { line, issue, event, merge: order.release.mergeSha, result, looks };
}

export function revertOrderOf(result: ControlResult): RevertOrder {
  const order = orderOf(result);
  if (order.kind !== "revert") throw new Error(`an order of kind ${order.kind}`);
  return order;
}

/** What verify says of the tree that is left; `failing` names the check that fails on it. */
export function verified(line: TestLine, order: RevertOrder, failing?: string) {
  const { changeSet } = order.revert;
  const subject = { base: order.base, tree: line.github.treeWith(changeSet) };
  const run = (name: string): CheckRun => ({
    kind: "check",
    name,
    on: "change",
    subject,
    command: `npm run ${name}`,
    status: name === failing ? "failed" : "passed",
    exitCode: name === failing ? 1 : 0,
    durationMs: 10,
    tail: "",
    outputBytes: 0,
  });
  return deliver("verify", {
    version: 1,
    order: digestOfOrder(order),
    worker: "verify",
    usage: NO_USAGE,
    durationMs: 20,
    subject,
    evidence: [run("lint"), run("test")],
    changedLines: 3,
    commands: { count: 2, durationMs: 900 },
  });
}
