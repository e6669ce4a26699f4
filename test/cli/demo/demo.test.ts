import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { demoRun } from "../../demo-run.ts";
import { createConductor } from "../../line/in-process/conductor.ts";
import { processesOf, start, until } from "../command-line.ts";
import { typed } from "../typed.ts";

const SILENT = fileURLToPath(new URL("silent.yml", import.meta.url));
/** Not a bound on speed. */
const PATIENCE_MS = 600_000;

describe("the demo as a command", { timeout: PATIENCE_MS }, () => {
  test("without bubblewrap it goes on, says so loudly, and leaves nothing but the page", async () => {
    const { code, transcript, result, page, left } = await demoRun();
    expect(transcript).toContain("NONE: our own example and script run without isolation here");
    expect(transcript).toContain("sudo apt-get install -y bubblewrap");
    expect(transcript).toContain("played from a script");
    expect(result).toMatchObject({ ok: true, refusals: [], issue: { stage: "done" } });
    expect(code).toBe(0);
    expect(page).toContain("<html");
    expect(left).toEqual({ workingFolder: [".demo"], temporary: [], processes: [] });
  });

  // SIGTERM goes the same way through the command; one line more would show nothing new.
  test.each(["SIGINT"] as const)(
    "%s while implement runs leaves no process and no folder",
    async (signal) => {
      using command = start(["demo"]);
      await until("the claim", () => (command.said().includes("✓ claim") ? true : undefined));
      await until("implement", () =>
        processesOf(command.temporary).find((words) => words.includes("actions/implement")),
      );
      command.child.kill(signal);
      const { code, stderr } = await command.ended;
      expect(stderr).toContain("Nothing is left running, nothing is left behind.");
      expect(code).toBe(130);
      expect(processesOf(command.temporary)).toEqual([]);
      expect(readdirSync(command.temporary)).toEqual([]);
      expect(existsSync(join(command.workingFolder, ".demo"))).toBe(false);
    },
  );

  test("a script that ends early ends with exit code 1 and says why", async () => {
    using ended = await typed(["demo", "--json", "--script", SILENT], { runner: createConductor });
    const { code, stdout, stderr } = ended;
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      ok: false,
      issue: { number: 1, state: "open", stage: "needs-human" },
      pullRequest: null,
      refusals: [{ code: "model-failed" }],
    });
    expect(stderr).toContain("The factory stopped at needs-human. The model could not be asked");
    expect(stderr).toContain('it has no role "intake"; it has: auditor');
    expect(ended.temporary).toEqual([]);
  });
});
