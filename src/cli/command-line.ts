import { fileURLToPath } from "node:url";
import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import type { Parts } from "./command/context.ts";
import { exitCodeOf } from "./command/exit-code.ts";
import { standingPlace } from "./command/standing-place.ts";
import { createProgram } from "./program.ts";
import { createTerminal } from "./shared/terminal.ts";

/** Does what was typed and answers the exit code; what it says goes to this process's output. */
export async function runCommandLine(argv: readonly string[], parts: Parts = {}): Promise<number> {
  let code = 0;
  const terminal = createTerminal(process.stdout, { quiet: false });
  const program = createProgram({
    millwright: fileURLToPath(new URL("../..", import.meta.url)),
    environment: process.env,
    parts,
    placeOf: (command) => standingPlace(command, process.env),
    write: (text) => void process.stdout.write(text),
    say: (text) => terminal.line(text.replace(/\n$/, "")),
    end: (ended) => {
      code = ended;
    },
  });
  if (argv.length === 0) {
    program.outputHelp();
    return 2;
  }
  try {
    await program.parseAsync([...wordsFor(program, argv)], { from: "user" });
    return code;
  } catch (error: unknown) {
    const command = program.commands.find((one) => one.name() === argv[0]);
    return exitCodeOf(error, command);
  }
}

/** Help for a command that is none is answered as the command would be: with the nearest one. */
function wordsFor(program: CommandUnknownOpts, argv: readonly string[]): readonly string[] {
  const [first, asked] = argv;
  if (first !== "help" || asked === undefined) return argv;
  return program.commands.some((one) => one.name() === asked) ? argv : [asked];
}
