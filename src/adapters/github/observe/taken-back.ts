import { z } from "zod";
import type { Scope, Snapshot } from "../../../domain/github/snapshot.ts";
import { isRevertBranch } from "../../../domain/lease.ts";
import type { TakenBackLately } from "../../../domain/trust/fallen-trust.ts";
import type { Client } from "../client/client.ts";
import type { Look } from "./look/look.ts";

const PAGE = 100;
const MOST_PAGES = 3;
const MOST_REVERTS = 10;
const DAY_MS = 86_400_000;

const ClosedPull = z.object({
  number: z.int().positive(),
  head: z.object({ ref: z.string() }),
  merged_at: z.string().nullable(),
  updated_at: z.string(),
});
const ChangedFile = z.object({ filename: z.string(), previous_filename: z.string().optional() });

/**
 * The factory's own reverts, with their paths. The look shows the 100 pull requests that changed last; if these are too
 * few, 1 request per 100, up to 3, and 1 for each of those merges. More are unknown.
 */
export async function readTakenBack(
  client: Client,
  { takenBack }: Pick<Scope, "takenBack">,
  shown: Look["repository"]["closed"],
): Promise<Pick<Snapshot, "takenBack">> {
  if (takenBack === undefined) return {};
  const since = Date.parse(takenBack.until) - takenBack.days * DAY_MS;
  const pulls = isEnough(shown, since) ? shown.nodes : await closedSince(client, since);
  if (pulls === undefined) {
    const unknown = `more than ${PAGE * MOST_PAGES} pull requests changed in ${takenBack.days} days`;
    return { takenBack: { unknown } };
  }
  const reverts = pulls.filter(
    ({ head, merged_at }) =>
      merged_at !== null && Date.parse(merged_at) >= since && isRevertBranch(head.ref),
  );
  if (reverts.length > MOST_REVERTS) {
    const unknown = `more than ${MOST_REVERTS} merges were taken back in ${takenBack.days} days`;
    return { takenBack: { unknown } };
  }
  return { takenBack: { known: await Promise.all(reverts.map((one) => withPaths(client, one))) } };
}

type Shown = Look["repository"]["closed"];

function isEnough(shown: Shown, since: number): shown is NonNullable<Shown> {
  if (shown === undefined) return false;
  const last = shown.nodes.at(-1);
  return !shown.pageInfo.hasNextPage || (last !== undefined && Date.parse(last.updated_at) < since);
}

async function closedSince(
  client: Client,
  since: number,
): Promise<readonly z.infer<typeof ClosedPull>[] | undefined> {
  const found: z.infer<typeof ClosedPull>[] = [];
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const query = { state: "closed", sort: "updated", direction: "desc", per_page: PAGE, page };
    const listed = await client.ask(z.array(ClosedPull), "GET /pulls", query);
    found.push(...listed);
    const last = listed.at(-1);
    if (listed.length < PAGE || last === undefined || Date.parse(last.updated_at) < since) {
      return found;
    }
  }
  return undefined;
}

async function withPaths(
  client: Client,
  { number, merged_at }: z.infer<typeof ClosedPull>,
): Promise<TakenBackLately> {
  const files = await client.list(ChangedFile, "GET /pulls/{pull_number}/files", {
    pull_number: number,
  });
  const paths = files.flatMap(({ filename, previous_filename: before }) =>
    before === undefined ? [filename] : [filename, before],
  );
  return { pullRequest: number, mergedAt: merged_at ?? "", paths };
}
