import { readdirSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";

const ENDING = ".loop.yml";

/** How one beat of a loop has to end. Issues are named by their titles. */
const Ends = z.strictObject({
  /** Filed by this beat, and closed by it. */
  filed: z.array(z.string()).default([]),
  closed: z.array(z.string()).default([]),
  /** Every issue of the loop that is open afterwards. */
  open: z.array(z.string()),
  /** Put on the line by the loop itself, and merged. */
  started: z.array(z.string()).default([]),
  merged: z.array(z.string()).default([]),
  /** What the owner did, in order. */
  owner: z.array(z.string()).default([]),
  /** A text that stands in one of the open ones. */
  says: z.string().optional(),
  /** Labels that each open one has, beside others. */
  labels: z.array(z.string()).default([]),
  /** Pictures that its run kept as artifacts, and whose digest an open one says. */
  pictures: z.array(z.string()).default([]),
  /** The measure that stopped it; null: it goes on. */
  stopped: z.string().nullable().default(null),
  /** Whether the worker ran at all. */
  gathered: z.boolean().default(true),
  /** How often a model was asked. */
  requests: z.int().nonnegative().default(0),
  /** Texts that stand in the issue that tells of the loop. */
  tells: z.array(z.string()).default([]),
});
export type Ends = z.infer<typeof Ends>;

const Post = z.strictObject({
  title: z.string(),
  body: z.string(),
  labels: z.array(z.string()).default([]),
});

const Beat = z.strictObject({
  /** What a person commits before; null takes a file away. */
  commits: z.record(z.string(), z.string().nullable()).default({}),
  /** Issues that people open before. */
  issues: z.array(Post).default([]),
  /** Discussions that people start before. */
  discussions: z.array(Post).default([]),
  /** Afterwards the heartbeat of the factory rings, and the owner says yes to what is asked on its issues, until all of it rests. */
  line: z.boolean().default(false),
  /** What the owner writes on the issue that tells of the loop. */
  says: z.string().optional(),
  ends: Ends,
});
export type Beat = z.infer<typeof Beat>;

const LoopScenario = z.strictObject({
  /** One line: what it shows. */
  shows: z.string().min(1).max(200),
  /** Name of the loop, and the line of the schedule that rings for it. */
  loop: z.string(),
  cron: z.string(),
  /** What it needs of this machine beside what every scenario does. */
  needs: z.literal("browser").optional(),
  /** What its roles say, as scripts have it; left out, a role that is asked fails. */
  roles: z.record(z.string(), z.unknown()).optional(),
  /** What stands in the example's config in place of its `smoke`. */
  smoke: z.unknown().optional(),
  /** Files of the example beside its own, by path. */
  files: z.record(z.string(), z.string()),
  beats: z.array(Beat).min(1),
});
export type LoopScenario = z.infer<typeof LoopScenario>;

function folderOf(millwright: string): string {
  return join(millwright, "src/cli/demo/scenarios");
}

const SILENT = "happy.yml";

/**
 * Path of the script of a scenario. Where no role says anything a model that answers nobody is the proof of it: the roles of
 * that script are none of a loop.
 */
export async function scriptOf(
  { roles }: LoopScenario,
  place: { readonly millwright: string; readonly scratch: string },
): Promise<string> {
  if (roles === undefined) return join(folderOf(place.millwright), SILENT);
  const path = join(place.scratch, "loop.yml");
  // YAML reads JSON, and JSON keeps every blank of a text.
  await writeFile(path, JSON.stringify({ version: 1, roles }, null, 2));
  return path;
}

/** Scenarios of loops, beside those that are about an issue. */
export function loopScenarioNames(millwright: string): readonly string[] {
  return readdirSync(folderOf(millwright))
    .flatMap((file) => (file.endsWith(ENDING) ? [file.slice(0, -ENDING.length)] : []))
    .sort();
}

/** Throws where the file is not one. */
export async function readLoopScenario(millwright: string, name: string): Promise<LoopScenario> {
  const text = await readFile(join(folderOf(millwright), `${name}${ENDING}`), "utf8");
  const read = LoopScenario.safeParse(parse(text));
  if (!read.success) throw new Error(`${name}${ENDING}: ${z.prettifyError(read.error)}`);
  return read.data;
}
