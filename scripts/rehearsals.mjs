// Replays public fixes on this machine, one after the other, and keeps what came out in docs/reference/rehearsals.json, from which
// `npm run document` makes the table of docs/rehearsals.md.
//
//   npm run rehearsals -- [--only NAME]… [--clones FOLDER] [--minutes NUMBER]
//
// The fixes stand in scripts/rehearsals/fixes.yml. What is not in FOLDER (.rehearsals/clones) is cloned there from its public
// address; nothing of it is committed here.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { readArguments, refuseUsage } from "./arguments.mjs";
import { RESULTS, readFixes } from "./rehearsals/fixes.mjs";
import { replay } from "./rehearsals/replay.mjs";

const NAME = "npm run rehearsals --";

const root = new URL("..", import.meta.url).pathname;
const { values } = readArguments(
  NAME,
  {
    only: { type: "string", multiple: true, value: "name", says: "one fix; repeat it for several" },
    clones: {
      type: "string",
      value: "folder",
      says: "where the clones are",
      default: join(root, ".rehearsals/clones"),
    },
    minutes: {
      type: "string",
      value: "number",
      says: "the most that one fix takes",
      default: "15",
    },
  },
  {
    says: "Replays public fixes on this machine, and keeps what came out in docs/reference/rehearsals.json.",
  },
);
const fixes = readFixes(root);
const unknown = values.only.filter((name) => !fixes.some((fix) => fix.name === name));
const minutes = Number(values.minutes);
if (unknown.length > 0 || !(minutes > 0)) {
  const names = fixes.map(({ name }) => name).join(", ");
  refuseUsage(
    NAME,
    unknown.length > 0
      ? `--only: there is no ${unknown.join(", ")}; the fixes are ${names}`
      : `--minutes: ${values.minutes} is no number above 0`,
  );
}
const clones = resolve(values.clones);
mkdirSync(clones, { recursive: true });

for (const fix of fixes.filter(
  ({ name }) => values.only.length === 0 || values.only.includes(name),
)) {
  console.log(`${fix.name}: ${fix.about}`);
  const played = await replay(fix, { root, clones, minutes });
  if ("fault" in played) {
    console.error(`  ${played.fault}`);
    process.exitCode = 1;
    continue;
  }
  const file = join(root, RESULTS);
  const kept = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
  writeFileSync(file, `${JSON.stringify({ ...kept, [fix.name]: played.result }, null, 2)}\n`);
  const { ok, stage, proven, seconds } = played.result;
  console.log(
    `  ${ok ? "done" : `stopped at ${stage}`}, ${proven.length} proven, ${seconds.whole} s`,
  );
}
