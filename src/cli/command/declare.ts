import { Command, type CommandUnknownOpts, Help, type Option } from "@commander-js/extra-typings";
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
  /** What `--quiet` prints: "the findings". All other lines are progress. */
  readonly result: string;
  /** What `--json` prints; one object where this is absent. */
  readonly json?: string;
  /** What each exit code means; 2 is wrong usage for all of them. */
  readonly exits?: Readonly<Record<number, string>>;
}

/** Of a help page that no terminal shows, as commander has it (characters). */
const WIDTH = 80;

const EXITS = { 0: "done", 1: "it stopped; the output says why" };

/** A command with the options that every command has, what it says of itself, and how it answers what it does not know. */
export function declareCommand(name: string, says: Says) {
  return describeCommand(hushed(new Command(name)), says);
}

/** Gives a command its words, and the two options that every command has: help shows them behind its own. */
export function describeCommand<Words extends unknown[]>(command: Command<Words>, says: Says) {
  const { json = ONE_OBJECT, result } = says;
  return command
    .option("--json", `prints ${json} on standard output, and nothing else there`)
    .option("--quiet", `prints only ${result}; with --json, only the JSON`)
    .summary(says.summary)
    .description(says.description)
    .addHelpText("after", ({ error }) => `\n${sayAfter(says, widthOfHelp(error))}`);
}

/** Paragraphs below the options, as wide as the terminal that shows the help. */
export function sayBelow(paragraphs: readonly string[], isError: boolean): string {
  const width = widthOfHelp(isError);
  return paragraphs.map((text) => `\n${wrapWords(text, width)}`).join("\n");
}

function widthOfHelp(isError: boolean): number {
  return widthOf(isError ? process.stderr : process.stdout) ?? WIDTH;
}

const ONE_OBJECT = "one JSON object";
const OUTPUT: readonly (string | undefined)[] = ["--json", "--quiet"];

/** Nothing ends the process or writes by itself: whoever parses says what was wrong, in one place. */
export function hushed<Any extends CommandUnknownOpts>(command: Any): Any {
  command
    .exitOverride()
    .helpOption("-h, --help", "prints this help")
    // Wraps beside long options on a narrow terminal, too.
    .configureHelp({ subcommandTerm, visibleOptions, minWidthToWrap: 12 })
    .configureOutput({
      outputError: () => undefined,
      getOutHelpWidth: () => widthOf(process.stdout) ?? WIDTH,
      getErrHelpWidth: () => widthOf(process.stderr) ?? WIDTH,
    });
  return command;
}

/** Its own options first, then those that every command has, then help. */
function visibleOptions(command: CommandUnknownOpts): Option[] {
  const all = new Help().visibleOptions(command);
  const isOutput = ({ long }: Option) => OUTPUT.includes(long);
  const isHelp = ({ long }: Option) => long === "--help";
  return [
    ...all.filter((one) => !isOutput(one) && !isHelp(one)),
    ...all.filter(isOutput),
    ...all.filter(isHelp),
  ];
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
