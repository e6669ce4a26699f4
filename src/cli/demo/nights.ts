import type { Twin } from "../../twin/shape.ts";
import type { RunPageNight } from "../../wording/pages/run-page/data.ts";

const NIGHTLY = "17 3 * * *";
const PAGE = "quality.md";

/** What a night left behind. */
export interface Night {
  /** Grades of the page that it proposed, or of the one that stands where it proposed none, by area. */
  readonly grades: Readonly<Record<string, string>>;
  /** Issues that it filed, by their numbers, with the fingerprint of each. */
  readonly filed: Readonly<Record<number, string>>;
  readonly pullRequest: { readonly number: number; readonly title: string } | null;
  /** Paths that a person committed before it. */
  readonly committed: readonly string[];
}

/** Files that a person commits before a night; null takes one away. */
export type Changes = Readonly<Record<string, string | null>>;

interface World {
  readonly twin: Twin;
  readonly repository: string;
}

interface PullAnswer {
  readonly number: number;
  readonly title: string;
  readonly head: { readonly ref: string };
}

type Issues = readonly { readonly number: number; readonly body: string | null }[];

/** Lets the clock of the twin strike three in the morning, and waits until everything rests. */
export async function playNight({ twin, repository }: World): Promise<Omit<Night, "committed">> {
  const before = await filedIn({ twin, repository });
  twin.github.emitSchedule(repository, NIGHTLY);
  await twin.runner.idle();
  const open = (await twin.request(
    "GET",
    `/repos/${repository}/pulls?state=open`,
  )) as readonly PullAnswer[];
  const proposed = open.find(({ head }) => head.ref.startsWith("factory/quality-"));
  const page = await pageAt({ twin, repository }, proposed?.head.ref ?? "main");
  const filed = Object.entries(await filedIn({ twin, repository }));
  return {
    grades: gradesOf(page),
    filed: Object.fromEntries(filed.filter(([number]) => !(number in before))),
    pullRequest: proposed === undefined ? null : { number: proposed.number, title: proposed.title },
  };
}

/** The person merges what the night proposed, and takes its branch away, so that the next night has one of its own. */
export async function mergePage({ twin, repository }: World, night: Night): Promise<void> {
  if (night.pullRequest === null) return;
  const path = `/repos/${repository}/pulls/${night.pullRequest.number}`;
  const { head } = (await twin.request("GET", path)) as PullAnswer;
  await twin.request("PUT", `${path}/merge`, {});
  await twin.request("DELETE", `/repos/${repository}/git/refs/heads/${head.ref}`);
  await twin.runner.idle();
}

/** A commit of the person on the default branch. */
export async function commit({ twin, repository }: World, changes: Changes): Promise<void> {
  const api = `/repos/${repository}/git`;
  const head = (await twin.request("GET", `${api}/ref/heads/main`)) as {
    readonly object: { readonly sha: string };
  };
  const parent = head.object.sha;
  const tree = Object.entries(changes).map(([path, content]) => ({
    ...{ path, mode: "100644", type: "blob" },
    ...(content === null ? { sha: null } : { content }),
  }));
  const made = (await twin.request("POST", `${api}/trees`, { base_tree: parent, tree })) as {
    readonly sha: string;
  };
  const committed = (await twin.request("POST", `${api}/commits`, {
    ...{ message: "Change something in a hurry", tree: made.sha, parents: [parent] },
  })) as { readonly sha: string };
  await twin.request("PATCH", `${api}/refs/heads/main`, { sha: committed.sha });
  await twin.runner.idle();
}

async function filedIn({ twin, repository }: World): Promise<Readonly<Record<string, string>>> {
  const path = `/repos/${repository}/issues?state=all&per_page=100`;
  const issues = (await twin.request("GET", path)) as Issues;
  return Object.fromEntries(
    issues.flatMap(({ number, body }) => {
      const fingerprint = /^Fingerprint: `millwright:quality:([^`]+)`$/m.exec(body ?? "")?.[1];
      return fingerprint === undefined ? [] : [[number, fingerprint] as const];
    }),
  );
}

async function pageAt({ twin, repository }: World, branch: string): Promise<string> {
  const path = `/repos/${repository}/contents/${PAGE}?ref=${encodeURIComponent(branch)}`;
  const file = (await twin.request("GET", path)) as { readonly content: string };
  return Buffer.from(file.content, "base64").toString("utf8");
}

/** The scorecard stands above the first fold. */
function gradesOf(page: string): Readonly<Record<string, string>> {
  const [scorecard = ""] = page.split("<details>");
  const rows = scorecard.matchAll(/^\| (\S+) \| ([A-D-]) \|/gm);
  return Object.fromEntries([...rows].map(([, area = "", grade = ""]) => [area, grade]));
}

/** A night as the page wants it. */
export function tellNight(when: RunPageNight["when"]): (night: Night) => RunPageNight {
  return ({ grades, filed, pullRequest, committed }) => ({
    when,
    committed,
    grades,
    filed: Object.entries(filed).map(([number, fingerprint]) => ({
      number: Number(number),
      fingerprint,
    })),
    ...(pullRequest && { proposed: pullRequest.number }),
  });
}
