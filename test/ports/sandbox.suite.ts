import { describe, expect, test } from "vitest";
import type { Workspace } from "../../src/ports/sandbox.ts";

export interface WorkspaceUnderTest {
  readonly workspace: Workspace;
  /** A program that answers each request with `{"echo": <the request's text>}`. */
  readonly program: string;
}

/** `open` gives a workspace that holds `a.txt` with `content`; the caller closes it. */
export function sandboxSuite(name: string, open: () => Promise<WorkspaceUnderTest>): void {
  describe(`sandbox port: ${name}`, () => {
    test("runs a command and tells its exit code and output", async () => {
      const { workspace } = await open();
      expect(
        await workspace.run({ command: "printf hello; exit 3", timeoutMs: 20_000 }),
      ).toMatchObject({ status: "exited", exitCode: 3, output: "hello", outputBytes: 5 });
    });

    test("hands arguments on as they are, whatever they are made of", async () => {
      const { workspace } = await open();
      const words = ["a b", "$(touch x)", "'\"`;\n*", "--", ""];
      const command = 'printf "<%s>" "$@"';
      const { output } = await workspace.run({ command, arguments: words, timeoutMs: 20_000 });
      expect(output).toBe(words.map((word) => `<${word}>`).join(""));
      expect(await workspace.find("x")).toEqual([]);
    });

    test("talks to a program", async () => {
      const { workspace, program } = await open();
      const session = await workspace.open(program, { timeoutMs: 20_000 });
      expect(await session.request({ text: "one" }, 10_000)).toMatchObject({ echo: "one" });
      expect(await session.request({ text: "two" }, 10_000)).toMatchObject({ echo: "two" });
      await session.close();
      await expect(session.request({ text: "three" }, 10_000)).rejects.toThrow(/closed/);
    });

    test("reads files within bounds", async () => {
      const { workspace } = await open();
      const bytes = await workspace.readFile("a.txt", 7);
      expect(Buffer.from(bytes ?? []).toString()).toBe("content");
      expect(await workspace.readFile("missing", 7)).toBeUndefined();
      await expect(workspace.readFile("a.txt", 6)).rejects.toThrow(/6|over/);
    });

    test("finds files by a glob", async () => {
      const { workspace } = await open();
      expect(await workspace.find("**/a.*")).toEqual(["a.txt"]);
      expect(await workspace.find("b/*")).toEqual([]);
    });

    test("does nothing once it is closed", async () => {
      const { workspace } = await open();
      await workspace.close();
      await expect(workspace.run({ command: "true", timeoutMs: 1_000 })).rejects.toThrow(/closed/);
    });
  });
}
