import type { InitArguments } from "../arguments.ts";
import type { Choices } from "../choices.ts";
import { ghIn } from "./gh.ts";
import { isSignedIn, type SetUp, setUpGitHub } from "./set-up.ts";

/** A signed-in person is asked if no option said it. A run that writes no file because nobody agreed sets nothing up. */
export async function onGitHub(
  about: {
    readonly arguments: InitArguments;
    readonly choices: Choices;
    readonly environment: Readonly<Record<string, string | undefined>>;
  },
  { folder, writes }: { readonly folder: string; readonly writes: boolean },
): Promise<readonly SetUp[]> {
  const { arguments: asked, choices, environment } = about;
  const gh = ghIn(folder, environment);
  const mayAsk = writes && !asked.yes && (await isSignedIn(gh));
  if (!asked.github && !(mayAsk && (await choices.github()))) return [];
  const apiKey = environment.ANTHROPIC_API_KEY || undefined;
  return setUpGitHub(gh, { apiKey, dryRun: asked.dryRun });
}

/** What stands on GitHub, of `THINGS`. */
export function settledIn(github: readonly SetUp[]): readonly string[] {
  return github.filter(({ fate }) => fate === "done" || fate === "there").map(({ what }) => what);
}
