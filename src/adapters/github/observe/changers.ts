import { z } from "zod";
import type { ObjectId } from "../../../domain/digest.ts";
import type { Client } from "../client/client.ts";

const Changed = z.object({
  nodes: z.array(
    z.object({
      associatedPullRequests: z.object({
        nodes: z.array(z.object({ number: z.int().positive() })),
      }),
    }),
  ),
});
const Answer = z.object({ repository: z.object({ object: z.record(z.string(), z.unknown()) }) });

/**
 * The pull request that last changed each path, as of a commit: one request. A path that no pull request changed has
 * none, and neither has one that GitHub does not show.
 */
export async function readChangers(
  client: Client,
  commit: ObjectId,
  paths: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const names = paths.map((_path, at) => `path${at}`);
  const declared = names.map((name) => `$${name}: String!`).join(", ");
  const asked = names.map(
    (name) =>
      `${name}: history(first: 1, path: $${name}) { nodes { associatedPullRequests(first: 1) { nodes { number } } } }`,
  );
  const document = `query Changers($owner: String!, $name: String!, $commit: GitObjectID!, ${declared}) {
    repository(owner: $owner, name: $name) {
      object(oid: $commit) { ... on Commit { ${asked.join("\n")} } }
    }
  }`;
  const values = Object.fromEntries(names.map((name, at) => [name, paths[at]]));
  const { data } = await client.query(document, { commit, ...values });
  const found = Answer.safeParse(data).data?.repository.object ?? {};
  return new Map(
    paths.flatMap((path, at) => {
      const last = Changed.safeParse(found[`path${at}`]).data?.nodes[0];
      const number = last?.associatedPullRequests.nodes[0]?.number;
      return number === undefined ? [] : [[path, number] as const];
    }),
  );
}
