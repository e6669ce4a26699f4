// Follows the README as somebody would who has just found it: the commands of a section's shell blocks, in order, in a fresh clone of
// what is committed, with an empty HOME and nothing of this environment but PATH. Ends at the first that fails. It clones below
// TMPDIR, which must not be in /dev: a sandbox shows nothing of that.
// Usage: node scripts/follow-readme.mjs [--section HEADING] [--skip WORDS]...   e.g. --skip "npm test"
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readArguments } from "./arguments.mjs";

const NAME = "node scripts/follow-readme.mjs";

const root = new URL("..", import.meta.url).pathname;
const { values } = readArguments(
  NAME,
  {
    section: { type: "string", value: "heading", says: "another section", default: "Two commands" },
    skip: {
      type: "string",
      multiple: true,
      value: "words",
      says: "leaves out commands that hold these words",
    },
  },
  { says: "Types the commands of a section of README.md in a fresh clone, with an empty HOME." },
);

const commands = commandsIn(readFileSync(join(root, "README.md"), "utf8"), values.section);
if (commands.length === 0) stop(`README.md has no shell commands below "${values.section}"`);
const folder = mkdtempSync(join(tmpdir(), "millwright-readme-"));
const clone = join(folder, "millwright");
/** A machine with its own registry or proxy names it in npm's global file. */
const environment = { HOME: folder, PATH: process.env.PATH, TMPDIR: folder };
try {
  run(`git clone --quiet --no-local '${root}' '${clone}'`, folder);
  for (const command of commands) run(command, clone);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Lines of the shell blocks in one section, without skipped ones and those with a placeholder for the reader's path. */
function commandsIn(text, heading) {
  const section = text.split(/^## /m).find((part) => part.startsWith(`${heading}\n`)) ?? "";
  const blocks = [...section.matchAll(/^```sh\n([\s\S]*?)^```$/gm)];
  return blocks
    .flatMap(([, block]) => block.trim().split("\n"))
    .filter((line) => !line.includes("~/"))
    .filter((line) => !values.skip.some((words) => line.includes(words)));
}

function run(command, folder) {
  console.log(`$ ${command}`);
  const ran = spawnSync("bash", ["-euo", "pipefail", "-c", command], {
    cwd: folder,
    env: environment,
    stdio: ["ignore", "inherit", "inherit"],
  });
  if (ran.status !== 0) {
    rmSync(join(clone, ".."), { recursive: true, force: true });
    stop(`it ended with ${ran.status ?? ran.signal}`);
  }
}

function stop(reason) {
  console.error(reason);
  process.exit(1);
}
