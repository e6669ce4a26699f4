import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { onTestFinished } from "vitest";
import { toolsOf } from "../../../src/adapters/toolbox/relay.ts";
import type { SandboxSession } from "../../../src/ports/sandbox.ts";

const PROGRAM = resolve("src/adapters/toolbox/toolbox.ts");

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "toolbox-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The program on a folder, without isolation: the protocol is what is tested here. */
export function openToolbox(workspace: string) {
  // No rg on PATH: grep must not need it.
  const child = spawn(process.execPath, [PROGRAM], {
    cwd: workspace,
    env: { PATH: "/usr/bin:/bin", HOME: workspace },
    stdio: ["pipe", "pipe", "inherit"],
  });
  const waiting: ((line: string) => void)[] = [];
  createInterface(child.stdout).on("line", (line) => waiting.shift()?.(line));
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  const send = (line: string) =>
    new Promise<unknown>((resolve) => {
      waiting.push((answer) => resolve(JSON.parse(answer)));
      child.stdin.write(`${line}\n`);
    });
  const session: SandboxSession = {
    request: (message) => send(JSON.stringify({ ...(message as object), id: 7 })),
    close: async () => {
      child.stdin.end();
      await ended;
    },
  };
  onTestFinished(session.close);
  const use = async (name: string, input: unknown) => {
    const tool = toolsOf(session).find((candidate) => candidate.name === name);
    if (tool === undefined) throw new Error(`no tool ${name}`);
    return await tool.run(input);
  };
  return { send, session, use, ended };
}

/** The toolbox on a folder of its own with these files; both are gone after the test. */
export function workspaceWith(files: Readonly<Record<string, string>>) {
  const root = temporaryFolder();
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(root, path, ".."), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  return { root, ...openToolbox(root) };
}
