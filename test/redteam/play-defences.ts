import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Attack } from "./attack.ts";
import { CATALOGUE } from "./catalogue.ts";
import type { Defence, Edit } from "./defence.ts";
import { openLane } from "./lane.ts";
import { markOf, playAttack } from "./play.ts";
import { clearRemains } from "./survivors.ts";
import { judge, type Verdict } from "./verdict.ts";

/** What came of the attacks on a factory without one of its defences. */
export interface Disarmed {
  readonly defence: Defence;
  /** At least one attack landed or leaked: the defence is needed, and the oracle sees when it is gone. */
  readonly bears: boolean;
  /** Of the attacks that were played, the last of them the one that got through. */
  readonly verdicts: readonly Verdict[];
  /** Why it could not be played at all: no row passes by being broken. */
  readonly broken?: string;
  readonly durationMs: number;
}

/**
 * Every defence is load-bearing: without it one of its attacks has to land or leak. Plays on a copy of this project whose
 * actions run from source; the switch exists nowhere else. Answers whether all of them bear.
 */
export async function playDefences(options: {
  readonly root: string;
  readonly defences: readonly Defence[];
  /** Defences at a time, each with a copy and a twin of its own. */
  readonly lanes: number;
  readonly say: (line: string) => void;
}): Promise<boolean> {
  const { root, defences, lanes, say } = options;
  const queue = [...defences];
  const results: Disarmed[] = [];
  const work = async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const disarmed = await disarm(root, next).catch((error: unknown) => broken(next, error));
      results.push(disarmed);
      say(renderDisarmed(disarmed));
    }
  };
  await Promise.all(Array.from({ length: Math.min(lanes, defences.length) }, work));
  const bearing = results.filter(({ bears }) => bears).length;
  say(JSON.stringify({ defences: results.length, bearing }));
  return bearing === results.length;
}

async function disarm(root: string, defence: Defence): Promise<Disarmed> {
  const started = performance.now();
  const copy = await mkdtemp(join(tmpdir(), "millwright-disarmed-"));
  try {
    await copyProject(root, copy);
    for (const edit of defence.edits) await applyEdit(copy, edit);
    const attacks = defence.attacks.map((id) => attackOf(id, defence));
    const verdicts = await playUntilThrough(attacks, copy);
    const bears = verdicts.some(gotThrough);
    return { defence, bears, verdicts, durationMs: performance.now() - started };
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}

function broken(defence: Defence, error: unknown): Disarmed {
  const why = error instanceof Error ? error.message : String(error);
  return { defence, bears: false, verdicts: [], broken: why, durationMs: 0 };
}

function attackOf(id: string, defence: Defence): Attack {
  const found = CATALOGUE.find((attack) => attack.id === id);
  if (found === undefined) throw new Error(`${defence.id}: ${id} is no attack of the catalogue`);
  return found;
}

async function playUntilThrough(
  attacks: readonly Attack[],
  millwright: string,
): Promise<readonly Verdict[]> {
  const lane = await openLane(millwright);
  const verdicts: Verdict[] = [];
  try {
    for (const attack of attacks) {
      const verdict = judge(attack, await playAttack(lane, attack, millwright));
      verdicts.push(verdict);
      if (gotThrough(verdict)) break;
    }
  } finally {
    await lane.close();
    // Where just that defence is off, processes and files are left, which the next row would be taken to have made.
    clearRemains(
      lane.directory,
      attacks.map(({ id }) => markOf(id)),
    );
  }
  return verdicts;
}

function gotThrough({ result }: Verdict): boolean {
  return result === "landed" || result === "leaked";
}

/** Sources, workflows and actions; each action's program becomes one line that runs its source. */
export async function copyProject(root: string, copy: string): Promise<void> {
  for (const name of [
    "src",
    "actions",
    ".github/workflows",
    "workflow-templates",
    "package.json",
  ]) {
    await mkdir(dirname(join(copy, name)), { recursive: true });
    await cp(join(root, name), join(copy, name), { recursive: true });
  }
  await symlink(join(root, "node_modules"), join(copy, "node_modules"));
  for (const name of await readdir(join(copy, "actions"))) {
    const program = join(copy, "actions", name, "dist/index.js");
    const source = join(copy, "src/actions", `${name}.ts`);
    const isAction = await readFile(program).then(
      () => true,
      () => false,
    );
    if (isAction) await writeFile(program, `await import(${JSON.stringify(source)});\n`);
  }
}

/** A text that is gone or stands twice is no defence any more that this row is about: an error, never a silent pass. */
export async function applyEdit(copy: string, { file, find, replace }: Edit): Promise<void> {
  const path = join(copy, file);
  const parts = (await readFile(path, "utf8")).split(find);
  if (parts.length !== 2) {
    const found = parts.length === 1 ? "nothing" : `${parts.length - 1} places`;
    throw new Error(`${file}: expected one place with ${JSON.stringify(find)}, found ${found}`);
  }
  await writeFile(path, parts.join(replace));
}

function renderDisarmed({ defence, bears, verdicts, broken: why, durationMs }: Disarmed): string {
  const lines = verdicts.flatMap(({ attack, result, by, violations, missed }) => [
    `    ${attack.id.padEnd(9)} ${result.padEnd(9)} ${violations.length > 0 ? "" : by}`.trimEnd(),
    ...violations
      .slice(0, 3)
      .map(({ invariant, what }) => `        ${invariant}: ${what.slice(0, 160)}`),
    ...missed.slice(0, 2).map((why) => `        ${why.slice(0, 160)}`),
  ]);
  const faults = why === undefined ? [] : [`    ${why}`];
  const said = bears ? "bears   " : "NOT SEEN";
  const seconds = `${Math.round(durationMs / 1000)} s`;
  return [
    `${said} ${defence.id.padEnd(24)} ${seconds.padStart(5)}  ${defence.what}`,
    ...faults,
    ...lines,
  ].join("\n");
}
