import { expect, test } from "vitest";
import { sandboxSuite } from "../ports/sandbox.suite.ts";
import { createFakeSandbox, exited } from "./sandbox.ts";

sandboxSuite("fake", async () => {
  const sandbox = createFakeSandbox({
    run: ({ arguments: words }) =>
      words === undefined
        ? exited(3, "hello")
        : exited(0, words.map((word) => `<${word}>`).join("")),
    open: () => (message) => ({ echo: (message as { text: string }).text }),
    readFile: (path) => (path === "a.txt" ? "content" : undefined),
    find: (pattern) => (pattern === "**/a.*" ? ["a.txt"] : []),
  });
  return { workspace: await sandbox.workspace(async () => {}), program: "/program.mjs" };
});

test("throws for what it has no script for, and records every call", async () => {
  const sandbox = createFakeSandbox();
  const workspace = await sandbox.workspace(async () => {});
  await expect(workspace.run({ command: "true", timeoutMs: 1 })).rejects.toThrow(/no script/);
  await expect(workspace.open("x", { timeoutMs: 1 })).rejects.toThrow(/no script/);
  await expect(workspace.readFile("x", 1)).rejects.toThrow(/no script/);
  expect(sandbox.calls.map(({ method }) => method)).toEqual(["fill", "run", "open", "readFile"]);
});
