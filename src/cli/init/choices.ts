import { confirm, isCancel, type SelectOptions, select } from "@clack/prompts";
import { Interrupted } from "../command/exit-code.ts";
import type { FirstDay } from "./arguments.ts";
import type { Place } from "./hand-in/place.ts";

/** What a person decides. At most four questions. */
export interface Choices {
  /** Where the files go. */
  place(): Promise<Place>;
  firstDay(): Promise<FirstDay>;
  /** Whether the files are written, here or on a branch. */
  write(count: number, branch: string | undefined): Promise<boolean>;
  /** Whether what is missing on GitHub is set up, as whoever is signed in. */
  github(): Promise<boolean>;
  /** How many were asked. */
  asked(): number;
}

/** What the caller said already. */
export interface Said {
  readonly firstDay: FirstDay | undefined;
  readonly place: Place | undefined;
}

/** Nobody is asked: files are written here, the first day is staged, and what is missing is written. */
export function silentChoices({ firstDay, place }: Said): Choices {
  return {
    place: async () => place ?? "files",
    firstDay: async () => firstDay ?? "staged",
    write: async () => true,
    github: async () => false,
    asked: () => 0,
  };
}

/** Asks on the terminal. Throws Interrupted when the person leaves. */
export function terminalChoices(
  { firstDay, place }: Said,
  streams: Pick<SelectOptions<string>, "input" | "output"> = {},
): Choices {
  let asked = 0;
  const answered = <Value>(value: Value): Exclude<Value, symbol> => {
    if (isCancel(value)) throw new Interrupted();
    asked += 1;
    return value as Exclude<Value, symbol>;
  };
  const yes = async (message: string) => answered(await confirm({ ...streams, message }));
  return {
    place: async () => place ?? answered(await select<Place>({ ...streams, ...WHERE })),
    firstDay: async () =>
      firstDay ?? answered(await select<FirstDay>({ ...streams, ...FIRST_DAY })),
    write: (count, branch) => yes(writeQuestion(count, branch)),
    github: () =>
      yes(
        "Set up what is missing on GitHub with gh: secrets, the label, the setting for pull requests?",
      ),
    asked: () => asked,
  };
}

const WHERE: SelectOptions<Place> = {
  message: "Where do the files go?",
  options: [
    { value: "files", label: "here", hint: "you commit them" },
    { value: "branch", label: "on a new branch", hint: "the files here stay as they are" },
    {
      value: "pull-request",
      label: "in a pull request",
      hint: "a new branch, pushed, and opened with gh",
    },
  ],
};

const FIRST_DAY: SelectOptions<FirstDay> = {
  message: "How does the first day begin?",
  options: [
    {
      value: "staged",
      label: "staged",
      hint: "works on issues, writes nothing to GitHub, shows everything in job summaries",
    },
    { value: "live", label: "live", hint: "opens pull requests; you merge them" },
  ],
};

function writeQuestion(count: number, branch: string | undefined): string {
  const files = `${count} ${count === 1 ? "file" : "files"}`;
  return branch === undefined ? `Write ${files}?` : `Commit ${files} on the branch ${branch}?`;
}
