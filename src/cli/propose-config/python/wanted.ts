import { at } from "../parsed.ts";
import type { ProposedCheck } from "../proposal.ts";
import { copiedArguments, type ToolCall } from "./ci.ts";
import type { Project } from "./project.ts";

/** A check before it is known how its tool is called. */
export interface Wanted extends Omit<ProposedCheck, "run" | "only"> {
  /** The module that Python runs; undefined when the command stands for itself. */
  readonly tool: string | undefined;
  readonly arguments: string;
  /** What it needs beside its tool and the project's own requirements, as pip writes them. */
  readonly beside?: readonly string[];
  /** The arguments with which some files run alone. */
  readonly only?: string;
}

export function called(
  calls: readonly ToolCall[],
  is: (call: ToolCall, values: readonly string[]) => boolean,
): Pick<Wanted, "arguments" | "because" | "beside"> | undefined {
  for (const call of calls) {
    if (
      !is(
        call,
        call.arguments.map(({ value }) => value),
      )
    )
      continue;
    const words = copiedArguments(call);
    if (words === undefined) continue;
    const { workflow, beside = [] } = call;
    return {
      arguments: words,
      because: `${workflow} runs it`,
      ...(beside.length === 0 ? {} : { beside }),
    };
  }
  return undefined;
}

export function configured(
  { look, pyproject, setupCfg, tox }: Project,
  places: {
    readonly table?: string;
    readonly files?: readonly string[];
    readonly section?: string;
  },
): string | undefined {
  const file = places.files?.find((path) => look.has(path));
  if (file !== undefined) return look.place(file);
  if (places.table !== undefined && at(pyproject, "tool", places.table) !== undefined) {
    return `${look.place("pyproject.toml")} tool.${places.table}`;
  }
  if (places.section === undefined) return undefined;
  if (setupCfg.has(places.section)) return `${look.place("setup.cfg")} [${places.section}]`;
  return tox.has(places.section) ? `${look.place("tox.ini")} [${places.section}]` : undefined;
}
