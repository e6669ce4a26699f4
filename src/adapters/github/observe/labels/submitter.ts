import type { Scope, Snapshot } from "../../../../domain/github/snapshot.ts";
import type { Client } from "../../client/client.ts";
import { readPermissions } from "../../permissions.ts";
import { readLabeller } from "./andon.ts";

/** Who submitted an issue, if the run that was told of it has died: GitHub keeps the event of the label. */
export async function readSubmitter(
  client: Client,
  { submitted }: Pick<Scope, "submitted">,
): Promise<Pick<Snapshot, "submitter">> {
  if (submitted === undefined) return {};
  const by = await readLabeller(client, submitted.issue, submitted.label);
  if ("unknown" in by) return { submitter: by };
  const permissions = await readPermissions(client, { users: [by.known], actors: [], owner: null });
  return { submitter: permissions.find(by.known) };
}
