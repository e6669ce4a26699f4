import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { createConductor } from "../../line/in-process/conductor.ts";
import { typed } from "../typed.ts";

const SCRIPT = fileURLToPath(new URL("silent.yml", import.meta.url));
/** Not a bound on speed. */
const PATIENCE_MS = 600_000;

test(
  "with --quiet, a demo prints how it ended and what went wrong, and nothing else",
  async () => {
    using ended = await typed(["demo", "--quiet", "--script", SCRIPT], { runner: createConductor });
    expect(ended.stdout).toMatch(
      /^ {2}✗ The factory stopped at [^\n]*\n {2}not played {2}[^\n]*\n$/,
    );
    expect(ended.stderr).toBe("");
    expect(ended.code).toBe(1);
  },
  PATIENCE_MS,
);
