import { Command, CommanderError } from "commander";

/**
 * Reads what a script was called with, as the commands of `millwright` read theirs. What is unknown or missing ends it with exit code 2,
 * one sentence and what to type next, `--help` with the list of options; a stack trace tells a caller nothing.
 *
 * @param {string} name what to type, like `npm run adopt --`
 * @param {Record<string, { type?: "string", multiple?: boolean, value?: string, says: string, default?: unknown }>} options
 *   without a type it takes no value; `value` names the value in the help
 * @param {{ says: string, words?: string }} about one sentence, and the name of the words beside the options, like `[files...]`
 * @returns {{ values: Record<string, any>, positionals: string[] }} `values` has the options by their names, with dashes, or their defaults
 */
export function readArguments(name, options, { says, words }) {
  const command = new Command(name)
    .description(says)
    .exitOverride()
    .allowExcessArguments(false)
    .helpOption("-h, --help", "prints this help")
    .configureOutput({ outputError: () => undefined });
  if (words !== undefined) command.argument(words);
  for (const [option, { type, multiple, value, says: means }] of Object.entries(options)) {
    const flags = type === undefined ? `--${option}` : `--${option} <${value ?? "text"}>`;
    if (multiple) command.option(flags, means, (one, all = []) => [...all, one]);
    else command.option(flags, means);
  }
  try {
    command.parse();
  } catch (error) {
    endWith(error, name);
  }
  const typed = command.opts();
  const values = Object.fromEntries(
    Object.entries(options).map(([option, { type, multiple, default: given }]) => {
      const none = multiple ? [] : type === undefined ? false : undefined;
      return [option, typed[camelCase(option)] ?? given ?? none];
    }),
  );
  return { values, positionals: command.args };
}

/** Ends the script for wrong usage: one sentence, and exit code 2. */
export function refuseUsage(name, sentence) {
  console.error(`${name.replace(/ --$/, "")}: ${sentence}\nTry \`${name} --help\`.`);
  process.exit(2);
}

function endWith(error, name) {
  if (!(error instanceof CommanderError)) throw error;
  if (error.exitCode === 0) process.exit(0);
  refuseUsage(name, error.message.replace(/^error: /, ""));
}

/** An option's name in commander's form. */
function camelCase(option) {
  return option.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());
}
