import { z } from "zod";
import type { EffectOf } from "../../domain/github/effect.ts";
import type { ResultOf } from "../../domain/github/receipt.ts";
import { createOnce, type Execution } from "./execution.ts";

const Requested = z.object({
  users: z.array(z.object({ login: z.string() })),
  teams: z.array(z.object({ slug: z.string() })),
});
const Anything = z.unknown();

/** Who is asked already is not asked again; GitHub tells nobody of that twice. */
export async function requestReview(
  { client }: Execution,
  { pullRequest, people, teams }: EffectOf<"request-review">,
): Promise<ResultOf<"request-review">> {
  const pull = { pull_number: pullRequest };
  const { outcome } = await createOnce<unknown>(client, {
    find: async () => {
      const asked = await client.ask(
        Requested,
        "GET /pulls/{pull_number}/requested_reviewers",
        pull,
      );
      const all =
        holds(
          asked.users.map(({ login }) => login),
          people,
        ) &&
        holds(
          asked.teams.map(({ slug }) => slug),
          teams,
        );
      return all ? asked : undefined;
    },
    create: () =>
      client.askOnce(Anything, "POST /pulls/{pull_number}/requested_reviewers", {
        ...pull,
        ...(people.length === 0 ? {} : { reviewers: people }),
        ...(teams.length === 0 ? {} : { team_reviewers: teams }),
      }),
  });
  return { outcome };
}

/** GitHub tells no capitals in logins and names of teams. */
function holds(asked: readonly string[], names: readonly string[]): boolean {
  const known = new Set(asked.map((name) => name.toLowerCase()));
  return names.every((name) => known.has(name.toLowerCase()));
}
