import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { readArguments, refuseUsage } from "./arguments.mjs";
import { ACCOUNT, CODE_OWNERS, codeOwnedBy, ownedBy, ownerIn, TEMPLATE } from "./own/owned.mjs";

const NAME = "npm run own --";

// Says whose this project is, wherever a user reads or copies it.
//   npm run own -- NAME [--code-owner LOGIN_OR_TEAM]   writes it; running it again changes nothing
//   npm run own -- NAME --check                        exit code 1, and names the files that say another
const { values, positionals } = readArguments(
  NAME,
  {
    check: { says: "writes nothing, and fails if a file says another" },
    "code-owner": {
      type: "string",
      value: "login",
      says: "a login or ORGANISATION/TEAM for CODEOWNERS",
    },
    root: {
      type: "string",
      value: "path",
      says: "another checkout",
      default: join(import.meta.dirname, ".."),
    },
  },
  { says: "Says whose this project is, wherever a user reads or copies it.", words: "<account>" },
);
const root = resolve(values.root);
const [to] = positionals;
if (!ACCOUNT.test(to)) {
  refuseUsage(NAME, `expected an account, found "${to}"`);
}
const owner = values["code-owner"] ?? to;
if (!/^[A-Za-z0-9-]{1,39}(\/[\w.-]{1,100})?$/.test(owner)) {
  refuseUsage(NAME, "--code-owner: expected a login or ORGANISATION/TEAM, without @");
}
const from = ownerIn(readFileSync(join(root, TEMPLATE), "utf8"));
if (from === undefined) refuseUsage(NAME, `${TEMPLATE} calls no OWNER/millwright`);

const changed = trackedFiles().filter((path) => {
  const before = readText(path);
  const after = before === undefined ? undefined : textOf(path, before);
  if (after === before) return false;
  if (!values.check) writeFileSync(join(root, path), after);
  return true;
});
for (const path of changed) console.log(path);
if (values.check) {
  console.log(
    changed.length === 0 ? `all of it is ${to}'s` : `these name ${from}: npm run own -- ${to}`,
  );
  process.exitCode = changed.length === 0 ? 0 : 1;
} else {
  console.log(
    changed.length === 0
      ? `it is ${to}'s already`
      : `${from} became ${to}; commit what git diff shows`,
  );
}

function textOf(path, before) {
  const text = ownedBy(before, { from, to });
  if (path !== CODE_OWNERS) return text;
  return values.check ? text : codeOwnedBy(text, { from, to: owner });
}

function trackedFiles() {
  const listed = execFileSync("git", ["-C", root, "ls-files", "-z"], { maxBuffer: 2 ** 26 });
  // Bundles are built from the rest, and contain no account.
  return `${listed}`
    .split("\0")
    .filter((path) => path !== "" && !/^actions\/[^/]+\/dist\//.test(path));
}

/** Undefined if it is no text, or the file is gone. */
function readText(path) {
  try {
    const bytes = readFileSync(join(root, path));
    return bytes.includes(0) ? undefined : bytes.toString("utf8");
  } catch {
    return undefined;
  }
}
