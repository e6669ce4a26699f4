import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { CATALOGUE } from "./catalogue.ts";
import { DEFENCES, type Defence } from "./defence-table.ts";
import { playAll } from "./play-all.ts";
import type { Verdict } from "./verdict.ts";

/** What came of the attacks on a factory without one of its defences. */
export interface Disarmed {
  readonly defence: Defence;
  /** At least one attack landed or leaked: the defence is needed, and the oracle sees when it is gone. */
  readonly bears: boolean;
  readonly verdicts: readonly Verdict[];
}

/**
 * Every defence is load-bearing: without it one of its attacks has to land or leak. Plays on a copy of this project whose
 * actions run from source; the switch exists nowhere else. Answers whether all of them bear.
 */
export async function playDefences(options: {
  readonly root: string;
  /** Ids of the table; all of it when left out. */
  readonly only: readonly string[] | undefined;
  readonly say: (line: string) => void;
}): Promise<boolean> {
  const { root, only, say } = options;
  const unknown = only?.find((id) => DEFENCES.every((defence) => defence.id !== id));
  if (unknown !== undefined) {
    const known = DEFENCES.map(({ id }) => id).join(", ");
    throw new Error(`no defence is called ${unknown}; there are: ${known}`);
  }
  const chosen = DEFENCES.filter(({ id }) => only?.includes(id) ?? true);
  const results: Disarmed[] = [];
  for (const defence of chosen) {
    const disarmed = await disarm(root, defence);
    results.push(disarmed);
    say(renderDisarmed(disarmed));
  }
  const bearing = results.filter(({ bears }) => bears).length;
  say(JSON.stringify({ defences: results.length, bearing }));
  return bearing === results.length;
}

async function disarm(root: string, defence: Defence): Promise<Disarmed> {
  const copy = await mkdtemp(join(tmpdir(), "millwright-disarmed-"));
  try {
    await copyProject(root, copy);
    for (const edit of defence.edits) await applyEdit(copy, edit);
    const attacks = CATALOGUE.filter(({ id }) => defence.attacks.includes(id));
    if (attacks.length !== defence.attacks.length) {
      throw new Error(
        `${defence.id}: one of ${defence.attacks.join(", ")} is no attack of the catalogue`,
      );
    }
    const verdicts = await playAll({ attacks, millwright: copy, lanes: 2, say: () => undefined });
    const bears = verdicts.some(({ result }) => result === "landed" || result === "leaked");
    return { defence, bears, verdicts };
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
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
export async function applyEdit(copy: string, edit: Defence["edits"][number]): Promise<void> {
  const path = join(copy, edit.file);
  const parts = (await readFile(path, "utf8")).split(edit.find);
  if (parts.length !== 2) {
    const found = parts.length === 1 ? "nothing" : `${parts.length - 1} places`;
    throw new Error(
      `${edit.file}: expected one place with ${JSON.stringify(edit.find)}, found ${found}`,
    );
  }
  await writeFile(path, parts.join(edit.replace));
}

function renderDisarmed({ defence, bears, verdicts }: Disarmed): string {
  const lines = verdicts.flatMap(({ attack, result, violations, missed }) => [
    `    ${attack.id.padEnd(9)} ${result}`,
    ...violations
      .slice(0, 3)
      .map(({ invariant, what }) => `        ${invariant}: ${what.slice(0, 160)}`),
    ...missed.slice(0, 2).map((why) => `        ${why.slice(0, 160)}`),
  ]);
  return [
    `${bears ? "bears   " : "NOT SEEN"} ${defence.id.padEnd(18)} ${defence.what}`,
    ...lines,
  ].join("\n");
}
