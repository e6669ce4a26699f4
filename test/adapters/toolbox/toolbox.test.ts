import { existsSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { betaAgentToolset20260401 } from "@anthropic-ai/sdk/tools/agent-toolset/node";
import { describe, expect, test } from "vitest";
import { TOOLBOX } from "../../../src/adapters/toolbox/definitions.ts";
import { toolsOf } from "../../../src/adapters/toolbox/relay.ts";
import { temporaryFolder, workspaceWith } from "./open-toolbox.ts";

test("what the model is told are the names and inputs of the SDK's toolset, less a shell that stays", () => {
  const toolset = betaAgentToolset20260401({ workdir: "." });
  const ours = TOOLBOX.map(({ name, inputSchema }) => [
    name,
    Object.keys(inputSchema.properties as object),
  ]);
  const theirs = toolset.map((tool) => {
    if (!("input_schema" in tool)) throw new Error("a tool without a schema");
    const properties = Object.keys(tool.input_schema.properties ?? {});
    return [tool.name, properties.filter((name) => name !== "restart")];
  });
  expect(ours).toEqual(theirs);
});

describe("the tools work on the workspace", () => {
  test("write, read, edit, glob, grep", async () => {
    const { root, use } = workspaceWith(
      { "src/a.ts": "const one = 1;\nconst two = 2;\n" },
      "started",
    );
    expect(await use("write", { file_path: "docs/new.md", content: "# New\n" })).toContain(
      "6 bytes",
    );
    expect(readFileSync(join(root, "docs/new.md"), "utf8")).toBe("# New\n");
    expect(await use("read", { file_path: "src/a.ts" })).toBe("const one = 1;\nconst two = 2;\n");
    expect(await use("read", { file_path: "src/a.ts", view_range: [2, 2] })).toBe("const two = 2;");
    await use("edit", { file_path: "src/a.ts", old_string: "two = 2", new_string: "two = 3" });
    expect(readFileSync(join(root, "src/a.ts"), "utf8")).toContain("two = 3");
    expect(await use("glob", { pattern: "**/*.ts" })).toBe("src/a.ts");
    // With ripgrep on the machine the SDK's tool ends its last line, without it does not.
    const found = await use("grep", { pattern: "tw." });
    expect(found.trimEnd()).toBe("src/a.ts:2:const two = 3;");
  });

  test.each([
    ["read", { file_path: "none.ts" }, "read: "],
    ["read", { file_path: "../outside" }, "outside"],
    ["edit", { file_path: "a.txt", old_string: "z", new_string: "y" }, "not found in a.txt"],
    ["bash", {}, "bash: command"],
    ["bash", { command: "true", timeout_ms: 1_000_000_000 }, "timeout_ms"],
  ])("%s %j is an error that the model can read", async (name, input, reason) => {
    const { use } = workspaceWith({ "a.txt": "x" });
    await expect(use(name, input)).rejects.toThrow(reason);
    expect(await use("bash", { command: "echo still here" })).toBe("exit code 0\nstill here\n");
  });

  test("an edit of what was only shown as an escape says how to do it", async () => {
    const { use } = workspaceWith({ "a.txt": "one\u200btwo" });
    const edit = { file_path: "a.txt", old_string: "one\\u{200b}two", new_string: "x" };
    await expect(use("edit", edit)).rejects.toThrow("change that line by a bash command");
    const plain = { ...edit, old_string: "three" };
    await expect(use("edit", plain)).rejects.not.toThrow("bash");
  });

  test("a link that leaves the workspace is not followed", async () => {
    const outside = temporaryFolder();
    writeFileSync(join(outside, "secret"), "canary");
    const { root, use } = workspaceWith({ "a.txt": "x" });
    symlinkSync(outside, join(root, "out"));
    await expect(use("read", { file_path: "out/secret" })).rejects.toThrow();
    await expect(use("write", { file_path: "out/new", content: "x" })).rejects.toThrow();
    expect(existsSync(join(outside, "new"))).toBe(false);
  });

  test("requests are answered in order: edits of one file in one turn are all kept", async () => {
    const { root, use } = workspaceWith({ "a.txt": "0123456789" });
    await Promise.all(
      Array.from({ length: 10 }, (_, digit) =>
        use("edit", { file_path: "a.txt", old_string: `${digit}`, new_string: `<${digit}>` }),
      ),
    );
    expect(readFileSync(join(root, "a.txt"), "utf8")).toBe("<0><1><2><3><4><5><6><7><8><9>");
  });
});

describe("bash", () => {
  test.each([
    ["echo out; echo err >&2; exit 3", /^exit code 3\n(out\nerr|err\nout)\n$/],
    ["pwd | wc -l; cd /; cat", /^exit code 0\n1\n$/],
    ["kill -9 $$", /^ended by SIGKILL\n$/],
  ])("%s", async (command, expected) => {
    const { use } = workspaceWith({ "a.txt": "x" });
    expect(await use("bash", { command })).toMatch(expected);
  });

  test("a command that does not end is killed with what it started", async () => {
    const { root, use } = workspaceWith({ "a.txt": "x" });
    const command = "sleep 300 & echo $! > pid; echo waiting; wait";
    expect(await use("bash", { command, timeout_ms: 300 })).toBe(
      "killed: not done after 300 ms\nwaiting\n",
    );
    const pid = Number(readFileSync(join(root, "pid"), "utf8"));
    await expect.poll(() => isRunning(pid)).toBe(false);
  });

  test("what a command leaves in the background is killed and does not hold the answer", async () => {
    const { root, use } = workspaceWith({ "a.txt": "x" });
    expect(await use("bash", { command: "sleep 300 & echo $! > pid" })).toBe("exit code 0\n");
    const pid = Number(readFileSync(join(root, "pid"), "utf8"));
    await expect.poll(() => isRunning(pid)).toBe(false);
  });

  test("a flood keeps its head and its tail", async () => {
    const { use } = workspaceWith({ "a.txt": "x" });
    const text = await use("bash", { command: "echo first; seq 1 200000; echo last" });
    expect(text.length).toBeLessThan(34_000);
    expect(text).toMatch(/^exit code 0\nfirst\n1\n/);
    expect(text).toMatch(/199999\n200000\nlast\n$/);
    expect(text).toMatch(/bytes left out/);
  });
});

describe("the protocol", () => {
  test("answers whatever a line is, and goes on", async () => {
    const { send } = workspaceWith({ "a.txt": "x".repeat(100_000) });
    expect(await send("not JSON")).toMatchObject({ id: null, ok: false });
    expect(await send('{"id":1,"tool":"fly"}')).toEqual({
      id: 1,
      ok: false,
      text: 'there is no tool "fly"; there are: bash, read, write, edit, glob, grep',
    });
    expect(await send("x".repeat(5_000_000))).toMatchObject({ id: null, ok: false });
    const read = (await send('{"id":"r","tool":"read","input":{"file_path":"a.txt"}}')) as {
      text: string;
    };
    expect(read).toMatchObject({ id: "r", ok: true });
    expect(read.text.length).toBeLessThan(33_000);
    expect(read.text).toContain("68000 characters left out; ask for a part with view_range");
  });

  test("ends when its input ends", async () => {
    const { session, ended } = workspaceWith({}, "started");
    await session.close();
    expect(await ended).toBe(0);
  });

  test("the relay offers what is asked for and refuses an answer that is none", async () => {
    const session = { request: async () => ({ fine: true }), close: async () => undefined };
    const tools = toolsOf(session, { only: ["read", "grep"] });
    expect(tools.map(({ name }) => name)).toEqual(["read", "grep"]);
    await expect(tools[0]?.run({ file_path: "a" })).rejects.toThrow("no answer");
    const long = { file_path: "a".repeat(5_000_000) };
    await expect(tools[0]?.run(long)).rejects.toThrow("too long");
  });
});

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !readFileSync(`/proc/${pid}/stat`, "utf8").includes(") Z ");
  } catch {
    return false;
  }
}
