import { readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { TestProject } from "vitest/node";
import { pathWithout, processesOf, start } from "./cli/command-line.ts";
import type { DemoRun } from "./demo-run.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** Where `demoRun` asks for the demo. */
    readonly demoRunUrl: string;
  }
}

/** Plays the demo when the first test asks for it, and answers every other with the same run. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  let played: Promise<DemoRun> | undefined;
  const server = createServer((_request, answer) => {
    played ??= playDemo();
    played.then(
      (run) => answer.end(JSON.stringify(run)),
      (error: unknown) => answer.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  project.provide("demoRunUrl", `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  return async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
}

async function playDemo(): Promise<DemoRun> {
  const path = pathWithout(["bwrap"]);
  try {
    using command = start(["demo", "--json"], { path });
    const { code, stdout, stderr } = await command.ended;
    const { temporary, workingFolder } = command;
    const lastLine = stdout.trimEnd().split("\n").at(-1) ?? "";
    const result = (lastLine === "" ? {} : JSON.parse(lastLine)) as DemoRun["result"];
    const page = typeof result.page === "string" ? readFileSync(result.page, "utf8") : "";
    return {
      code,
      stdout,
      result,
      page,
      workingFolder,
      transcript: stderr,
      left: {
        workingFolder: readdirSync(workingFolder),
        temporary: readdirSync(temporary),
        processes: processesOf(temporary),
      },
    };
  } finally {
    rmSync(path, { recursive: true, force: true });
  }
}
