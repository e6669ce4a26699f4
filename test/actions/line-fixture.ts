import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ReviewerAnswer } from "../../src/agent/roles/reviewer/answer.ts";
import { Config } from "../../src/domain/config/schema.ts";
import {
  digestOfOrder,
  type LineOrder,
  type NightlyOrder,
  type Order,
} from "../../src/domain/order.ts";
import type { ImplementProposal, VerifyProposal } from "../../src/domain/proposal.ts";
import { NO_USAGE } from "../../src/domain/usage.ts";
import { proofOf } from "../domain/proofs.ts";
import { lineOrder, nightlyOrder } from "../workers/orders.ts";

/** A repository without dependencies whose one test knows the price of Sweden. */
export const LINE_FILES = {
  ".gitignore": "reports/\n",
  "src/zones.mjs": "export const quote = (country) => (country === 'SE' ? 900 : 1200);\n",
  "test/zones.test.mjs": `import assert from "node:assert/strict";
import { it } from "node:test";
import { quote } from "../src/zones.mjs";
it("prices Sweden", () => assert.equal(quote("SE"), 900));
`,
};
export const NEW_SOURCE =
  "const ZONES = { SE: 900, NO: 1140 };\nexport const quote = (country) => ZONES[country] ?? 1200;\n";
export const NEW_TEST = `${LINE_FILES["test/zones.test.mjs"]}it("prices Norway as zone 2", () => assert.equal(quote("NO"), 1140));\n`;

const TEST =
  "mkdir -p reports && node --test --test-reporter=junit --test-reporter-destination=reports/junit.xml 'test/**/*.test.mjs'";

export const ZONE_CONFIG = Config.parse({
  checks: { test: { run: TEST, report: "reports/junit.xml" } },
});

export function zoneOrder(base: string, changes: Partial<LineOrder> = {}): LineOrder {
  return lineOrder({ base, config: ZONE_CONFIG, ...changes });
}

/** The same repository, to be measured at night. */
export function zoneNight(base: string, config: Config): NightlyOrder {
  return nightlyOrder({ base, config });
}

const head = (order: Order) => ({
  version: 1 as const,
  order: digestOfOrder(order),
  usage: NO_USAGE,
  durationMs: 1,
});

export function implemented(order: Order): ImplementProposal {
  const file = (path: string, content: string) =>
    ({ path, mode: "100644", encoding: "utf-8", content }) as const;
  const files = [file("src/zones.mjs", NEW_SOURCE), file("test/zones.test.mjs", NEW_TEST)];
  return {
    ...head(order),
    worker: "implement",
    plan: { steps: [], files: [] },
    changeSet: { base: order.base, files },
    summary: "Prices Norway.",
    assumptions: [],
    ran: [],
  };
}

export function verified(order: Order, tree: string): VerifyProposal {
  const subject = { base: order.base, tree };
  return {
    ...head(order),
    worker: "verify",
    subject,
    changedLines: 3,
    commands: { count: 2, durationMs: 900 },
    evidence: [proofOf(subject, "AC1", { test: "a test" })],
  };
}

export function reviewAnswer(summary = "Does what was asked."): ReviewerAnswer {
  return {
    decision: "approve",
    summary,
    findings: [],
    assumptions: [],
    notVerified: [],
    smallestRollback: "revert the merge",
    criteria: ["AC1", "AC2"].map((id) => ({ id, answer: "yes", evidence: "seen", quotes: [] })),
    risk: "low",
  };
}

/** The tree that git itself makes of the checkout's head and that change, in a copy of it. */
export function treeOf(workspace: string, change: ImplementProposal["changeSet"]): string {
  const folder = mkdtempSync(join(tmpdir(), "tree-"));
  const git = (args: readonly string[], input = "") =>
    execFileSync("git", [...args], { cwd: folder, input, encoding: "utf8" }).trim();
  try {
    cpSync(join(workspace, ".git"), join(folder, ".git"), { recursive: true });
    git(["read-tree", change.base]);
    for (const file of change.files) {
      if ("deleted" in file) git(["rm", "-q", "--cached", file.path]);
      else {
        const id = git(["hash-object", "-w", "--stdin"], file.content);
        git(["update-index", "--add", "--cacheinfo", `${file.mode},${id},${file.path}`]);
      }
    }
    return git(["write-tree"]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
