import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readlinkSync, statfsSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { takeCensus } from "../../../src/adapters/sandbox/process/namespace.ts";
import { skippedFor } from "../../skipped.ts";
import { BOUND, describeInside, living, remainingGroups, useSandboxes } from "./sandboxes.ts";

/** By statfs(2). */
const TMPFS = 0x01021994;

const { folder, open } = useSandboxes();

/** Runs a command inside and answers its output. */
async function inside(command: string, options: { readonly timeoutMs?: number } = {}) {
  const workspace = await open({ isolation: "bubblewrap" });
  return workspace.run({ command, timeoutMs: options.timeoutMs ?? 20_000 });
}

/** What is left when nothing is, or after five seconds. */
async function lastLook(look: () => readonly string[]): Promise<readonly string[]> {
  const deadline = Date.now() + 5_000;
  while (look().length > 0 && Date.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return look();
}

/** Each attempt to leave is in `probes/`; here is how what runs inside ends. */
describeInside("inside bubblewrap", () => {
  test("the host's loopback is reached in the one phase that has a network", async () => {
    const server = createServer((_, response) => response.end("from the host"));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const workspace = await open({ isolation: "bubblewrap" });
    const result = await workspace.run({
      command: `node -e 'fetch("http://127.0.0.1:${port}").then((r) => r.text()).then(console.log)'`,
      timeoutMs: 20_000,
      network: true,
    });
    expect(result.output).toBe("from the host\n");
    const keys = await workspace.run({
      command: "ls -A /etc/ssl/private /etc/pki/tls/private 2>/dev/null | wc -l",
      timeoutMs: 20_000,
      network: true,
    });
    server.close();
    expect(keys.output).toBe("0\n");
  });

  test("nothing survives a command: setsid, nohup, double fork (RT-09)", async () => {
    const mark = `survivor-${process.pid}`;
    const workspace = await open({ isolation: "bubblewrap" });
    const result = await workspace.run({
      command: `for how in 'setsid' 'nohup' 'setsid nohup'; do $how bash -c 'exec >/dev/null 2>&1 </dev/null; while :; do date +%N > ${mark}; sleep 0.02; done' ${mark} & done; disown -a; (bash -c 'while sleep 0.02; do date +%N > ${mark}; done' ${mark} &) ; sleep 0.3; ls ${mark}`,
      timeoutMs: 20_000,
    });
    expect(result.output).toContain(mark);
    expect(living(mark)).toEqual([]);
    const last = await workspace.readFile(mark, 100);
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(await workspace.readFile(mark, 100)).toEqual(last);
  });

  test.each<
    readonly [string, string, Awaited<ReturnType<typeof inside>>["status"], number | null, RegExp]
  >([
    ["waits for input", "read answer; echo code:$?", "exited", 0, /^code:1\n$/],
    ["asks the terminal", "cat /dev/tty || echo none", "exited", 0, /none\n$/],
    ["kills its parent", "kill -9 $PPID; echo after", "exited", 0, /^after\n$/],
    ["kills itself", "echo a; kill -9 $$", "exited", 137, /^a\n$/],
    ["kills all it sees", "sleep 600 & # MARK\nkill -9 -1; echo after", "exited", 0, /after\n$/],
    ["stops itself", "kill -STOP $$ # MARK", "timed-out", null, /stopped: not done/],
    ["ignores signals", "trap '' TERM INT HUP; sleep 600 # MARK", "timed-out", null, /stopped/],
    ["closes its output", "exec >&- 2>&-; sleep 0.1; exit 4", "exited", 4, /^$/],
    ["forks away", "(bash -c 'sleep 600 # MARK' &); echo done", "exited", 0, /^done\n$/],
    [
      "leaves its session",
      "setsid -f bash -c 'sleep 600 # MARK'; echo done",
      "exited",
      0,
      /^done\n$/,
    ],
    [
      "forks away twice",
      "setsid bash -c '(setsid bash -c \"sleep 600 # MARK\" &)' & sleep 0.2; echo done",
      "exited",
      0,
      /^done\n$/,
    ],
  ])(
    "a command that is rude ends with a clear result: %s",
    async (_, command, status, exitCode, output) => {
      const mark = `rude-${process.pid}`;
      const timeoutMs = status === "timed-out" ? 500 : 60_000;
      const result = await inside(command.replaceAll("MARK", mark), { timeoutMs });
      expect(result).toMatchObject({ status, exitCode });
      expect(result.output).toMatch(output);
      expect(result.output.length).toBeLessThan(70_000);
      expect(living(mark)).toEqual([]);
    },
  );

  test("the kernel refuses processes beyond the bound, and memory (RT-11)", async () => {
    const limits = { processes: 64, memoryBytes: 100_000_000 };
    const workspace = await open({ isolation: "bubblewrap", limits });
    const forks = `perl -e 'my $made = 0; for (1..300) { my $p = fork; if (!defined $p) { print "refused: ", $!+0, "\n"; last } if ($p == 0) { sleep 600; exit } $made++ } print "made $made\n"'`;
    const { output, exitCode } = await workspace.run({ command: forks, timeoutMs: 20_000 });
    expect(exitCode).toBe(0);
    const [, made] = /^refused: 11\nmade (\d+)\n/.exec(output) ?? [];
    expect(Number(made)).toBeGreaterThan(40);
    expect(Number(made)).toBeLessThan(64);
    const held = "[held: no more than 64 processes]";
    expect(output.includes(held)).toBe(BOUND?.processes === "control-group");
    const few = await workspace.run({ command: "sleep 0 & sleep 0 & wait", timeoutMs: 20_000 });
    expect(few).toMatchObject({ exitCode: 0, output: "" });
    const hog = "perl -e 'my $x = \"x\" x 75_000_000; my $y = $x . $x; print length $y'";
    const full = await workspace.run({ command: hog, timeoutMs: 20_000 });
    expect(full).toMatchObject({ status: "exited", exitCode: null });
    expect(full.output).toContain("[stopped: more than 100000000 bytes of memory]");
    // A file larger than the bound is no memory that is missing: the kernel takes its pages back. On a tmpfs it is memory.
    if (statfsSync(tmpdir()).type !== TMPFS) {
      const file = "head -c 150000000 /dev/zero > large; cat large large | wc -c; rm large";
      const written = await workspace.run({ command: file, timeoutMs: 60_000 });
      expect(written).toMatchObject({ exitCode: 0, output: "300000000\n" });
    }
    expect(remainingGroups().filter((name) => name.includes(`-${process.pid}-`))).toEqual([]);
  });

  test("the workspace dies with the worker, whatever ends it", async () => {
    const scratch = folder();
    const mark = `orphan-${process.pid}`;
    const sandbox = JSON.stringify(
      join(import.meta.dirname, "../../../src/adapters/sandbox/sandbox.ts"),
    );
    const program = join(folder(), "worker.mjs");
    writeFileSync(
      program,
      `import { createSandbox } from ${sandbox};
      const sandbox = await createSandbox({ isolation: "bubblewrap", scratch: ${JSON.stringify(scratch)} });
      const workspace = await sandbox.workspace(async () => {});
      const running = workspace.run({ command: "echo > begun; sleep 600 # ${mark}", timeoutMs: 600000 });
      while (!(await workspace.readFile("begun", 10))) await new Promise((resolve) => setTimeout(resolve, 5));
      console.log("begun");
      if (process.argv[2] === "throw") setTimeout(() => { throw new Error("a bug"); }, 10);
      if (process.argv[2] === "exit") process.exit(4);
      await running;`,
    );
    for (const [how, code] of [
      ["SIGTERM", 143],
      ["SIGINT", 130],
      ["exit", 4],
      ["throw", 1],
      ["SIGKILL", null],
    ] as const) {
      const child = spawn(process.execPath, [program, how], {
        stdio: ["ignore", "pipe", "ignore"],
      });
      const ended = once(child, "close");
      await once(child.stdout, "data");
      if (how.startsWith("SIG")) child.kill(how as NodeJS.Signals);
      expect((await ended)[0], how).toBe(code);
      const ofChild = (name: string) => name.includes(`-${child.pid}-`);
      expect(await lastLook(() => living(mark)), how).toEqual([]);
      expect(await lastLook(() => remainingGroups().filter(ofChild)), how).toEqual([]);
      // SIGKILL leaves nobody to remove the folder; on GitHub the runner empties it.
      if (how !== "SIGKILL") expect(readdirSync(scratch), how).toEqual([]);
    }
  });
});

test.skipIf(process.platform !== "linux")(
  `the census counts the namespace it is asked for${skippedFor(process.platform !== "linux", "not Linux")}`,
  () => {
    const namespace = readlinkSync("/proc/self/ns/pid");
    const census = takeCensus({ pid: process.pid, startTime: "0", namespace });
    expect(census.processes).toBeGreaterThan(0);
    expect(census.residentBytes).toBeGreaterThan(1_000_000);
    expect(takeCensus({ pid: process.pid, startTime: "0", namespace: "pid:[0]" })).toEqual({
      processes: 0,
      residentBytes: 0,
    });
  },
);
