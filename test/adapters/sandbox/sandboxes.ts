import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe } from "vitest";
import { LIMITER } from "../../../src/adapters/sandbox/process/bubblewrap.ts";
import { findBound } from "../../../src/adapters/sandbox/process/control-group.ts";
import { findBash, isExecutable } from "../../../src/adapters/sandbox/process/find-programs.ts";
import {
  type CreatedSandbox,
  createSandbox,
  type SandboxOptions,
} from "../../../src/adapters/sandbox/sandbox.ts";
import type { Workspace } from "../../../src/ports/sandbox.ts";
import { HAS_BUBBLEWRAP, PROMISES_BUBBLEWRAP } from "../../bubblewrap.ts";

/** Tests may keep their files in memory, below `/dev`, of which a sandbox shows nothing. */
const ON_DISK = process.env.MILLWRIGHT_TESTS_MEMORY === undefined ? tmpdir() : "/tmp";

/** Where bubblewrap is missing these tests are skipped by name, and fail where CI promises it. */
export function describeInside(title: string, body: () => void): void {
  const missing = !HAS_BUBBLEWRAP && !PROMISES_BUBBLEWRAP;
  describe.skipIf(missing)(
    missing ? `${title} (skipped: bubblewrap is not installed)` : title,
    body,
  );
}

/** What the kernel holds commands with here; undefined where the sandbox refuses. */
export const BOUND =
  process.platform === "linux" ? findBound(findBash(), isExecutable(LIMITER)) : undefined;

/**
 * Floods and bombs in `*.floods.test.ts`, which run after all other tests and one at a time: wherever the kernel holds
 * them. Elsewhere only what tests themselves stop would stand between them and the machine.
 */
export function describeFloods(title: string, body: () => void): void {
  const skipped = `${title} (skipped: nothing on this machine bounds processes)`;
  if (BOUND === undefined) describe.skip(skipped, body);
  else describe(title, body);
}

/** Folders of control groups that commands of this process, or of any, have left. */
export function remainingGroups(): readonly string[] {
  return (BOUND?.parents ?? []).flatMap(({ folder }) =>
    readdirSync(folder).filter((name) => name.startsWith("millwright-")),
  );
}

/** As `describeFloods`, where bubblewrap is. */
export function describeFloodsInside(title: string, body: () => void): void {
  describeFloods(title, () => describeInside("inside bubblewrap", body));
}

/** Every process of the host whose command line holds the mark. */
export function living(mark: string): readonly string[] {
  return readdirSync("/proc").filter((name) => {
    if (!/^\d+$/.test(name)) return false;
    try {
      return readFileSync(`/proc/${name}/cmdline`, "utf8").includes(mark);
    } catch {
      return false;
    }
  });
}

/**
 * Temporary folders and workspaces that are gone after each test. A sandbox serves all tests of a file that ask for the same:
 * finding what bounds it and proving itself is most of what a test in it would take, and `createSandbox` has tests of its own.
 */
export function useSandboxes() {
  const folders: string[] = [];
  const kept: string[] = [];
  const workspaces: Workspace[] = [];
  const sandboxes = new Map<string, Promise<CreatedSandbox>>();
  afterEach(async () => {
    for (const workspace of workspaces.splice(0)) await workspace.close();
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
  });
  afterAll(() => {
    sandboxes.clear();
    for (const folder of kept.splice(0)) rmSync(folder, { recursive: true, force: true });
  });
  const make = (owner: string[], place = tmpdir()): string => {
    const made = realpathSync(mkdtempSync(join(place, "sandbox-test-")));
    owner.push(made);
    return made;
  };
  const folder = (): string => make(folders);
  const shownFolder = (): string => make(folders, ON_DISK);
  const createIn = async (scratch: string, options: SandboxOptions): Promise<CreatedSandbox> => {
    const sandbox = await createSandbox({ scratch, bound: () => BOUND, ...options });
    if ("refusal" in sandbox) throw new Error(JSON.stringify(sandbox.refusal));
    return sandbox;
  };
  const create = (options: SandboxOptions): Promise<CreatedSandbox> => {
    // What is asked for by a function is of one test.
    const isShared = Object.values(options).every((value) => typeof value !== "function");
    if (!isShared) return createIn(folder(), options);
    const asked = JSON.stringify([options, process.env]);
    const sandbox = sandboxes.get(asked) ?? createIn(make(kept), options);
    sandboxes.set(asked, sandbox);
    return sandbox;
  };
  const open = async (
    options: SandboxOptions,
    files: Readonly<Record<string, string>> = {},
  ): Promise<Workspace> => {
    const sandbox = await create(options);
    const workspace = await sandbox.workspace(async (directory) => {
      for (const [path, content] of Object.entries(files)) {
        writeFileSync(join(directory, path), content);
      }
    });
    workspaces.push(workspace);
    return workspace;
  };
  return { folder, shownFolder, create, open };
}

/** The echo program of the port suite, and a few ways to misbehave. */
export const ECHO_PROGRAM = `
import { once } from "node:events";
import { createInterface } from "node:readline";
for await (const line of createInterface({ input: process.stdin })) {
  const { id, text } = JSON.parse(line);
  if (text === "crash") { console.error("out of order"); process.exit(7); }
  if (text === "silent") continue;
  if (text === "stranger") { console.log(JSON.stringify({ id: "nobody" })); continue; }
  if (text === "prose") { console.log("hello"); continue; }
  if (text === "flood") { for (;;) if (!process.stdout.write("x".repeat(100_000))) await once(process.stdout, "drain"); }
  if (text === "late") { setTimeout(() => console.log(JSON.stringify({ id, echo: text })), 300); continue; }
  if (text === "environment") { console.log(JSON.stringify({ id, echo: process.env, cwd: process.cwd() })); continue; }
  console.log(JSON.stringify({ id, echo: text }));
}
`;
