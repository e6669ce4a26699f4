import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  type Comparison,
  compareSides,
  type Outcome,
  type PlayedCase,
} from "../../measures/evaluation/compare.ts";
import { sayComparison } from "../../wording/lessons/say-comparison.ts";
import { readNamedFile } from "../command/named-file.ts";
import { terminalFor } from "../command/output.ts";
import { untilInterrupted } from "../command/until-interrupted.ts";
import { UsageError } from "../command/usage-error.ts";
import type { RehearsalResult } from "../rehearse/rehearsal-result.ts";
import type { Terminal } from "../shared/terminal.ts";
import type { EvalArguments } from "./arguments.ts";
import { type Case, type Good, readCase, recordCase } from "./case.ts";
import { type PlayCase, playByRehearsal } from "./play-case.ts";

export interface PlayTold {
  readonly name: string;
  readonly side: "before" | "after";
  readonly outcome: Outcome;
  readonly ended: Good;
  readonly page: string;
}

/** What `--json` prints. */
export interface EvalResult {
  readonly ok: boolean;
  readonly comparison: Comparison;
  readonly repeat: number;
  /** Each play, with how it ended and the page that tells of it. */
  readonly plays: readonly PlayTold[];
  /** Plays that came to nothing, each with the reason. */
  readonly failed: readonly string[];
}

/** `millwright eval`: answers the exit code. */
export async function playEval(
  asked: EvalArguments,
  given: {
    readonly millwright: string;
    readonly environment: Readonly<Record<string, string | undefined>>;
    readonly write: (text: string) => void;
  },
): Promise<number> {
  if (asked.kind === "record") {
    await record(asked);
    terminalFor(asked).line(`wrote ${asked.record}`);
    if (asked.json) given.write(`${JSON.stringify({ ok: true, record: asked.record })}\n`);
    return 0;
  }
  const cases = await casesIn(asked.cases);
  return untilInterrupted(
    asked,
    async ({ signal, terminal }) => {
      const { environment, millwright: after } = given;
      const play = playByRehearsal({ before: asked.against, after }, { environment, signal });
      const result = await compareCases(cases, { play, repeat: asked.repeat, terminal });
      const { results } = terminal;
      for (const line of sayComparison(result.comparison)) results.line(line);
      for (const { name, side, ended, page } of result.plays) {
        const end = `${ended.stage}${ended.merged ? ", merged" : ""}`;
        results.line(`  ${name}, ${side}: ${end}, ${page}`);
      }
      for (const line of result.failed) results.line(`  not played: ${line}`);
      return result;
    },
    ({ ok }) => (ok ? 0 : 1),
  );
}

async function record(asked: Extract<EvalArguments, { kind: "record" }>): Promise<void> {
  const said = (await readNamedFile("--rehearsal", asked.rehearsal)).toString("utf8");
  const last = said.trim().split("\n").at(-1) ?? "";
  if (!last.startsWith("{")) {
    throw new UsageError(`--rehearsal: ${asked.rehearsal} does not end with the object of --json`);
  }
  const result = JSON.parse(last) as RehearsalResult;
  if (!result.ok)
    throw new UsageError("--rehearsal: it did not end well: that is no outcome to keep");
  const text = recordCase(result, { path: asked.record, issue: asked.issue, config: asked.config });
  await writeFile(asked.record, text, { flag: "wx" }).catch((error: unknown) => {
    throw new UsageError(`--record: ${error instanceof Error ? error.message : String(error)}`);
  });
}

/** @throws UsageError for a folder without cases, or a file that is none */
async function casesIn(folder: string): Promise<readonly Case[]> {
  const names = await readdir(folder).catch(() => {
    throw new UsageError(`--cases: there is no folder ${folder}`);
  });
  const files = names.filter((name) => name.endsWith(".yml")).sort();
  if (files.length === 0) throw new UsageError(`--cases: ${folder} holds no NAME.yml`);
  return Promise.all(
    files.map(async (file) => {
      const path = join(folder, file);
      const text = (await readNamedFile("--cases", path)).toString("utf8");
      try {
        return readCase(text, path, file.slice(0, -".yml".length));
      } catch (error) {
        throw new UsageError(`--cases: ${error instanceof Error ? error.message : String(error)}`);
      }
    }),
  );
}

/** One play after the other, the sides by turns: what changes with time changes both. */
export async function compareCases(
  cases: readonly Case[],
  given: { readonly play: PlayCase; readonly repeat: number; readonly terminal: Terminal },
): Promise<EvalResult> {
  const { play, repeat, terminal } = given;
  const failed: string[] = [];
  const plays: PlayTold[] = [];
  const played: PlayedCase[] = [];
  for (const one of cases) {
    const found: Record<"before" | "after", Outcome[]> = { before: [], after: [] };
    for (let count = 1; count <= repeat; count += 1) {
      for (const side of ["before", "after"] as const) {
        terminal.transient(`  ${one.name}, ${side}, play ${count} of ${repeat}`);
        const told = await play(one, side);
        if ("failed" in told) failed.push(`${one.name}, ${side}: ${told.failed}`);
        else {
          found[side].push(told.outcome);
          plays.push({ name: one.name, side, ...told });
        }
      }
    }
    played.push({ name: one.name, ...found });
  }
  return { ok: failed.length === 0, comparison: compareSides(played), repeat, plays, failed };
}
