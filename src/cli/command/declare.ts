import { Command, type CommandUnknownOpts } from "@commander-js/extra-typings";
import { widthOf } from "../shared/terminal.ts";
import { wrapWords } from "../shared/wrap-words.ts";

/** What `millwright COMMAND --help` says beside the options. */
export interface Says {
  /** A line in the list of commands. */
  readonly summary: string;
  /** What it does, in a paragraph. */
  readonly description: string;
  /** Command lines that can be typed as they stand, after `npm ci` in a clone. */
  readonly examples: readonly string[];
  /** What each exit code means; 2 is wrong usage for all of them. */
  readonly exits?: Readonly<Record<number, string>>;
}

/** Of a help page that no terminal shows, as commander has it (characters). */
const WIDTH = 80;

const EXITS = { 0: "done", 1: "it stopped; the output says why" };

/** A command without options yet: what it says of itself, and how it answers what it does not know. */
export function declareCommand(name: string, says: Says): Command {
  return quiet(new Command(name))
    .summary(says.summary)
    .description(says.description)
    .addHelpText("after", ({ error }) => {
      const width = widthOf(error ? process.stderr : process.stdout) ?? WIDTH;
      return `\n${sayAfter(says, width)}`;
    });
}

/** Nothing ends the process or writes by itself: whoever parses says what was wrong, in one place. */
export function quiet<Any extends CommandUnknownOpts>(command: Any): Any {
  command
    .exitOverride()
    .helpOption("-h, --help", "prints this help")
    // Wraps beside long options on a narrow terminal, too.
    .configureHelp({ subcommandTerm, minWidthToWrap: 12 })
    .configureOutput({
      outputError: () => undefined,
      getOutHelpWidth: () => widthOf(process.stdout) ?? WIDTH,
      getErrHelpWidth: () => widthOf(process.stderr) ?? WIDTH,
    });
  return command;
}

/** The options that a command reads from words, without doing anything. */
export function optionsOf<Options>(
  command: { parse: CommandUnknownOpts["parse"]; opts: () => Options },
  words: readonly string[],
): Options {
  command.parse([...words], { from: "user" });
  return command.opts();
}

/** Every command has options: to say so in each row tells nothing. */
function subcommandTerm(command: CommandUnknownOpts): string {
  const words = command.registeredArguments.map((one) => {
    return one.required ? `<${one.name()}>` : `[${one.name()}]`;
  });
  return [command.name(), ...words].join(" ");
}

function sayAfter({ examples, exits = EXITS }: Says, width: number): string {
  const codes = Object.entries({ ...exits, 2: "wrong usage" })
    .sort(([one], [other]) => Number(one) - Number(other))
    .map(([code, means]) => wrapWords(`  ${code}  ${means}`, width));
  return ["Examples:", ...examples.map((line) => `  $ ${line}`), "", "Exit codes:", ...codes].join(
    "\n",
  );
}
