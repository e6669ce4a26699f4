import type { ChangedFile } from "../../src/domain/change-set.ts";
import type {
  Baseline,
  Sandbox,
  SandboxCommand,
  SandboxResult,
  SandboxSession,
  Workspace,
} from "../../src/ports/sandbox.ts";

type Collected = Awaited<ReturnType<Workspace["collect"]>>;

/** What the fake does; `workspace` counts from 1 in the order of creation. What is not given throws. */
export interface FakeSandboxScript {
  readonly isolation?: Sandbox["isolation"];
  readonly run?: (
    command: SandboxCommand,
    workspace: number,
  ) => SandboxResult | Promise<SandboxResult>;
  /** Called once per session; what it returns answers each request. */
  readonly open?: (program: string, workspace: number) => (message: unknown) => unknown;
  readonly collect?: (base: Baseline, workspace: number) => Collected | Promise<Collected>;
  readonly ignoredBy?: (path: string) => string | undefined;
  readonly keep?: (workspace: number) => void;
  readonly restore?: (workspace: number) => void;
  readonly write?: (files: readonly ChangedFile[], workspace: number) => void;
  /** Content of a file, or undefined when there is none. */
  readonly readFile?: (path: string, workspace: number) => string | undefined;
  readonly find?: (pattern: string, workspace: number) => readonly string[];
}

export interface FakeSandboxCall {
  readonly workspace: number;
  readonly method:
    | "fill"
    | "run"
    | "open"
    | "request"
    | "write"
    | "remember"
    | "keep"
    | "restore"
    | "collect"
    | "readFile"
    | "find"
    | "close";
  readonly argument?: unknown;
}

export interface FakeSandbox extends Sandbox {
  readonly calls: readonly FakeSandboxCall[];
}

/** A command that ended by itself. */
export function exited(exitCode: number, output = "", durationMs = 10): SandboxResult {
  return {
    status: "exited",
    exitCode,
    durationMs,
    output,
    outputBytes: new TextEncoder().encode(output).length,
  };
}

/** A command that was killed at its time limit. */
export function timedOut(output = "", durationMs = 1_000): SandboxResult {
  return {
    status: "timed-out",
    exitCode: null,
    durationMs,
    output,
    outputBytes: new TextEncoder().encode(output).length,
  };
}

/** A sandbox without processes. Its folders are names only: `/fake/workspace-1` and so on. */
export function createFakeSandbox(script: FakeSandboxScript = {}): FakeSandbox {
  const calls: FakeSandboxCall[] = [];
  let count = 0;
  return {
    calls,
    isolation: script.isolation ?? "bubblewrap",
    workspace: async (fill) => {
      count += 1;
      const number = count;
      const directory = `/fake/workspace-${number}`;
      calls.push({ workspace: number, method: "fill", argument: directory });
      await fill(directory);
      return fakeWorkspace({ script, number, directory, calls });
    },
  };
}

interface FakeWorkspaceOptions {
  readonly script: FakeSandboxScript;
  readonly number: number;
  readonly directory: string;
  readonly calls: FakeSandboxCall[];
}

function fakeWorkspace({ script, number, directory, calls }: FakeWorkspaceOptions): Workspace {
  const record = (method: FakeSandboxCall["method"], argument?: unknown) => {
    if (calls.some((call) => call.workspace === number && call.method === "close")) {
      throw new Error(`workspace ${number} is closed: ${method} comes too late`);
    }
    calls.push({ workspace: number, method, argument });
  };
  return {
    directory,
    run: async (command) => {
      record("run", command);
      if (script.run === undefined) throw notScripted(`run ${command.command}`);
      return script.run(command, number);
    },
    open: async (program) => {
      record("open", program);
      if (script.open === undefined) throw notScripted(`open ${program}`);
      return fakeSession(script.open(program, number), (message) => record("request", message));
    },
    write: async (files) => {
      record("write", files);
      script.write?.(files, number);
    },
    remember: async (base) => {
      record("remember", base);
    },
    keep: async () => {
      record("keep");
      script.keep?.(number);
    },
    restore: async () => {
      record("restore");
      script.restore?.(number);
    },
    collect: async (base) => {
      record("collect", base);
      if (script.collect === undefined) throw notScripted("collect");
      return script.collect(base, number);
    },
    ignoredBy: (_base, path) => script.ignoredBy?.(path),
    readFile: async (path, maximumBytes) => {
      record("readFile", path);
      if (script.readFile === undefined) throw notScripted(`readFile ${path}`);
      const content = script.readFile(path, number);
      if (content === undefined) return undefined;
      const bytes = new TextEncoder().encode(content);
      if (bytes.length > maximumBytes) throw new Error(`${path} is over ${maximumBytes} bytes`);
      return bytes;
    },
    find: async (pattern) => {
      record("find", pattern);
      if (script.find === undefined) throw notScripted(`find ${pattern}`);
      return script.find(pattern, number);
    },
    close: async () => {
      calls.push({ workspace: number, method: "close" });
    },
  };
}

function fakeSession(
  answer: (message: unknown) => unknown,
  record: (message: unknown) => void,
): SandboxSession {
  let open = true;
  return {
    request: async (message) => {
      record(message);
      if (!open) throw new Error("the session is closed");
      return answer(message);
    },
    close: async () => {
      open = false;
    },
  };
}

function notScripted(what: string): Error {
  return new Error(`the fake sandbox has no script for: ${what}`);
}
