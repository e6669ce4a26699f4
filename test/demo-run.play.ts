/**
 * The demo as its command, on the twin's own runner with an eye on it: before the twin goes, what happened there is written
 * into the folder that the command line names. `demo-run.setup.ts` starts this in a process of its own.
 */
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { runCommandLine } from "../src/cli/command-line.ts";
import { REPOSITORY } from "../src/cli/demo/raise-twin.ts";
import { readHandovers } from "../src/twin/handovers.ts";
import type { RunnerOptions, TwinRunner } from "../src/twin/runner/run-book.ts";
import { createRunner } from "../src/twin/runner/runner.ts";
import type { Witnessed } from "./demo-run.ts";

const [record = ""] = process.argv.slice(2);
process.exitCode = await runCommandLine(["demo", "--json"], { runner: createWitness });

function createWitness(options: RunnerOptions): TwinRunner {
  const { github, directory, gitDirectoryOf } = options;
  const revision = (name: string) => git(gitDirectoryOf(REPOSITORY), "rev-parse", name);
  let base = "";
  let headBeforeSettling = "";
  const runner = createRunner({
    ...options,
    onProgress(event) {
      if (event.kind === "job-finished" && event.job.endsWith("review")) {
        headBeforeSettling = revision("refs/heads/factory/1-1");
      }
      options.onProgress?.(event);
    },
  });
  const ask = async (path: string) => {
    const permissions = { checks: "read", contents: "read", issues: "read" } as const;
    const grant = { repository: REPOSITORY, runId: 1, jobId: "witness" };
    const token = github.mintJobToken({
      ...grant,
      permissions: { ...permissions, "pull-requests": "read" },
    });
    const headers = { authorization: `Bearer ${token}` };
    const response = await fetch(`${github.url}/repos/${REPOSITORY}${path}`, { headers });
    const answer: unknown = await response.json();
    if (!response.ok) throw new Error(`${path}: ${response.status} ${JSON.stringify(answer)}`);
    return answer;
  };
  async function look(): Promise<Witnessed> {
    const head = revision("refs/heads/factory/1-1");
    const paths = ["", "/issues/1/comments", "/pulls?state=open", `/commits/${head}/check-runs`];
    const answers = await Promise.all(paths.map(async (path) => [path, await ask(path)] as const));
    return {
      base,
      headBeforeSettling,
      answers: Object.fromEntries(answers),
      runs: runner.runs().filter(({ repository }) => repository === REPOSITORY),
      handovers: await readHandovers(join(directory, "artifacts")),
      secrets: options.secrets[REPOSITORY] ?? {},
      releases: readdirSync(join(dirname(directory), "production")),
    };
  }
  return {
    ...runner,
    handle(event) {
      if (event.name === "issues" && base === "") base = revision("main");
      runner.handle(event);
    },
    async close() {
      const witnessed = await look();
      mkdirSync(record, { recursive: true });
      writeFileSync(join(record, "witnessed.json"), JSON.stringify(witnessed));
      cpSync(gitDirectoryOf(REPOSITORY), join(record, "repository.git"), { recursive: true });
      await runner.close();
    },
  };
}

function git(folder: string, ...words: readonly string[]): string {
  return execFileSync("git", ["--git-dir", folder, ...words], { encoding: "utf8" }).trim();
}
