import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { TestProject } from "vitest/node";
import { processesOf, type Started, start } from "./cli/command-line.ts";
import type { DemoRun, Witnessed } from "./demo-run.ts";

const PLAY = fileURLToPath(new URL("demo-run.play.ts", import.meta.url));

declare module "vitest" {
  export interface ProvidedContext {
    /** Where `demoRun` asks for the demo. */
    readonly demoRunUrl: string;
  }
}

/** So many files are the whole suite, and no few of them that somebody works on. */
const WHOLE_SUITE = 100;

/**
 * Plays the demo, and answers every test that asks for it with the same run. It is begun with the first test of the whole
 * suite: it waits half of its time, in which other tests compute, and who asks for it stands at the end (`longest-first.ts`).
 * Of few files the first test that asks begins it.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  let played: Promise<DemoRun> | undefined;
  let command: Started | undefined;
  const record = mkdtempSync(join(tmpdir(), "millwright-demo-run-"));
  const begin = () => {
    command = start([record], { program: PLAY });
    return playDemo(record, command);
  };
  const server = createServer((_request, answer) => {
    played ??= begin();
    played.then(
      (run) => answer.end(JSON.stringify(run)),
      (error: unknown) => answer.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  project.provide("demoRunUrl", `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  if (project.vitest.state.getPaths().length > WHOLE_SUITE) {
    played = begin();
    // Told to whoever asks.
    played.catch(() => {});
  }
  return async () => {
    // Ended long ago where a test asked for it; with a filter of names maybe none did.
    command?.child.kill("SIGINT");
    await played?.catch(() => {});
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    rmSync(record, { recursive: true, force: true });
  };
}

async function playDemo(record: string, started: Started): Promise<DemoRun> {
  using command = started;
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
