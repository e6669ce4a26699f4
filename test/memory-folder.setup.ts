import { rmSync } from "node:fs";
import type { TestProject } from "vitest/node";

/** Gives the memory back when all tests have ended. */
export function setup({ config }: TestProject): () => void {
  const { MILLWRIGHT_TESTS_MEMORY: folder } = config.env;
  return () => {
    if (typeof folder === "string") rmSync(folder, { recursive: true, force: true });
  };
}
