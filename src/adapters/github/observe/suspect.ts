import { z } from "zod";
import { ObjectId } from "../../../domain/digest.ts";
import type { Suspect } from "../../../domain/github/incident-issue.ts";
import type { Scope, Snapshot } from "../../../domain/github/snapshot.ts";
import { addsLine } from "../../../domain/incident/added-lines.ts";
import type { Client } from "../client/client.ts";
import { requestErrorOf } from "../client/request-error.ts";

/** The most merges before the release that are looked at, one request each. */
const MOST_MERGES = 10;

/** For a merge, GitHub lists the files against its first parent. */
const MergeAnswer = z.object({
  sha: ObjectId,
  commit: z.object({ message: z.string() }),
  parents: z.array(z.object({ sha: ObjectId })),
  files: z.array(z.object({ filename: z.string(), patch: z.string().optional() })).default([]),
});

/**
 * The newest merge in a release that changed one of the places, back along first parents. In the files that it changed,
 * line numbers equal the release's, because nothing later touched them.
 */
export async function readSuspect(
  client: Client,
  { suspect }: Pick<Scope, "suspect">,
): Promise<Pick<Snapshot, "suspect">> {
  if (suspect === undefined) return {};
  const { release, places } = suspect;
  let ref: string | undefined = refOfRelease(release);
  try {
    for (let looked = 0; looked < MOST_MERGES && ref !== undefined; looked += 1) {
      const merge: z.infer<typeof MergeAnswer> = await client.ask(
        MergeAnswer,
        "GET /commits/{+ref}",
        { ref },
      );
      const found = suspectIn(merge, places);
      if (found !== undefined) return { suspect: { known: found } };
      ref = merge.parents[0]?.sha;
    }
    return { suspect: { known: null } };
  } catch (error: unknown) {
    const status = requestErrorOf(error)?.status;
    if (status !== 404 && status !== 422) throw error;
    return { suspect: { unknown: "the release is no tag and no commit" } };
  }
}

/** GitHub's name of a release: a full commit id as it is, anything else as a tag and never as a branch. */
export function refOfRelease(release: string): string {
  return ObjectId.safeParse(release).success ? release : `tags/${release}`;
}

function suspectIn(
  { sha, commit, files }: z.infer<typeof MergeAnswer>,
  places: NonNullable<Scope["suspect"]>["places"],
): Suspect | undefined {
  const touched = places.flatMap((place) => {
    const file = files.find(({ filename }) => filename === place.file);
    if (file === undefined) return [];
    const { line } = place;
    const brought =
      file.patch === undefined || line === undefined ? undefined : addsLine(file.patch, line);
    return [{ file: place.file, ...(line === undefined ? {} : { line }), brought }];
  });
  const place = touched.find(({ brought }) => brought === true) ?? touched[0];
  if (place === undefined) return undefined;
  const [title = ""] = commit.message.split("\n");
  const { file, line, brought } = place;
  return {
    commit: sha,
    title: title.slice(0, 200),
    file,
    ...(line === undefined ? {} : { line }),
    ...(brought === undefined ? {} : { brought }),
  };
}
