import { tokensOf } from "../../domain/budget.ts";
import { counted, sayDuration, sayTokens, sayUsd } from "../../wording/figures.ts";
import { sayNoticed } from "../../wording/noticed.ts";
import type { DemoResult } from "../story/result.ts";
import { newest, type Story } from "../story/story.ts";
import type { Terminal } from "./terminal.ts";

/** The last lines of a demo: what came out, what proved it, what it cost, where to read more. */
export function sayEnding(options: {
  readonly result: DemoResult;
  readonly story: Story;
  readonly sentence: string;
  readonly terminal: Terminal;
  readonly unplayed: readonly string[];
}): void {
  const { result, story, sentence, terminal, unplayed } = options;
  const row = (name: string, text: string) =>
    terminal.line(`  ${terminal.style("dim", name.padEnd(12))}${text}`);
  terminal.line();
  terminal.results.line(
    `  ${terminal.style(result.ok ? "green" : "red", result.ok ? "✓" : "✗")} ${terminal.style("bold", sentence)}`,
  );
  terminal.line();
  const { checks, failToPass, passToPass } = result.evidence;
  if (checks.length > 0) {
    row("checks", checks.map(({ name, status }) => `${name} ${status}`).join(", "));
    row(
      "tests",
      `${failToPass.length} failed on the base and pass now, ${passToPass} passed before and still do`,
    );
  }
  for (const said of sayNoticed(newest(story, "verify")?.evidence ?? [])) row("notices", said);
  if (result.smoke !== null) row("smoke", result.smoke.status);
  if (result.restoredMs !== null)
    row("restored", `${sayDuration(result.restoredMs)} after the merge`);
  if (result.humanActions.length > 0) row("people", result.humanActions.join(", "));
  row(
    "jobs",
    `${result.jobs.count} from label to ${result.issue.stage}, ${counted(result.jobs.billedMinutes, "minute")} billed`,
  );
  row(
    "requests",
    `${result.requests.rest + result.requests.graphql} to the API, ${result.requests.writes} of them writes`,
  );
  row(
    "model",
    `${sayTokens(tokensOf(story.usage))} tokens in ${counted(story.usage.requests, "call")}, ${sayUsd(result.usage.usd)} at list price`,
  );
  row(
    "time",
    `${sayDuration(result.durationMs)}, of which ${sayDuration(result.modelMs)} waiting for the model`,
  );
  row("page", result.page);
  if (result.summaries !== null) row("summaries", result.summaries);
  for (const line of unplayed)
    terminal.results.line(`  ${terminal.style("dim", "not played".padEnd(12))}${line}`);
}
