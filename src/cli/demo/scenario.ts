import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import type { DemoResult } from "../shared/result.ts";

/** What a scenario wants to see at its end: a scenario about a refusal is well when just that was refused. */
const Ending = z.strictObject({
  stage: z.string(),
  merged: z.boolean().default(false),
  /** How each criterion stands in the newest evidence. */
  criteria: z.record(z.string(), z.string()).default({}),
  /** Codes, in the order in which they happened. */
  refusals: z.array(z.string()).default([]),
  /** How many attempts were sent back. */
  sentBack: z.number().int().default(0),
});
export type Ending = z.infer<typeof Ending>;

export interface Scenario {
  readonly issue: { readonly title: string; readonly body: string };
  /** Path of the script that plays the model. */
  readonly script: string;
  /** Absent: it ends well when the issue is done. */
  readonly ending: Ending | undefined;
}

/** Reads `NAME.md` (the issue), and finds `NAME.yml` (the script) and, where there is one, `NAME.ending.yml`. */
export async function readScenario(folder: string, name: string): Promise<Scenario> {
  const ending = join(folder, `${name}.ending.yml`);
  const hasEnding = await stat(ending).then(
    () => true,
    () => false,
  );
  return {
    issue: readIssue(await readFile(join(folder, `${name}.md`), "utf8")),
    script: join(folder, `${name}.yml`),
    ending: hasEnding ? Ending.parse(parse(await readFile(ending, "utf8"))) : undefined,
  };
}

function readIssue(text: string): Scenario["issue"] {
  const [first = "", ...rest] = text.split("\n");
  return { title: first.replace(/^# /, ""), body: rest.join("\n").trim() };
}

/** How a run differs from the ending that its scenario wants, in a line each; empty where it does not. */
export function missedEnding(
  ending: Ending,
  result: Pick<DemoResult, "issue" | "pullRequest" | "criteria" | "refusals" | "sentBack">,
): readonly string[] {
  const found: Ending = {
    stage: result.issue.stage,
    merged: result.pullRequest?.merged ?? false,
    criteria: Object.fromEntries(result.criteria.map(({ id, status }) => [id, status])),
    refusals: result.refusals.map(({ code }) => code),
    sentBack: result.sentBack.length,
  };
  return (Object.keys(ending) as (keyof Ending)[]).flatMap((key) => {
    const [wanted, was] = [JSON.stringify(sorted(ending[key])), JSON.stringify(sorted(found[key]))];
    return wanted === was ? [] : [`${key}: the scenario ends with ${wanted}, this run with ${was}`];
  });
}

/** Keys of an object in one order: two that say the same are the same text. */
function sorted(value: Ending[keyof Ending]): unknown {
  return typeof value === "object" && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => a.localeCompare(b)))
    : value;
}
