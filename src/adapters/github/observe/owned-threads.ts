import { z } from "zod";
import type { Client } from "../client/client.ts";

/** Parts of a pull request that only GraphQL shows. */
export interface ShownOnly {
  /** By the id of the first comment. */
  readonly threads: ReadonlyMap<number, { readonly node: string; readonly settled: boolean }>;
  readonly behind: boolean;
}

/** A thread beyond the first hundred is answered like any other, but not resolved. */
const DOCUMENT = `query Threads($owner: String!, $name: String!, $number: Int!) {
  repository(owner: $owner, name: $name) {
    pullRequest(number: $number) {
      mergeStateStatus
      reviewThreads(first: 100) {
        nodes {
          id
          isResolved
          resolvedBy { login }
          comments(first: 1) { nodes { fullDatabaseId } }
        }
      }
    }
  }
}`;

const ThreadNode = z.object({
  id: z.string(),
  isResolved: z.boolean(),
  /** GitHub only names users: null for a thread that an App resolved. */
  resolvedBy: z.object({ login: z.string() }).nullable(),
  comments: z.object({ nodes: z.array(z.object({ fullDatabaseId: z.coerce.number() })) }),
});
const Shown = z.object({
  repository: z.object({
    pullRequest: z.object({
      mergeStateStatus: z.string(),
      reviewThreads: z.object({ nodes: z.array(ThreadNode) }),
    }),
  }),
});

/** One request. If GitHub does not show it, nothing is resolved, and the base counts as current. */
export async function readShown(client: Client, pullRequest: number): Promise<ShownOnly> {
  const { data } = await client.query(DOCUMENT, { number: pullRequest });
  const shown = Shown.safeParse(data).data?.repository.pullRequest;
  const threads = (shown?.reviewThreads.nodes ?? []).flatMap(
    ({ id: node, isResolved, resolvedBy, comments }) =>
      comments.nodes.slice(0, 1).map(({ fullDatabaseId }) => {
        const settled = isResolved && resolvedBy !== null;
        return [fullDatabaseId, { node, settled }] as const;
      }),
  );
  return { threads: new Map(threads), behind: shown?.mergeStateStatus === "BEHIND" };
}
