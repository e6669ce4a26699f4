import tab, { script } from "@bomb.sh/tab";
import addCompletion from "@bomb.sh/tab/commander";
import type { Command, CommandUnknownOpts } from "@commander-js/extra-typings";
import type { Context } from "../command/context.ts";
import { describeCommand, hushed } from "../command/declare.ts";
import { oneOf } from "../command/option-values.ts";
import { outputOf } from "../command/output.ts";

const SAYS = {
  summary: "prints a completion script for a shell",
  description:
    "Prints a script that completes commands, options and their values in a shell. Load it where your shell begins.",
  examples: ["source <(millwright completion bash)", "millwright completion fish | source"],
  result: "the script",
};

/** Adds `completion`, and the hidden `complete` that its script calls. The library knows both; this project says what is printed. */
export function declareCompletion(program: CommandUnknownOpts, { write, end }: Context): void {
  // Its types are those of commander, which carries the types of options nowhere; the class is the same one.
  addCompletion(program as unknown as Parameters<typeof addCompletion>[0], {
    completionCommandName: "completion",
  });
  for (const command of program.commands) hushed(command);
  const completion = program.commands.find((command) => command.name() === "completion");
  if (completion === undefined) throw new Error("@bomb.sh/tab added no command completion");
  const [shell] = completion.registeredArguments;
  if (shell !== undefined) {
    shell.description = "the shell";
    shell.argParser(oneOf(undefined, shell.argChoices ?? []));
  }
  // The library's command has no options and no typed argument: what is read of it is read below.
  describeCommand(completion as unknown as Command<[string]>, SAYS).action((name, options) => {
    const text = scriptFor(name, program.name());
    write(outputOf(options).json ? `${JSON.stringify({ shell: name, script: text })}\n` : text);
    end(0);
  });
  // The library looked at its own command before it had options.
  for (const { long, description } of completion.options) {
    if (long) tab.commands.get("completion")?.option(long.slice(2), description);
  }
}

/** The library prints a script by the console, at once, and answers nothing. */
function scriptFor(shell: string, program: string): string {
  const { log } = console;
  const lines: string[] = [];
  console.log = (...words: readonly unknown[]) => void lines.push(words.join(" "));
  try {
    script(shell, program, program);
  } finally {
    console.log = log;
  }
  return `${lines.join("\n")}\n`;
}
