import { readdirSync, readFileSync, rmSync } from "node:fs";
import { expect, test } from "vitest";
import { pathWithout, processesOf, start } from "../command-line.ts";

// The shared run (`test/demo-run.ts`) has the isolation of its machine, and `demo.test.ts` the words of one without it.
test("without bubblewrap it goes on, says so loudly, and leaves nothing but the page", {
  timeout: 600_000,
}, async () => {
  const path = pathWithout(["bwrap"]);
  try {
    using command = start(["demo", "--json"], { path });
    const { code, stdout, stderr } = await command.ended;
    expect(stderr).toContain("NONE: our own example and script run without isolation here");
    expect(stderr).toContain("sudo apt-get install -y bubblewrap");
    expect(stderr).toContain("played from a script");
    const result = JSON.parse(stdout.trimEnd().split("\n").at(-1) ?? "");
    expect(result).toMatchObject({ ok: true, refusals: [], issue: { stage: "done" } });
    expect(code).toBe(0);
    expect(readFileSync(result.page, "utf8")).toContain("<html");
    expect(readdirSync(command.workingFolder)).toEqual([".demo"]);
    expect(readdirSync(command.temporary)).toEqual([]);
    expect(processesOf(command.temporary)).toEqual([]);
  } finally {
    rmSync(path, { recursive: true, force: true });
  }
});
