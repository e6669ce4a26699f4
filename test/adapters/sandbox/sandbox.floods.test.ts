import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { describeFloods, describeInside, ECHO_PROGRAM, useSandboxes } from "./sandboxes.ts";

const { folder, open } = useSandboxes();

function program(): string {
  const path = join(folder(), "echo.mjs");
  writeFileSync(path, ECHO_PROGRAM);
  return path;
}

for (const isolation of ["none", "bubblewrap"] as const) {
  const describeHere = isolation === "none" ? describe : describeInside;
  describeFloods(`the output of a program, isolation ${isolation}`, () => {
    describeHere("a workspace", () => {
      test("ends a flood", async () => {
        const workspace = await open({ isolation, limits: { outputBytes: 1_000_000 } });
        const result = await workspace.run({ command: "yes", timeoutMs: 60_000 });
        expect(result).toMatchObject({ status: "exited", exitCode: null });
        expect(result.output).toContain("[stopped: more than 1000000 bytes of output]");
        expect(result.durationMs).toBeLessThan(20_000);
      });
    });

    describeHere("a session", () => {
      test("ends when the program does flood", async () => {
        const workspace = await open({ isolation });
        const session = await workspace.open(program(), { timeoutMs: 30_000 });
        await expect(session.request({ text: "flood" }, 20_000)).rejects.toThrow(
          /answered too much/,
        );
        await expect(session.request({ text: "more" }, 1_000)).rejects.toThrow(/answered too much/);
        await session.close();
      });
    });
  });
}
