import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";
import { LINE } from "../../src/line.ts";
import { root } from "./bundles.ts";

/** Every file of ours that a file imports, itself included; a module that is loaded later counts as well. */
function reachOf(path: string, seen = new Set<string>()): ReadonlySet<string> {
  if (seen.has(path)) return seen;
  seen.add(path);
  const { importedFiles } = ts.preProcessFile(readFileSync(join(root, path), "utf8"));
  for (const { fileName } of importedFiles) {
    if (fileName.endsWith(".ts")) reachOf(join(dirname(path), fileName), seen);
  }
  return seen;
}

function adaptersOf(door: string): readonly string[] {
  const ports = [...reachOf(`src/actions/${door}.ts`)].map(
    (path) => /^src\/adapters\/([a-z]+)\//.exec(path)?.[1] ?? [],
  );
  return [...new Set(ports.flat())].sort();
}

const workers = LINE.filter((station) => station.kind === "worker");
const keyHolders = workers.filter(({ holdsModelKey }) => holdsModelKey);

test.each(keyHolders.map(({ worker }) => worker))(
  "%s, which holds the model key, reaches the model and no other address",
  (worker) => {
    const adapters = adaptersOf(worker);
    expect(adapters).toContain("model");
    expect(adapters).not.toContain("web");
    expect(adapters).not.toContain("github");
  },
);

test("canary: what a door reaches is seen", () => {
  expect(keyHolders.length).toBeGreaterThan(2);
  expect(adaptersOf("verify")).toContain("web");
  expect(adaptersOf("control")).toContain("github");
});
