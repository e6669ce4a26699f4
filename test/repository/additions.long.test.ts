import { writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ADDITIONS } from "./additions/all.ts";
import { copyWith } from "./additions/changed-copy.ts";
import { typeFaultsIn } from "./additions/type-faults.ts";
import { root } from "./bundles.ts";

test("the compiler asks an addition for nothing more, and would say so", {
  timeout: 600_000,
}, async () => {
  const folder = await copyWith(root, ADDITIONS);
  try {
    writeFileSync(join(folder, "src/canary.ts"), 'export const wrong: number = "text";\n');
    expect(typeFaultsIn(folder)).toEqual([
      "src/canary.ts: Type 'string' is not assignable to type 'number'.",
    ]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
