import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { RehearsalResult } from "../rehearse/rehearsal-result.ts";
import { raiseScaffold } from "../shared/scaffold.ts";
import { layLargeRepository } from "./large-repository.ts";
import { watchMemory } from "./peak-memory.ts";

/** What a whole rehearsal on a large repository took, from the start of its process to its end. */
export interface LargeRehearsal {
  readonly ok: boolean;
  /** Wall clock less model, checkouts and verify's checks, in ms; implement's checks and the copy are in it. */
  readonly overheadMs: number;
  /** What the jobs' checkouts took together, in ms. */
  readonly checkoutMs: number;
  /** Most memory that its processes held at once, in bytes. */
  readonly memoryBytes: number;
  readonly requests: number;
}

export async function rehearseLarge(millwright: string): Promise<LargeRehearsal> {
  const scaffold = await raiseScaffold("bench");
  try {
    const { repo, issue, script, config } = await layLargeRepository(
      join(scaffold.directory, "input"),
    );
    const main = join(millwright, "src/cli/main.ts");
    const asked = ["--repo", repo, "--issue", issue, "--script", script, "--config", config];
    const started = performance.now();
    const child = spawn(process.execPath, [main, "rehearse", ...asked, "--json", "--quiet"], {
      cwd: scaffold.directory,
      env: { PATH: process.env.PATH, HOME: scaffold.directory, TMPDIR: scaffold.directory },
      stdio: ["ignore", "pipe", "inherit"],
    });
    let said = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      said += text;
    });
    const memory = watchMemory(child.pid ?? 0);
    await once(child, "close");
    const memoryBytes = memory.stop();
    const durationMs = Math.round(performance.now() - started);
    const last = said.trim().split("\n").at(-1) ?? "";
    if (last === "")
      return { ok: false, overheadMs: durationMs, checkoutMs: 0, memoryBytes, requests: 0 };
    const result = JSON.parse(last) as RehearsalResult;
    const { checkoutMs, checkMs } = result.repository;
    return {
      ok: result.ok,
      overheadMs: durationMs - result.modelMs - checkoutMs - checkMs,
      checkoutMs,
      memoryBytes,
      requests: result.requests.rest + result.requests.graphql,
    };
  } finally {
    await scaffold.takeDown();
  }
}
