import { input } from "./step.ts";

/** In place of actions/create-github-app-token, which the happy line names and does not run: it has no App. */
throw new Error(
  `the line that act plays has no GitHub App, and ${input("client-id")} is asked for`,
);
