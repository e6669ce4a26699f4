import type { Actor } from "../../domain/actor.ts";
import type { Runner } from "../../ports/runner.ts";
import { UserAnswer } from "./answers.ts";
import { type ClientOptions, createClient } from "./client/client.ts";

/**
 * The bot of a job's App, by the inputs `app` and `token-app`, in one request: its name follows from the App's, its id
 * comes from GitHub. Undefined if the job has no App. Rejects if the token is of another App, or the account is no bot
 * of this name.
 */
export async function botOfApp(
  runner: Pick<Runner, "input">,
  options: ClientOptions,
): Promise<Pick<Actor, "id" | "login"> | undefined> {
  const app = runner.input("app");
  const made = runner.input("token-app");
  if (made !== "" && made !== app) {
    throw new Error(
      `Input app: the token is of the App "${made}", found "${app}". Pass app-slug: ${made}.`,
    );
  }
  if (app === "") return undefined;
  const username = `${app}[bot]`;
  const { id, login, type } = await createClient(options).ask(UserAnswer, "GET /users/{username}", {
    username,
  });
  if (type === "Bot" && login.toLowerCase() === username.toLowerCase()) return { id, login };
  throw new Error(
    `Input app: expected the App whose bot is ${username}, found ${login}, a ${type}. Pass app-slug as it stands in the address of the App's page.`,
  );
}
