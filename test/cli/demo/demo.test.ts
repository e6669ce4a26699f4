import { rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { HAS_BUBBLEWRAP } from "../../bubblewrap.ts";
import { demoRun } from "../../demo-run.ts";
import { createConductor } from "../../line/in-process/conductor.ts";
import { pathWithout } from "../command-line.ts";
import { typed } from "../typed.ts";

const SILENT = fileURLToPath(new URL("silent.yml", import.meta.url));
/** Not a bound on speed. */
const PATIENCE_MS = 600_000;

/** What a machine without bubblewrap has on its PATH. */
function barePath() {
  const path = pathWithout(["bwrap"]);
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

describe("the demo as a command", { timeout: PATIENCE_MS }, () => {
  test("it plays to its end, says what it stands on, and leaves nothing but the page", async () => {
    const { code, transcript, result, page, left } = await demoRun();
    expect(transcript).toContain(
      HAS_BUBBLEWRAP
        ? "sandbox     bubblewrap"
        : "NONE: our own example and script run without isolation here",
    );
    expect(transcript).toContain("played from a script");
    expect(result).toMatchObject({ ok: true, refusals: [], issue: { stage: "done" } });
    expect(code).toBe(0);
    expect(page).toContain("<html");
    expect(left).toEqual({ workingFolder: [".demo"], temporary: [], processes: [] });
  });

  test("a script that ends early ends with exit code 1 and says why, and without bubblewrap that there is none", async () => {
    using bare = barePath();
    const parts = { runner: createConductor };
    using ended = await typed(["demo", "--json", "--script", SILENT], parts, bare);
    const { code, stdout, stderr } = ended;
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      ok: false,
      issue: { number: 1, state: "open", stage: "needs-human" },
      pullRequest: null,
      refusals: [{ code: "model-failed" }],
    });
    expect(stderr).toContain("The factory stopped at needs-human. The model call failed");
    expect(stderr).toContain('it has no role "intake"; it has: auditor');
    expect(stderr).toContain("NONE: our own example and script run without isolation here");
    expect(stderr).toContain("sudo apt-get install -y bubblewrap");
    expect(ended.temporary).toEqual([]);
  });
});
