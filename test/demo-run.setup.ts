import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { TestProject } from "vitest/node";
import { processesOf, start } from "./cli/command-line.ts";
import type { DemoRun, Witnessed } from "./demo-run.ts";

const PLAY = fileURLToPath(new URL("demo-run.play.ts", import.meta.url));

declare module "vitest" {
  export interface ProvidedContext {
    /** Where `demoRun` asks for the demo. */
    readonly demoRunUrl: string;
  }
}

/** Plays the demo when the first test asks for it, and answers every other with the same run. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  let played: Promise<DemoRun> | undefined;
  const record = mkdtempSync(join(tmpdir(), "millwright-demo-run-"));
  const server = createServer((_request, answer) => {
    played ??= playDemo(record);
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
    rmSync(record, { recursive: true, force: true });
  };
}

async function playDemo(record: string): Promise<DemoRun> {
  using command = start([record], { program: PLAY });
  const { code, stdout, stderr } = await command.ended;
  const { temporary, workingFolder } = command;
  const seen = join(record, "witnessed.json");
  if (!existsSync(seen)) throw new Error(`the demo was not seen to its end:\n${stderr}`);
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
    witnessed: JSON.parse(readFileSync(seen, "utf8")) as Witnessed,
    gitDirectory: join(record, "repository.git"),
  };
}
