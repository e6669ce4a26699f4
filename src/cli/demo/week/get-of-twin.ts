import type { Playground } from "../../chaos/playground.ts";
import { REPOSITORY } from "../../chaos/playground.ts";
import { type Get, getBy } from "../../report/gather-export.ts";

const REPO = `/repos/${REPOSITORY}`;
const COMMITS = /\/pulls\/[0-9]+\/commits\?/;

/**
 * The twin's API for an export. It has no list of all events, which are joined from the events of each issue. It has no
 * list of a pull request's commits, which stays empty. The ledgers tell when a change was published.
 */
export function getOfTwin({ github, owner }: Pick<Playground, "github" | "owner">): Get {
  const get = getBy(github.url, owner.token, (request) => github.fetch(request));
  return async (path) => {
    // Runs are dated by the clock of this machine, the week by its own: together they would tell of no health.
    if (path.startsWith(`${REPO}/actions/runs`)) throw new Error("no runs of this week");
    if (COMMITS.test(path)) return { body: [], next: undefined };
    if (path.startsWith(`${REPO}/issues/events`))
      return { body: await eventsOf(get), next: undefined };
    return get(path);
  };
}

async function eventsOf(get: Get): Promise<readonly unknown[]> {
  const events: unknown[] = [];
  let next: string | undefined = `${REPO}/issues?state=all&per_page=100`;
  while (next !== undefined) {
    const page: Awaited<ReturnType<Get>> = await get(next);
    for (const { number } of page.body as readonly { readonly number: number }[]) {
      const { body } = await get(`${REPO}/issues/${number}/events?per_page=100`);
      events.push(...(body as readonly object[]).map((event) => ({ ...event, issue: { number } })));
    }
    next = page.next;
  }
  return events;
}
