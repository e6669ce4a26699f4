import { z } from "zod";
import { ObjectId } from "../../../domain/digest.ts";
import type { Containment, Scope, Snapshot } from "../../../domain/github/snapshot.ts";
import type { Client } from "../client/client.ts";
import { requestErrorOf } from "../client/request-error.ts";
import { isAncestor } from "./issue.ts";
import { refOfRelease } from "./suspect.ts";

const ReleaseAnswer = z.object({ sha: ObjectId });

/** Two requests for each release and fix. */
export async function readContained(
  client: Client,
  { contained }: Pick<Scope, "contained">,
): Promise<Pick<Snapshot, "contained">> {
  if (contained === undefined) return {};
  return { contained: await Promise.all(contained.map((asked) => readOne(client, asked))) };
}

/** A release contains a commit if the commit has nothing that the release does not have. */
async function readOne(
  client: Client,
  asked: Pick<Containment, "release" | "commit">,
): Promise<Containment> {
  const { release, commit } = asked;
  try {
    const ref = refOfRelease(release);
    const { sha: head } = await client.ask(ReleaseAnswer, "GET /commits/{+ref}", { ref });
    return { ...asked, holds: { known: await isAncestor(client, { commit, head }) } };
  } catch (error: unknown) {
    const status = requestErrorOf(error)?.status;
    if (status !== 404 && status !== 422) throw error;
    return { ...asked, holds: { unknown: "the release is no tag and no commit" } };
  }
}
