import { z } from "zod";
import { ObjectId } from "../../../domain/digest.ts";
import type { Scope, Snapshot } from "../../../domain/github/snapshot.ts";
import type { Client } from "../client.ts";
import { requestErrorOf } from "../request-error.ts";
import { isAncestor } from "./issue.ts";
import { refOfRelease } from "./suspect.ts";

const ReleaseAnswer = z.object({ sha: ObjectId });

/** A release holds a commit when the commit has nothing that the release has not. Two requests. */
export async function readContainment(
  client: Client,
  { containment }: Pick<Scope, "containment">,
): Promise<Pick<Snapshot, "containment">> {
  if (containment === undefined) return {};
  const { release, commit } = containment;
  try {
    const ref = refOfRelease(release);
    const { sha: head } = await client.ask(ReleaseAnswer, "GET /commits/{+ref}", { ref });
    const known = await isAncestor(client, { commit, head });
    return { containment: { ...containment, holds: { known } } };
  } catch (error: unknown) {
    const status = requestErrorOf(error)?.status;
    if (status !== 404 && status !== 422) throw error;
    const unknown = "the release is no tag and no commit";
    return { containment: { ...containment, holds: { unknown } } };
  }
}
