import type { Look } from "./look.ts";
import { type Command, readChain, withoutAssignments, writeCommand } from "./shell-text.ts";

/** A call of a tool that the repository shows: its arguments, and where it was seen. */
export interface ToolCall {
  readonly tool: string;
  readonly arguments: Command;
  readonly because: string;
}

/** What CI calls in the folder, each behind what `strip` takes off, such as `bundle exec`. */
export function callsOfCi(look: Look, strip: (words: Command) => Command): readonly ToolCall[] {
  return look.ci.flatMap(({ words, workflow }) =>
    callOf(strip(withoutAssignments(words)), `${workflow} runs it`),
  );
}

/** The calls of a script: none of one that is more than commands joined by `&&`. */
export function callsOfScript(
  script: { readonly text: string; readonly because: string },
  strip: (words: Command) => Command,
): readonly ToolCall[] {
  return (readChain(script.text) ?? []).flatMap((words) =>
    callOf(strip(withoutAssignments(words)), script.because),
  );
}

function callOf(words: Command, because: string): readonly ToolCall[] {
  const [tool, ...rest] = words;
  return tool === undefined
    ? []
    : [{ tool: tool.value.replace(/^.*\//, ""), arguments: rest, because }];
}

/**
 * The first call of a tool that can be copied, its arguments as they were written with a space before each, without those
 * that `drop` names.
 */
export function copied(
  calls: readonly ToolCall[],
  wanted: { readonly tool: RegExp; readonly drop?: RegExp; readonly unless?: RegExp },
): { readonly flags: string; readonly because: string } | undefined {
  const call = calls.find(
    ({ tool, arguments: words }) =>
      wanted.tool.test(tool) &&
      words.every(({ plain }) => plain) &&
      !words.some(({ value }) => wanted.unless?.test(value)),
  );
  if (call === undefined) return undefined;
  const kept = call.arguments.filter(({ value }) => !wanted.drop?.test(value));
  return { flags: kept.length === 0 ? "" : ` ${writeCommand(kept)}`, because: call.because };
}
