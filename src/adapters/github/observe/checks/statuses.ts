import { z } from "zod";
import type { CheckState } from "../../../../domain/github/repository-check.ts";
import type { Client } from "../../client/client.ts";
import { askAll } from "./ask-all.ts";
import { type FoundCheck, foundOf } from "./found.ts";

/** Every existing state. An error is one of the reporting service and says nothing about the bytes. Source: docs.github.com/en/rest/commits/statuses */
const STATES: Readonly<Record<string, CheckState>> = {
  success: "passed",
  failure: "failed",
  error: "stopped",
  pending: "waiting",
};

const StatusSeen = z.object({
  id: z.int().positive(),
  context: z.string(),
  state: z.string(),
});

/** The newest commit status of each context, from a CI without check runs. One request per hundred. */
export async function readStatuses(client: Client, commit: string): Promise<readonly FoundCheck[]> {
  const found = await askAll(client, "GET /commits/{ref}/status", {
    key: "statuses",
    of: StatusSeen,
    parameters: { ref: commit },
  });
  return found.map(({ context, state }) =>
    foundOf({ name: context, key: `${STATUS}${context}`, state: STATES[state] ?? "waiting" }, {}),
  );
}

const STATUS = "status:";

export function isStatus({ key }: Pick<FoundCheck, "key">): boolean {
  return key.startsWith(STATUS);
}
