import { type Across, acrossOf, type Unread } from "../../measures/across/across.ts";
import { type Review, reviewOf } from "../../measures/review/review.ts";
import type { Counting, ReportSource } from "./arguments.ts";
import { type Get, getOverHttp } from "./gather-export.ts";
import { listAccount } from "./list-account.ts";
import { readHistory, type World } from "./read-history.ts";

/** Several repositories read, and what a reader has to know of how, each line with its repository. */
export interface ReadAcross {
  readonly across: Across;
  readonly notes: readonly string[];
}

/**
 * Reads each source by itself: one that cannot be read is named with the reason, and the others count. A repository counts once,
 * by whatever sources it was named.
 */
export async function readAcross(
  sources: readonly ReportSource[],
  asked: Counting,
  world: World,
): Promise<ReadAcross> {
  const { get = getOverHttp(world.environment) } = world;
  const reviews = new Map<string, Review>();
  const unread: Unread[] = [];
  const notes: string[] = [];
  const listed = await listAll(sources, get, world.shows);
  for (const source of listed.sources) {
    try {
      const read = await readHistory(source, asked, { ...world, get });
      const review = reviewOf(read.history, asked.window);
      const { repository } = review;
      // GitHub takes names that differ in case alone for one.
      if (reviews.has(repository.toLowerCase())) {
        unread.push({ name: nameOf(source), because: `${repository} was read already` });
        continue;
      }
      reviews.set(repository.toLowerCase(), review);
      notes.push(...read.notes.map((note) => `${repository}: ${note}`));
    } catch (error) {
      unread.push({ name: nameOf(source), because: saidBy(error) });
    }
  }
  const { withoutFactory } = listed;
  const all = [...listed.unread, ...unread];
  const { window } = asked;
  return {
    across: acrossOf([...reviews.values()], { window, unread: all, withoutFactory }),
    notes,
  };
}

interface ListedAll {
  readonly sources: readonly ReportSource[];
  readonly unread: readonly Unread[];
  readonly withoutFactory: readonly string[];
}

/** Each organization becomes its repositories; one that cannot be listed is named. */
async function listAll(
  sources: readonly ReportSource[],
  get: Get,
  shows: (what: string) => void,
): Promise<ListedAll> {
  const found: ReportSource[] = [];
  const unread: Unread[] = [];
  const withoutFactory: string[] = [];
  const named = new Set<string>();
  for (const source of sources) {
    if (source.kind !== "org") {
      if (source.kind === "repo") named.add(source.name.toLowerCase());
      found.push(source);
      continue;
    }
    try {
      const listed = await listAccount(get, source.name, shows);
      withoutFactory.push(...listed.withoutFactory);
      // A repository that is named beside its organization counts once.
      const fresh = listed.withFactory.filter((name) => !named.has(name.toLowerCase()));
      found.push(...fresh.map((name) => ({ kind: "repo", name }) as const));
    } catch (error) {
      unread.push({ name: source.name, because: saidBy(error) });
    }
  }
  return {
    sources: found,
    unread,
    withoutFactory: withoutFactory.filter((name) => !named.has(name.toLowerCase())),
  };
}

function nameOf(source: ReportSource): string {
  if (source.kind === "twin") return "the twin";
  return "name" in source ? source.name : source.path;
}

/** Words of an error, on one line and no longer than a row of a table holds. */
function saidBy(error: unknown): string {
  const said = (error instanceof Error ? error.message : String(error)).replaceAll(/\s+/g, " ");
  return said.length > 300 ? `${said.slice(0, 299)}…` : said;
}
