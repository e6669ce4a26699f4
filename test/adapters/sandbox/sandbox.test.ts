import { chmodSync, existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { findBubblewrap } from "../../../src/adapters/sandbox/process/find-programs.ts";
import { createSandbox } from "../../../src/adapters/sandbox/sandbox.ts";
import { toolStores } from "../../../src/adapters/sandbox/toolchains/tool-stores.ts";
import { sayRefusal } from "../../../src/wording/refusals.ts";
import { sandboxSuite } from "../../ports/sandbox.suite.ts";
import { skippedFor } from "../../skipped.ts";
import { describeInside, ECHO_PROGRAM, useSandboxes } from "./sandboxes.ts";

const { folder, shownFolder, create, open } = useSandboxes();

function program(): string {
  const path = join(folder(), "echo.mjs");
  writeFileSync(path, ECHO_PROGRAM);
  return path;
}

sandboxSuite("none", async () => ({
  workspace: await open({ isolation: "none" }, { "a.txt": "content" }),
  program: program(),
}));
describeInside("with bubblewrap", () => {
  sandboxSuite("bubblewrap", async () => ({
    workspace: await open({ isolation: "bubblewrap" }, { "a.txt": "content" }),
    program: program(),
  }));
});

describe("createSandbox refuses", () => {
  const refusal = async (options: Parameters<typeof createSandbox>[0]) => {
    const sandbox = await createSandbox({ scratch: folder(), ...options });
    if (!("refusal" in sandbox)) throw new Error("no refusal");
    return sandbox.refusal;
  };
  /** A program that stands for bwrap and does something weaker. */
  const stub = (script: string) => {
    const path = join(folder(), "bwrap");
    writeFileSync(path, `#!/bin/bash\n${script}\n`);
    chmodSync(path, 0o755);
    return path;
  };

  test("without bubblewrap, with the line that installs it", async () => {
    const found = await refusal({ isolation: "bubblewrap", path: "/nowhere:relative" });
    expect(found.code).toBe("sandbox-missing");
    expect(sayRefusal(found)).toContain("`sudo apt-get install -y bubblewrap`");
    expect(findBubblewrap("/nowhere")).toBeUndefined();
  });

  test("without a bound of the kernel, with what to change", async () => {
    const bubblewrap = stub("exit 0");
    const found = await refusal({ isolation: "bubblewrap", bubblewrap, bound: () => undefined });
    expect(found).toMatchObject({ code: "sandbox-missing", subject: "the bound on processes" });
    expect(sayRefusal(found)).toContain("as a user other than root");
  });

  test.each([
    ["runs the command directly", 'while [ "$1" != -- ]; do shift; done; shift; exec "$@"'],
    ["does nothing", "exit 0"],
    ["fails", "echo 'bwrap: setting up uid map: Permission denied' >&2; exit 1"],
    ["claims success", "echo '== end'"],
  ])("a bwrap that %s", async (_, script) => {
    const found = await refusal({ isolation: "bubblewrap", bubblewrap: stub(script) });
    expect(found.code).toBe("sandbox-missing");
    expect(sayRefusal(found)).toContain("apparmor_restrict_unprivileged_userns");
  });

  const weaker = (left: string) =>
    `a=(); while [ "$1" != -- ]; do case "$1 $2" in "${left}") shift 2;; *) a+=("$1"); shift;; esac; done; exec ${findBubblewrap()} "\${a[@]}" "$@"`;

  const lacks = findBubblewrap() === undefined;
  const without = skippedFor(lacks, "there is no bubblewrap");

  const leavesOut = async (left: string, fault: string) => {
    const found = await refusal({ isolation: "bubblewrap", bubblewrap: stub(weaker(left)) });
    expect(found).toMatchObject({ code: "sandbox-missing" });
    expect(found.found).toContain(fault);
  };

  test.skipIf(lacks).each([
    ["--remount-ro /dev", "writable: /dev"],
    ["--seccomp 4", "no filter of system calls"],
  ])(`a bwrap that leaves out %s${without}`, leavesOut);

  // Only root has what these two take away.
  const isUser = process.getuid?.() !== 0;
  test.skipIf(lacks || isUser).each([
    ["--cap-drop ALL", "CapBnd"],
    ["--remount-ro /proc", "writable: /proc/sys/kernel/"],
  ])(
    `a bwrap that leaves out %s${without}${skippedFor(isUser, "this user is not root")}`,
    leavesOut,
  );

  test.skipIf(lacks)(`a bwrap under a filter with holes${without}`, async () => {
    const everything = join(folder(), "everything");
    writeFileSync(everything, Buffer.from("060000000000ff7f", "hex"));
    const script = `exec 4< ${everything}; exec ${findBubblewrap()} "$@"`;
    const found = await refusal({ isolation: "bubblewrap", bubblewrap: stub(script) });
    expect(found).toMatchObject({ code: "sandbox-missing" });
    expect(found.found).toMatch(/open calls: .*socket of family \d+.*io_uring_setup.*keyctl/);
  });

  test.skipIf(lacks)(`no self-test that was cut short once${without}`, async () => {
    const seen = join(folder(), "seen");
    const script = `[ -e ${seen} ] || { touch ${seen}; exit 0; }; exec -c ${findBubblewrap()} "$@"`;
    const bubblewrap = stub(script);
    const made = await createSandbox({ scratch: folder(), isolation: "bubblewrap", bubblewrap });
    expect(made).toMatchObject({ isolation: "bubblewrap" });
  });

  test("a self-test that is cut short each time, and says no more than that", async () => {
    const found = await refusal({ isolation: "bubblewrap", bubblewrap: stub("exit 0") });
    expect(found.found).toBe("the self-test did not run to its end: it ended before it began");
  });

  test.skipIf(lacks)(`a bwrap that shows the kernel's files${without}`, async () => {
    const script = `a=(); while [ $# -gt 0 ]; do case "$1 $2" in "--ro-bind /dev/null") shift 3;; *) a+=("$1"); shift;; esac; done; exec ${findBubblewrap()} "\${a[@]}"`;
    const found = await refusal({ isolation: "bubblewrap", bubblewrap: stub(script) });
    expect(found.found).toMatch(/kernel: .*\/proc\/cmdline/);
  });

  test.each([
    "/",
    "/etc",
    "/etc/",
    "/home",
    "/proc/self",
    "/run/docker.sock",
    "/dev",
    "relative",
    "/opt/../etc",
    process.env.HOME ?? "/root",
  ])("sandbox.read %s", async (path) => {
    expect(
      await refusal({ isolation: "bubblewrap", read: [path], bubblewrap: "/x" }),
    ).toMatchObject({
      code: "config-invalid",
      subject: "sandbox.read",
    });
  });

  test("a folder of the config that holds the workspaces", async () => {
    const scratch = shownFolder();
    const found = await refusal({ isolation: "none", scratch, read: [scratch] });
    expect(found.found).toContain("the worker's own files");
  });
});

describeInside("toolchains", () => {
  test("are shown read-only, come first on PATH, and are named when missing", async () => {
    const tools = shownFolder();
    mkdirSync(join(tools, "bin"));
    writeFileSync(join(tools, "bin/greet"), "#!/bin/bash\necho greetings\n", { mode: 0o755 });
    const options = {
      isolation: "bubblewrap",
      read: [tools, "/opt/not-here"],
      path: `/elsewhere/bin:${tools}/bin:relative:/usr/bin`,
    } as const;
    expect((await create({ ...options, bubblewrap: findBubblewrap() ?? "" })).missing).toEqual([
      "/opt/not-here",
    ]);
    const workspace = await open({ ...options, bubblewrap: findBubblewrap() ?? "" });
    const { output } = await workspace.run({
      command: `greet; touch ${tools}/x 2>&1; echo $PATH; node --version`,
      timeoutMs: 20_000,
    });
    expect(output).toContain("greetings\n");
    expect(output).toContain("Read-only file system");
    expect(output).toMatch(new RegExp(`^${tools}/bin:`, "m"));
    expect(output).not.toContain("/elsewhere");
    expect(output).toContain(process.version);
  });
});

describe.each(["none", "bubblewrap"] as const)("isolation %s", (isolation) => {
  const describeHere = isolation === "none" ? describe : describeInside;
  describeHere("a workspace", () => {
    test("joins both outputs in order and passes variables", async () => {
      const workspace = await open({ isolation });
      const result = await workspace.run({
        command: 'echo 1; echo 2 >&2; echo "$GIVEN"; pwd > where; echo $HOME',
        timeoutMs: 20_000,
        environment: { GIVEN: "3 $x\n4" },
      });
      const seen = isolation === "none" ? workspace.directory : "/ws";
      expect(result.output).toBe(`1\n2\n3 $x\n4\n${seen}\n`);
      expect(Buffer.from((await workspace.readFile("where", 1_000)) ?? []).toString()).toBe(
        `${seen}\n`,
      );
    });

    test("gives nothing to read on standard input", async () => {
      const workspace = await open({ isolation });
      expect(await workspace.run({ command: "cat", timeoutMs: 20_000 })).toMatchObject({
        exitCode: 0,
        outputBytes: 0,
      });
    });

    test("tells proxies and certificates to commands with a network, and to no other", async () => {
      const certificate = join(folder(), "authority.pem");
      writeFileSync(certificate, "-----BEGIN CERTIFICATE-----\n");
      const sandbox = await create({
        isolation,
        networkEnvironment: {
          HTTPS_PROXY: "http://proxy.example:3128",
          PIP_INDEX_URL: "https://user:secret-5a@pypi.example/simple",
          NODE_EXTRA_CA_CERTS: certificate,
          GITHUB_TOKEN: "secret-5b",
        },
      });
      expect(sandbox.notes).toEqual([
        "PIP_INDEX_URL is not passed to setup: it holds a credential",
      ]);
      const workspace = await sandbox.workspace(async () => {});
      const run = async (network: boolean, environment = {}) => {
        const command = `echo "$HTTPS_PROXY"; cat "$NODE_EXTRA_CA_CERTS"; env`;
        return (await workspace.run({ command, timeoutMs: 20_000, network, environment })).output;
      };
      const [outside, inside] = [await run(true), await run(false)];
      const own = await run(true, { HTTPS_PROXY: "http://other.example" });
      await workspace.close();
      expect(outside).toContain("http://proxy.example:3128\n-----BEGIN CERTIFICATE-----\n");
      expect(inside).not.toMatch(/proxy\.example|BEGIN CERTIFICATE|NODE_EXTRA/);
      expect(own).toContain("http://other.example\n");
      expect(outside + inside).not.toContain("secret-5");
    });

    test("refuses a variable that is none", async () => {
      const workspace = await open({ isolation });
      const run = workspace.run({ command: "true", timeoutMs: 1, environment: { "a b": "c" } });
      await expect(run).rejects.toThrow(/no environment variable/);
    });

    test("ends a command that hangs, with everything it started", async () => {
      const workspace = await open({ isolation });
      const result = await workspace.run({
        command: "echo begun; (while :; do sleep 0.05; date +%N > beat; done) & wait",
        timeoutMs: 700,
      });
      expect(result).toMatchObject({ status: "timed-out", exitCode: null });
      expect(result.output).toBe("begun\n\n[stopped: not done within 700 ms]\n");
      const beat = await workspace.readFile("beat", 100);
      await new Promise((resolve) => setTimeout(resolve, 200));
      expect(await workspace.readFile("beat", 100)).toEqual(beat);
    });

    test("keeps head and tail of a long output", async () => {
      const workspace = await open({ isolation });
      const { output, outputBytes } = await workspace.run({
        command: "echo first; yes middle | head -c 1000000; echo last",
        timeoutMs: 20_000,
      });
      expect(outputBytes).toBe(1_000_011);
      expect(output.length).toBeLessThan(70_000);
      expect(output).toMatch(
        /^first\n[\s\S]*\[\.\.\. 936011 bytes left out \.\.\.\][\s\S]*last\n$/,
      );
    });

    test("keeps the cache folder between commands, outside of what is collected", async () => {
      const workspace = await open({ isolation });
      const run = (command: string) => workspace.run({ command, timeoutMs: 20_000 });
      await run("mkdir -p $npm_config_cache && echo kept > $npm_config_cache/x");
      expect((await run("cat $npm_config_cache/x")).output).toBe("kept\n");
      expect(
        await workspace.collect({ commit: "0".repeat(40), files: new Map(), ignore: [] }),
      ).toEqual({ changeSet: { base: "0".repeat(40), files: [] } });
    });

    test("removes its folder, read-only and deep ones too", async () => {
      const scratch = folder();
      const workspace = await open({ isolation, scratch });
      const laid = await workspace.run({
        command:
          "mkdir -p locked/below; echo x > locked/below/file; chmod -R a-w locked; chmod 000 locked; printf -v d dddddddddddddddddddd/%.0s {1..150}; mkdir -p $d && cd $d && mkdir -p $d && echo deep",
        timeoutMs: 20_000,
      });
      expect(laid.output).toBe("deep\n");
      expect(readdirSync(scratch)).toHaveLength(1);
      await workspace.close();
      await workspace.close();
      expect(readdirSync(scratch)).toEqual([]);
    });

    test("removes a module cache as Go leaves it: files and folders that nobody may write", async () => {
      const scratch = folder();
      const workspace = await open({ isolation, scratch });
      await workspace.run({
        command:
          'm="$GOPATH/pkg/mod/example.com/m@v1.0.0/deep"; mkdir -p "$m"; echo x > "$m/x.go"; chmod -R a-w "$GOPATH/pkg/mod"',
        timeoutMs: 20_000,
      });
      await workspace.close();
      expect(readdirSync(scratch)).toEqual([]);
    });

    test("leaves nothing behind when it cannot be filled", async () => {
      const scratch = folder();
      const sandbox = await create({ isolation, scratch });
      await expect(
        sandbox.workspace(async () => {
          throw new Error("no tree");
        }),
      ).rejects.toThrow("no tree");
      expect(readdirSync(scratch)).toEqual([]);
    });
  });

  describeHere("a session", () => {
    test.each([
      ["crash", /ended with 7: out of order/],
      ["stranger", /answered what nobody asked/],
      ["prose", /answered what nobody asked/],
    ])("ends when the program does %s", async (text, reason) => {
      const workspace = await open({ isolation });
      const session = await workspace.open(program(), { timeoutMs: 30_000 });
      await expect(session.request({ text }, 20_000)).rejects.toThrow(reason);
      await expect(session.request({ text: "more" }, 1_000)).rejects.toThrow(reason);
      await session.close();
    });

    test("outlives a request that took too long, and drops the late answer", async () => {
      const workspace = await open({ isolation });
      const session = await workspace.open(program(), { timeoutMs: 30_000 });
      await session.request({ text: "warm" }, 20_000);
      await expect(session.request({ text: "late" }, 50)).rejects.toThrow(/within 50 ms/);
      await expect(session.request({ text: "silent" }, 600)).rejects.toThrow(/within 600 ms/);
      expect(await session.request({ text: "on time" }, 20_000)).toMatchObject({ echo: "on time" });
      await session.close();
    });

    test("answers requests that overlap, with ids of the caller too", async () => {
      const workspace = await open({ isolation });
      const session = await workspace.open(program(), { timeoutMs: 30_000 });
      const answers = await Promise.all([
        session.request({ text: "late" }, 20_000),
        session.request({ id: "mine", text: "quick" }, 20_000),
      ]);
      expect(answers).toMatchObject([{ echo: "late" }, { id: "mine", echo: "quick" }]);
      await expect(session.request("text", 10)).rejects.toThrow(/JSON object/);
      await session.close();
    });

    test("ends at the end of its life", async () => {
      const workspace = await open({ isolation });
      const session = await workspace.open(program(), { timeoutMs: 300 });
      await expect(session.request({ text: "silent" }, 20_000)).rejects.toThrow(/lasted 300 ms/);
      await session.close();
    });

    test("is over before anything is collected, and refuses files put in while it lives", async () => {
      const workspace = await open({ isolation });
      const session = await workspace.open(program(), { timeoutMs: 30_000 });
      await session.request({ text: "warm" }, 20_000);
      await expect(workspace.write([])).rejects.toThrow(/nothing is alive/);
      await workspace.collect({ commit: "0".repeat(40), files: new Map(), ignore: [] });
      await expect(session.request({ text: "more" }, 1_000)).rejects.toThrow();
      await workspace.write([{ path: "b", mode: "100755", encoding: "utf-8", content: "x" }]);
      expect(existsSync(join(workspace.directory, "b"))).toBe(true);
    });

    test("finds only the given environment", async () => {
      vi.stubEnv("MILLWRIGHT_CANARY", "canary-8d1f");
      const workspace = await open({ isolation }).finally(() => vi.unstubAllEnvs());
      const session = await workspace.open(program(), { timeoutMs: 30_000 });
      const answer = await session.request({ text: "environment" }, 20_000);
      await session.close();
      const { echo } = answer as { echo: Record<string, string> };
      const seen =
        isolation === "none"
          ? { cache: join(workspace.directory, "../cache") }
          : { cache: "/cache" };
      const given = ["HOME", "LANG", "PATH", "TMPDIR", ...Object.keys(toolStores(seen.cache))];
      expect(
        Object.keys(echo)
          .filter((name) => name !== "PWD")
          .sort(),
      ).toEqual(given.toSorted());
      expect(echo).toMatchObject(toolStores(seen.cache));
      expect(JSON.stringify(answer)).not.toContain("canary-8d1f");
    });
  });
});
