// Names the required Node before anything else can fail unclearly. Runs on any Node since 14.
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

/** Whether this Node runs the sources: TypeScript whose types it strips. */
export function isNewEnough() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  return major >= 24 || (major === 22 && minor >= 18);
}

/** The Node that an installation includes; undefined if it has none. */
export function ownNode() {
  try {
    const name = `node-${process.platform}-${process.arch}`;
    const file = createRequire(import.meta.url).resolve(`${name}/bin/node`);
    return existsSync(file) ? file : undefined;
  } catch {
    return undefined;
  }
}

/** What to type, depending on what is installed already. */
export function adviceFor() {
  const own = ownNode();
  if (own !== undefined)
    return `There is one here: start it by \`npm run\`, or with ${own} in the place of \`node\`.`;
  const elsewhere = "install Node 24 from https://nodejs.org or with your version manager";
  if (process.platform !== "linux" || !["x64", "arm64"].includes(process.arch)) {
    return `For ${process.platform} on ${process.arch} none comes with \`npm ci\`: ${elsewhere}.`;
  }
  return existsSync(join(root, "node_modules"))
    ? `\`npm ci --include=optional\` brings it along, which was left out here; or ${elsewhere}.`
    : `\`npm ci\` in ${root} brings it along; or ${elsewhere}.`;
}

const isStarted =
  process.argv[1] !== undefined && pathToFileURL(process.argv[1]).href === import.meta.url;
if (isStarted && !isNewEnough()) {
  console.error(
    `Millwright's scripts need Node 24, this is ${process.versions.node}. ${adviceFor()}`,
  );
  process.exit(1);
}
