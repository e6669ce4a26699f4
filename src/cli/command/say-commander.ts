import type { CommanderError, CommandUnknownOpts } from "@commander-js/extra-typings";

/**
 * What commander refused, in this project's words. It tells what was typed in its message alone, so that this reads the message;
 * one that is not known here is said as it stands.
 * @param command whose words were wrong; absent where the command itself is none
 */
export function sayCommander(
  { code, message }: Pick<CommanderError, "code" | "message">,
  command: CommandUnknownOpts | undefined,
): string {
  const plain = message.replace(/^error: /, "");
  const [, quoted = ""] = /'([^']*)'/.exec(plain) ?? [];
  const [, nearest] = /\(Did you mean (?:one of )?([^?]*)\?\)/.exec(plain) ?? [];
  const hint = nearest === undefined ? "" : `. Did you mean ${nearest}?`;
  const name = command?.name() ?? "millwright";
  switch (code) {
    case "commander.unknownOption":
      return `${name} has no option ${quoted}${hint}`;
    case "commander.unknownCommand":
      return `there is no command "${quoted}"${hint}`;
    case "commander.optionMissingArgument":
      return `${quoted.split(/[ ,]+/).find((word) => word.startsWith("--")) ?? quoted} needs a value: ${quoted}`;
    case "commander.missingArgument":
      return `${name} needs ${choicesOf(command, quoted)}`;
    case "commander.excessArguments":
      return `${name} takes ${wordsOf(command)}, found ${JSON.stringify(surplusOf(command))}`;
    default:
      return plain;
  }
}

/** What a word can be that is missing. */
function choicesOf(command: CommandUnknownOpts | undefined, name: string): string {
  const choices = command?.registeredArguments.find((one) => one.name() === name)?.argChoices ?? [];
  return choices.length === 0 ? `a ${name}` : `one of these words: ${choices.join(", ")}`;
}

function wordsOf(command: CommandUnknownOpts | undefined): string {
  const count = command?.registeredArguments.length ?? 0;
  if (count === 0) return "no word beside its options";
  return count === 1 ? "one word beside its options" : `${count} words beside its options`;
}

function surplusOf(command: CommandUnknownOpts | undefined): string {
  return command?.args.at(command.registeredArguments.length) ?? "";
}
