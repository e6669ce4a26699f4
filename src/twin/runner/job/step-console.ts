import type { Annotation } from "../run/records.ts";
import { COMMAND_NAMES, type Command, parseCommand } from "./commands.ts";
import { annotate, type JobState, writeLog } from "./job-state.ts";

/** Console of a step: lines of its output, commands in them, and the runner's own messages. */
export interface StepConsole {
  /** One line of output; executed if it is a command, logged otherwise. */
  line(line: string): void;
  /** The runner's own error: logged and annotated, never read as a command. */
  error(message: string): void;
  warning(message: string): void;
  /** A command was refused: the step fails whatever its exit code is. */
  readonly failed: boolean;
}

export interface StepConsoleOptions {
  readonly job: JobState;
  readonly step: string;
  readonly outputs: Map<string, string>;
  readonly state: Map<string, string>;
}

/** @see https://github.com/actions/runner/blob/main/src/Runner.Worker/ActionCommandManager.cs */
export function createStepConsole(options: StepConsoleOptions): StepConsole {
  const { job } = options;
  let stopToken: string | undefined;
  let failed = false;

  function refuse(message: string): void {
    failed = true;
    say(options, "error", message);
  }

  function stop(token: string): void {
    const isCommand = COMMAND_NAMES.some((name) => name === token.toLowerCase());
    if (token === "" || isCommand || token.toLowerCase() === "pause-logging") {
      refuse(`stop-commands needs a token that is not a command, '${token}' cannot be one`);
      return;
    }
    stopToken = token;
  }

  return {
    line(line) {
      const command = parseCommand(line, stopToken);
      if (stopToken !== undefined && command?.name === stopToken.toLowerCase()) {
        stopToken = undefined;
      } else if (stopToken !== undefined || command === undefined) {
        writeLog(job, line);
      } else if (command.name === "stop-commands") {
        stop(command.data);
      } else {
        const refusal = obey(command, options);
        if (refusal !== undefined) {
          refuse(refusal);
        }
      }
    },
    error: (message) => say(options, "error", message),
    warning: (message) => say(options, "warning", message),
    get failed() {
      return failed;
    },
  };
}

/** Executes a command; returns the reason if it is refused. */
function obey(command: Command, options: StepConsoleOptions): string | undefined {
  const { job } = options;
  switch (command.name) {
    case "add-mask":
      job.masker.add(command.data);
      return undefined;
    case "error":
    case "warning":
    case "notice":
      say(options, command.name, command.data, command);
      return undefined;
    case "group":
      writeLog(job, `##[group]${command.data}`);
      return undefined;
    case "endgroup":
      writeLog(job, "##[endgroup]");
      return undefined;
    case "set-output":
      return keep(options, command, { into: options.outputs, file: "$GITHUB_OUTPUT" });
    case "save-state":
      return keep(options, command, { into: options.state, file: "$GITHUB_STATE" });
    case "set-env":
      return "The `set-env` command is disabled. Write to $GITHUB_ENV instead.";
    case "add-path":
      return "The `add-path` command is disabled. Write to $GITHUB_PATH instead.";
    default:
      // debug is hidden unless step debugging is on; echo and problem matchers change nothing here.
      return undefined;
  }
}

function keep(
  options: StepConsoleOptions,
  command: Command,
  place: { readonly into: Map<string, string>; readonly file: string },
): string | undefined {
  const name = command.properties.name ?? "";
  if (name === "") {
    return `Required field 'name' is missing in ##[${command.name}] command.`;
  }
  place.into.set(name, command.data);
  say(options, "warning", `The '${command.name}' command is deprecated. Write to ${place.file}.`);
  return undefined;
}

function say(
  options: StepConsoleOptions,
  level: Annotation["level"],
  message: string,
  ...from: Command[]
): void {
  writeLog(options.job, `##[${level}]${message}`);
  annotate(options.job, { level, message, step: options.step, ...placeOf(from[0]) });
}

function placeOf(command: Command | undefined): Pick<Annotation, "title" | "file" | "line"> {
  const { title, file, line } = command?.properties ?? {};
  return {
    ...(title === undefined ? {} : { title }),
    ...(file === undefined ? {} : { file }),
    ...(line === undefined || Number.isNaN(Number(line)) ? {} : { line: Number(line) }),
  };
}
