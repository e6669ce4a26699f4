import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { homedir, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { foldersInEtc } from "../../../../src/adapters/sandbox/toolchains/etc-folders.ts";
import { lookForToolchains } from "../../../../src/adapters/sandbox/toolchains/look-for-toolchains.ts";
import { describeInside, useSandboxes } from "../sandboxes.ts";

const { open } = useSandboxes();
const HOST = process.env.PATH ?? "";
let root: string;

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "look-")));
});
afterEach(() => rmSync(root, { recursive: true }));

/** A program that stands for a tool of the machine. */
function program(path: string, script: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), `#!/bin/bash\n${script}\n`, { mode: 0o755 });
}
const folder = (path: string) => {
  mkdirSync(join(root, path), { recursive: true });
  return join(root, path);
};
const look = (path = join(root, "bin")) => lookForToolchains({ path });

describe("lookForToolchains", () => {
  test("asks each program where it lives", async () => {
    program("bin/python3", `echo ${folder("versions/3.12")}`);
    program("bin/rustc", `echo ${folder("rustup/toolchains/stable")}`);
    program("bin/go", `echo ${folder("sdk/go1.26")}`);
    program(
      "bin/java",
      `echo 'Property settings:' >&2; echo '    java.home = ${folder("jdk")}' >&2`,
    );
    program("bin/ruby", `echo ${folder("rbenv/3.4")}`);
    expect(await look()).toEqual({
      folders: ["versions/3.12", "rustup/toolchains/stable", "sdk/go1.26", "jdk", "rbenv/3.4"].map(
        (path) => join(root, path),
      ),
      notes: ["python3", "rustc", "go", "java", "ruby"].map((name) =>
        expect.stringMatching(new RegExp(`^${name} lives in ${root}/`)),
      ),
    });
  });

  test.each([
    ["of a version manager lives in its home", "phps/8.4/bin/php", "phps/8.4/etc", "phps/8.4"],
    ["of a system keeps its configuration elsewhere", "/usr/bin/php", "php.d", "php.d"],
  ])("a PHP %s", async (_title, file, scanned, home) => {
    folder(scanned);
    const own = file.startsWith("/") ? file : join(root, file);
    program("bin/php", `echo ${own}; echo ${join(root, scanned)}`);
    expect((await look()).folders).toEqual([join(root, home)]);
  });

  test.skipIf(!existsSync("/etc/php"))(
    "a PHP of Debian (skipped where there is none) needs all of its folders",
    async () => {
      program("bin/php", "echo /usr/bin/php8.2; echo /etc/php/8.2/cli/conf.d");
      expect((await look()).folders).toEqual(["/etc/php"]);
    },
  );

  test("follows links to programs that live in their home", async () => {
    program("maven/3.9/bin/mvn", "exit 1");
    folder("maven/3.9/boot");
    folder("bin");
    symlinkSync("3.9", join(root, "maven/current"));
    symlinkSync(join(root, "maven/current/bin/mvn"), join(root, "bin/mvn"));
    expect((await look()).folders).toEqual([join(root, "maven/3.9")]);
    program("bin/gradle", "exit 1");
    const { folders, notes } = await look();
    expect(folders).toEqual([join(root, "maven/3.9")]);
    expect(notes[1]).toContain("does not look like its home");
    // A folder is taken, and nothing said, where somebody else's language is meant.
    const quiet = await lookForToolchains({ path: join(root, "bin"), told: ["gradle"] });
    expect([quiet.folders, quiet.notes]).toEqual([folders, [notes[1]]]);
  });

  test("gives both names of a home that is a link", async () => {
    folder("3.12.1");
    folder("bin");
    symlinkSync(join(root, "3.12.1"), join(root, "3.12"));
    program("bin/python3", `echo ${join(root, "3.12")}`);
    expect((await look()).folders).toEqual([join(root, "3.12"), join(root, "3.12.1")]);
  });

  test.each([
    ["a home", homedir()],
    ["the root", "/"],
    ["a shared folder", "/opt"],
    ["a folder of the system's state", "/run"],
  ])("never answers %s", async (_, home) => {
    program("bin/python3", `echo ${home}`);
    const { folders, notes } = await look();
    expect(folders).toEqual([]);
    expect(notes).toEqual([expect.stringContaining("not shown in the sandbox")]);
  });

  test.each([
    ["fails", "exit 3", /could not say/],
    ["says nothing", "true", /did not say/],
    ["says prose", "echo hello", /did not say/],
    ["names what is not there", "echo /nowhere/at/all", /did not say/],
    ["floods", "yes", /could not say|did not/],
  ])("tells when a program %s", async (_, script, reason) => {
    program("bin/python3", script);
    const { folders, notes } = await look();
    expect(folders).toEqual([]);
    expect(notes).toEqual([expect.stringMatching(reason)]);
    expect(notes[0]).toContain("sandbox.read");
  });

  test("is silent about programs that are not there and about relative PATH entries", async () => {
    expect(await look(`${root}/none:relative:`)).toEqual({ folders: [], notes: [] });
  });

  test("asks outside of any repository and without the worker's environment", async () => {
    vi.stubEnv("MILLWRIGHT_CANARY", "canary-77");
    program("bin/python3", `{ pwd; env; } > ${root}/seen; echo ${folder("home")}`);
    await look().finally(() => vi.unstubAllEnvs());
    const seen = spawnSync("cat", [join(root, "seen")], { encoding: "utf8" }).stdout;
    expect(seen).toMatch(/^\/\n/);
    expect(seen).not.toContain("canary-77");
  });
});

describe("foldersInEtc", () => {
  test("finds nothing where no link leads there", () => {
    folder("conf");
    symlinkSync("/etc/passwd", join(root, "conf/passwd"));
    symlinkSync("/etc/ssl", join(root, "ssl"));
    symlinkSync("nowhere", join(root, "conf/dangling"));
    expect(foldersInEtc(root)).toEqual([]);
    expect(foldersInEtc(join(root, "none"))).toEqual([]);
  });
});

describeInside("in the sandbox, with what was found on this machine,", () => {
  const has = (name: string) =>
    spawnSync("bash", ["-c", `command -v ${name}`], { encoding: "utf8" }).status === 0;

  let folders: readonly string[];
  beforeAll(async () => {
    ({ folders } = await lookForToolchains({ path: HOST }));
  });

  for (const [name, command] of [
    ["python3", "python3 -c 'import sys, ssl, json; print(sys.prefix)'"],
    ["go", "go version"],
    ["cargo", "cargo --version && rustc --version"],
    ["java", "java -version"],
    ["mvn", "mvn --version"],
    ["ruby", "ruby --version"],
    ["dotnet", "dotnet --list-sdks"],
  ] as const) {
    const missing = !has(name);
    const title = missing ? `${name} runs (skipped: ${name} is not installed)` : `${name} runs`;
    test.skipIf(missing)(title, async () => {
      const workspace = await open({ isolation: "bubblewrap", read: folders });
      expect(await workspace.run({ command, timeoutMs: 60_000 })).toMatchObject({ exitCode: 0 });
    });
  }
});
