import { existsSync } from "node:fs";
import { join } from "node:path";
import { WORKERS } from "../../src/domain/order.ts";

export const root = new URL("../..", import.meta.url).pathname;

/** The JavaScript actions: each has one bundle, built from `src/actions/<name>.ts`. */
export const BUNDLED = (
  ["control", "conformance", "probe-sandbox", "prove", ...WORKERS] as const
).toSorted();

/** The program of an action. Throws with the step to repair when it has not been built. */
export function bundleOf(name: string): string {
  const entry = join(root, "actions", name, "dist/index.js");
  if (existsSync(entry)) return entry;
  throw new Error(`actions/${name}/dist is missing: run \`npm run build\` first, then the tests.`);
}
