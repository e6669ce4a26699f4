import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { pathWithout, processesOf, start, until } from "../command-line.ts";

const SILENT = fileURLToPath(new URL("silent.yml", import.meta.url));
const PATIENCE_MS = 240_000;

let withoutBubblewrap: string;

beforeAll(() => {
  withoutBubblewrap = pathWithout(["bwrap"]);
});

afterAll(() => rmSync(withoutBubblewrap, { recursive: true, force: true }));

describe.concurrent("the demo as a command", { timeout: PATIENCE_MS }, () => {
  test("without bubblewrap it goes on, says so loudly, and leaves nothing but the page", async () => {
    using command = start(["demo", "--json"], { path: withoutBubblewrap });
    const { code, stdout, stderr } = await command.ended;
    expect(stderr).toContain("NONE: our own example and script run without isolation here");
    expect(stderr).toContain("sudo apt-get install -y bubblewrap");
    expect(stderr).toContain("played from a script");
    const result = JSON.parse(stdout.trimEnd().split("\n").at(-1) ?? "") as Record<string, unknown>;
    expect(result).toMatchObject({ ok: true, refusals: [], issue: { stage: "done" } });
    expect(code).toBe(0);
    expect(readFileSync(String(result.page), "utf8")).toContain("<html");
    expect(readdirSync(command.workingFolder)).toEqual([".demo"]);
    expect(readdirSync(command.temporary)).toEqual([]);
    expect(processesOf(command.temporary)).toEqual([]);
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
    using command = start(["demo", "--json", "--script", SILENT]);
    const { code, stdout, stderr } = await command.ended;
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      ok: false,
      issue: { number: 1, state: "open", stage: "needs-human" },
      pullRequest: null,
      refusals: [{ code: "model-failed" }],
    });
    expect(stderr).toContain("The factory stopped at needs-human. The model could not be asked");
    expect(stderr).toContain('it has no role "intake"; it has: auditor');
    expect(readdirSync(command.temporary)).toEqual([]);
  });
});
