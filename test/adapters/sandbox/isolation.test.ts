import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync, readlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { expect, it } from "vitest";
import { takeCensus } from "../../../src/adapters/sandbox/namespace.ts";
import { describeInside, useSandboxes } from "./sandboxes.ts";

const { folder, open } = useSandboxes();
const CANARY = "canary-4f0a91c7";
const ROOT = process.getuid?.() === 0;

/** Runs a command inside and answers its output. */
async function inside(command: string, options: { readonly timeoutMs?: number } = {}) {
  const workspace = await open({ isolation: "bubblewrap" });
  return workspace.run({ command, timeoutMs: options.timeoutMs ?? 20_000 });
}

/** Every process of the host whose command line holds the mark. */
function living(mark: string): readonly string[] {
  return readdirSync("/proc").filter((name) => {
    if (!/^\d+$/.test(name)) return false;
    try {
      return readFileSync(`/proc/${name}/cmdline`, "utf8").includes(mark);
    } catch {
      return false;
    }
  });
}

describeInside("inside bubblewrap", () => {
  it("no environment of the host is found in any process (RT-01, RT-05)", async () => {
    process.env.ACTIONS_RUNTIME_TOKEN = CANARY;
    process.env.GITHUB_TOKEN = CANARY;
    try {
      const { output } = await inside(
        "env; for f in /proc/[0-9]*/environ /proc/[0-9]*/cmdline /proc/thread-self/environ; do echo; cat $f | tr '\\0' '\\n'; done",
      );
      expect(output).toContain("HOME=/ws");
      expect(output).not.toContain(CANARY);
      expect(output).not.toMatch(/ACTIONS_|GITHUB_|RUNNER_/);
    } finally {
      delete process.env.ACTIONS_RUNTIME_TOKEN;
      delete process.env.GITHUB_TOKEN;
    }
  });

  it("no descriptor of the host is open (RT-02)", async () => {
    const secret = join(folder(), "secret");
    writeFileSync(secret, CANARY);
    const module = (name: string) =>
      JSON.stringify(join(import.meta.dirname, "../../../src/adapters/sandbox", name));
    const program = join(folder(), "probe.mjs");
    writeFileSync(
      program,
      `import { createSandbox } from ${module("sandbox.ts")};
      const sandbox = await createSandbox({ isolation: "bubblewrap", scratch: ${JSON.stringify(folder())} });
      if ("refusal" in sandbox) throw new Error(JSON.stringify(sandbox.refusal));
      const workspace = await sandbox.workspace(async () => {});
      const { output } = await workspace.run({ command: "ls -l /proc/self/fd; for n in 3 9 20 200 251; do cat <&$n; done", timeoutMs: 20000 });
      await workspace.close();
      console.log(output);`,
    );
    const opened = `exec 9<${secret} 20<${secret} 200<${secret} 251<${secret}; exec ${process.execPath} ${program}`;
    const { stdout, stderr } = spawnSync("bash", ["-c", opened], { encoding: "utf8" });
    expect(stdout, stderr).toContain("Bad file descriptor");
    expect(stdout).not.toContain(CANARY);
    // 3 is the listing's own.
    expect(stdout.match(/ (\d+) -> /g)).toEqual([" 0 -> ", " 1 -> ", " 2 -> ", " 3 -> "]);
  });

  it("nothing of the host is reached over a network, loopback included (NET-01, NET-06)", async () => {
    let asked = 0;
    const server = createServer((_, response) => {
      asked += 1;
      response.end();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const { output } = await inside(
      `(echo x > /dev/tcp/127.0.0.1/${port}) 2>&1; (echo x > /dev/tcp/169.254.169.254/80) 2>&1; (echo x > /dev/udp/1.1.1.1/53) 2>&1; cat /etc/resolv.conf 2>&1`,
    );
    server.close();
    expect(asked).toBe(0);
    expect(output).toContain("Connection refused");
    for (const target of ["169.254.169.254/80", "1.1.1.1/53"]) {
      expect(output).toMatch(new RegExp(`${target}: Network is unreachable`));
    }
    expect(output).toContain("/etc/resolv.conf: No such file or directory");
  });

  it("the host's loopback is reached in the one phase that has a network", async () => {
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

  it("nothing is written outside of the workspace, the cache and the temporary folders", async () => {
    const { output } = await inside(
      "for p in / /usr /usr/bin /etc /dev /proc/sys/kernel /cache /tmp /dev/shm /ws; do (: > $p/new) 2>/dev/null && echo $p; done",
    );
    expect(output.trim().split("\n")).toEqual(["/cache", "/tmp", "/dev/shm", "/ws"]);
  });

  it("no folder of the host is seen", async () => {
    const hidden = folder();
    writeFileSync(join(hidden, "secret"), CANARY);
    const { output } = await inside(
      `ls -d /home /root /var /run ${hidden} 2>/dev/null; ls /etc; cat /etc/shadow ${hidden}/secret 2>&1; find / -name docker.sock 2>/dev/null`,
    );
    expect(output).not.toContain(CANARY);
    expect(output.split("\n").filter((line) => line.startsWith("/"))).toEqual([]);
    const shown = output.split("\n").filter((line) => /^[a-z.]+$/.test(line));
    expect(shown).toEqual(["alternatives", "group", "hosts", "nsswitch.conf", "passwd"]);
  });

  it("no privilege is left or gained (RT-03, RT-07)", async () => {
    const { output } = await inside(
      "grep -E '^Cap|NoNewPrivs' /proc/self/status; unshare -Ur true 2>&1 || echo nested:no; mount -t tmpfs x /tmp 2>&1 || echo mount:no; (sudo -n true) 2>/dev/null || echo sudo:no; cat /proc/1/mem 2>/dev/null | head -c1 || true; kill -0 1 2>/dev/null; python3 -c 'import fcntl,termios; fcntl.ioctl(0, termios.TIOCSTI, b\"x\")' 2>/dev/null || echo tty:no",
    );
    expect(output.match(/0000000000000000/g)).toHaveLength(5);
    expect(output).toContain("NoNewPrivs:\t1");
    for (const word of ["nested:no", "mount:no", "sudo:no", "tty:no"])
      expect(output).toContain(word);
  });

  it("only its own processes are seen", async () => {
    const { output } = await inside("ls -d /proc/[0-9]* | wc -l; echo $$");
    expect(Number(output.split("\n")[0])).toBeLessThan(8);
  });

  it("nothing survives a command: setsid, nohup, double fork (RT-09)", async () => {
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

  it.each<
    readonly [string, string, Awaited<ReturnType<typeof inside>>["status"], number | null, RegExp]
  >([
    [
      "half a gigabyte",
      "yes | head -c 500000000",
      "exited",
      null,
      /stopped: more than 50000000 bytes/,
    ],
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

  it("a fork bomb ends in bounded time and leaves nothing (RT-11)", async () => {
    const workspace = await open({ isolation: "bubblewrap", limits: { processes: 200 } });
    const mark = `bomb-${process.pid}`;
    const result = await workspace.run({
      command: `exec 2>/dev/null; bomb() { bomb ${mark} | bomb & bomb; }; bomb`,
      timeoutMs: 5_000,
    });
    expect(result.exitCode === null || !ROOT).toBe(true);
    expect(result.durationMs).toBeLessThan(15_000);
    expect(living(mark)).toEqual([]);
    if (ROOT) expect(result.output).toContain("[stopped: more than 200 processes]");
    expect((await workspace.run({ command: "echo well", timeoutMs: 20_000 })).output).toBe(
      "well\n",
    );
  });

  it("memory, file size and temporary space are bounded (RT-11)", async () => {
    const workspace = await open({
      isolation: "bubblewrap",
      limits: { memoryBytes: 300_000_000, fileBytes: 1_000_000, temporaryBytes: 2_000_000 },
    });
    const run = (command: string) => workspace.run({ command, timeoutMs: 30_000 });
    const memory = await run(
      "node -e 'const a = []; for (;;) a.push(Buffer.alloc(10_000_000, 1))'",
    );
    expect(memory.output).toContain("[stopped: more than 300000000 bytes of memory]");
    expect((await run("head -c 5000000 /dev/zero > big; stat -c %s big")).output).toMatch(
      /^1000000$/m,
    );
    const full = await run(
      "for i in 1 2 3 4 5; do head -c 900000 /dev/zero > /tmp/$i || break; done 2>&1; echo end",
    );
    expect(full.output).toContain("No space left on device");
  });

  it("the workspace dies with the worker, whatever ends it", async () => {
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
      const deadline = Date.now() + 5_000;
      while (living(mark).length > 0 && Date.now() < deadline) {
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      expect(living(mark), how).toEqual([]);
      // SIGKILL leaves nobody to remove the folder; on GitHub the runner empties it.
      if (how !== "SIGKILL") expect(readdirSync(scratch), how).toEqual([]);
    }
  });
});

it.skipIf(process.platform !== "linux")("the census counts the namespace it is asked for", () => {
  const namespace = readlinkSync("/proc/self/ns/pid");
  const census = takeCensus({ pid: process.pid, startTime: "0", namespace });
  expect(census.processes).toBeGreaterThan(0);
  expect(census.residentBytes).toBeGreaterThan(1_000_000);
  expect(takeCensus({ pid: process.pid, startTime: "0", namespace: "pid:[0]" })).toEqual({
    processes: 0,
    residentBytes: 0,
  });
});
