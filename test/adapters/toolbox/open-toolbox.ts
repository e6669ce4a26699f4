import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { onTestFinished, vi } from "vitest";
import { toolsOf } from "../../../src/adapters/toolbox/relay.ts";
import { type Opened, serveIn, sessionOver } from "./session-over.ts";

const PROGRAM = resolve("src/adapters/toolbox/toolbox.ts");

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "toolbox-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** No rg on PATH: grep must not need it. */
const environmentOf = (workspace: string) => ({ PATH: "/usr/bin:/bin", HOME: workspace });

/** The program as the sandbox starts it, but without isolation: the protocol is what is tested here. */
function startProgram(workspace: string): Opened {
  const child = spawn(process.execPath, [PROGRAM], {
    cwd: workspace,
    env: environmentOf(workspace),
    stdio: ["pipe", "pipe", "inherit"],
  });
  const ended = new Promise<number | null>((done) => child.once("exit", done));
  return { input: child.stdin, output: child.stdout, ended };
}

/** The same in this process, whose environment is the program's until the test is over. */
function serveHere(workspace: string): Opened {
  for (const [name, value] of Object.entries(environmentOf(workspace))) vi.stubEnv(name, value);
  onTestFinished(() => void vi.unstubAllEnvs());
  return serveIn(workspace);
}

function openToolbox(opened: Opened) {
  const { send, session } = sessionOver(opened);
  onTestFinished(session.close);
  const use = async (name: string, given: unknown) => {
    const tool = toolsOf(session).find((candidate) => candidate.name === name);
    if (tool === undefined) throw new Error(`no tool ${name}`);
    return await tool.run(given);
  };
  return { send, session, use, ended: opened.ended };
}

/** The toolbox on a folder of its own with these files, in this process or as its program; all is gone after the test. */
export function workspaceWith(
  files: Readonly<Record<string, string>>,
  how: "here" | "started" = "here",
) {
  const root = temporaryFolder();
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(root, path, ".."), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  return { root, ...openToolbox(how === "here" ? serveHere(root) : startProgram(root)) };
}
