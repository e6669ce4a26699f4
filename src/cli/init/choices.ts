import { confirm, isCancel, type SelectOptions, select } from "@clack/prompts";
import { Interrupted } from "../command/exit-code.ts";
import type { FirstDay } from "./arguments.ts";

/** What a person decides. At most three questions. */
export interface Choices {
  firstDay(): Promise<FirstDay>;
  /** Whether the files are written. */
  write(count: number): Promise<boolean>;
  /** Whether what is missing on GitHub is set up, as whoever is signed in. */
  github(): Promise<boolean>;
  /** How many were asked. */
  asked(): number;
}

/** Nobody is asked: the first day is staged, and what is missing is written. */
export function silentChoices(firstDay: FirstDay | undefined): Choices {
  return {
    firstDay: async () => firstDay ?? "staged",
    write: async () => true,
    github: async () => false,
    asked: () => 0,
  };
}

/** Asks on the terminal. Throws Interrupted when the person leaves. */
export function terminalChoices(
  firstDay: FirstDay | undefined,
  streams: Pick<SelectOptions<FirstDay>, "input" | "output"> = {},
): Choices {
  let asked = 0;
  const answered = <Value>(value: Value): Exclude<Value, symbol> => {
    if (isCancel(value)) throw new Interrupted();
    asked += 1;
    return value as Exclude<Value, symbol>;
  };
  return {
    firstDay: async () =>
      firstDay ??
      answered(
        await select<FirstDay>({
          ...streams,
          message: "How does the first day begin?",
          options: [
            {
              value: "staged",
              label: "staged",
              hint: "works on issues, writes nothing to GitHub, shows everything in job summaries",
            },
            { value: "live", label: "live", hint: "opens pull requests; you merge them" },
          ],
        }),
      ),
    write: async (count) =>
      answered(
        await confirm({ ...streams, message: `Write ${count} ${count === 1 ? "file" : "files"}?` }),
      ),
    github: async () =>
      answered(
        await confirm({
          ...streams,
          message:
            "Set up what is missing on GitHub with gh: secrets, the label, the setting for pull requests?",
        }),
      ),
    asked: () => asked,
  };
}
