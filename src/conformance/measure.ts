import type { Findings } from "../domain/platform/conformance.ts";
import { messageOf } from "../domain/text/message-of.ts";
import type { Clock } from "../ports/clock.ts";
import type { Wire } from "../ports/wire.ts";
import { RefAnswer, RepositoryAnswer, RuleList } from "./answers.ts";
import { canaryOf } from "./canary.ts";
import { measureCommits } from "./commits.ts";
import { measureMarks } from "./marks.ts";
import { createProbe, type Probe } from "./probe.ts";
import { measurePull } from "./pulls.ts";
import { measureRuns } from "./runs.ts";
import { tidy } from "./tidy.ts";

export interface Measured {
  readonly findings: Findings;
  /** Parts that could not be finished, and their leftovers: one line each. */
  readonly notes: readonly string[];
}

/** Plays a line's requests on throwaway branches, reports GitHub's behavior, and removes everything that it created. */
export async function measure(
  asked: {
    readonly run: { readonly id: number; readonly attempt: number };
    /** File of the caller's workflow, which it dispatches. */
    readonly workflow: string;
    readonly paceMs: number;
  },
  ports: { readonly wire: Wire; readonly clock: Clock },
): Promise<Measured> {
  const probe = createProbe(ports, asked.paceMs);
  const notes: string[] = [];
  let findings: Findings = {};
  const part = async (name: string, play: () => Promise<Findings>) => {
    try {
      const found = await play();
      findings = { ...findings, ...found };
    } catch (error: unknown) {
      notes.push(`${name}: ${messageOf(error)}`);
    }
  };
  const canary = canaryOf(asked.run);
  // Leftovers of an earlier run whose machine was lost. Its branches must not look like ours.
  await part("before", () => cleared(probe, notes));
  const { default_branch: branch } = await probe.get(RepositoryAnswer, "GET /");
  const start = await probe.get(RefAnswer, "GET /git/ref/{ref}", { ref: `heads/${branch}` });
  await part("settings", () => measureRules(probe, branch));
  await part("branches", async () => {
    const commits = await measureCommits(probe, canary, start.object.sha);
    findings = { ...findings, ...commits.findings };
    const pull = await measurePull(probe, canary, commits.head);
    findings = { ...findings, ...pull.findings };
    return measureMarks(probe, canary, { head: commits.head, pull: pull.number });
  });
  await part("runs", () => measureRuns(probe, asked.workflow, branch));
  await part("after", () => cleared(probe, notes));
  return { findings: { ...findings, ...probe.tally.findings() }, notes };
}

async function cleared(probe: Probe, notes: string[]): Promise<Findings> {
  const left = await tidy(probe);
  if (left.length > 0) notes.push(`left behind: ${left.join(", ")}`);
  return {};
}

/** Kinds of rules for the factory's branches and for the default branch. */
async function measureRules(probe: Probe, branch: string): Promise<Findings> {
  const rulesOf = async (name: string) => {
    const rules = await probe.get(RuleList, "GET /rules/branches/{branch}", { branch: name });
    return [...new Set(rules.map(({ type }) => type))].sort().join(", ") || "none";
  };
  return { "5.3": await rulesOf("factory/1-1"), "5.4": await rulesOf(branch) };
}
