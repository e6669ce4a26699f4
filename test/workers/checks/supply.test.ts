import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { DependencyChange } from "../../../src/domain/dependencies/change.ts";
import type { LockedPackage } from "../../../src/domain/dependencies/npm-entry.ts";
import type { SandboxCommand, SandboxResult } from "../../../src/ports/sandbox.ts";
import { installPackages, supplyPackages } from "../../../src/workers/checks/supply.ts";
import { integrityOf, REGISTRY } from "../../domain/dependencies/npm-lockfiles.ts";
import { createFakeSandbox, exited, timedOut } from "../../fakes/sandbox.ts";
import { answered, createFakeWeb, type WebAnswer } from "../../fakes/web.ts";

const LIST =
  'cd "$npm_config_cache/_cacache/content-v2/sha512" 2>/dev/null && find . -type f || true';
const STORE =
  'mkdir -p "$npm_config_cache/_cacache" && cp -R .millwright-fetched/. "$npm_config_cache/_cacache/" && rm -rf .millwright-fetched';
const INSTALL = "npm ci --offline --ignore-scripts --no-audit --no-fund";

function locked(name: string, changes: Partial<LockedPackage> = {}): LockedPackage {
  return {
    name,
    version: "1.0.0",
    resolved: `${REGISTRY}/${name}.tgz`,
    integrity: integrityOf(name),
    installScript: false,
    forLinux: true,
    ...changes,
  };
}

function changeOf(lockfiles: Readonly<Record<string, readonly LockedPackage[]>>): DependencyChange {
  return {
    digest: "d".repeat(64),
    paths: Object.keys(lockfiles),
    lockfiles: Object.entries(lockfiles).map(([path, packages]) => ({
      path,
      packages,
      added: packages,
      known: [],
    })),
  };
}

/** Where npm's cache has a package: the hexadecimal digest in three parts. */
function placeOf(name: string): string {
  const hash = createHash("sha512").update(name).digest("hex");
  return `${hash.slice(0, 2)}/${hash.slice(2, 4)}/${hash.slice(4)}`;
}

/** A workspace that answers commands, and what it was asked. */
async function workspaceOf(answer: (command: string) => SandboxResult) {
  const sandbox = createFakeSandbox({ run: ({ command }) => answer(command), write: () => {} });
  const workspace = await sandbox.workspace(async () => {});
  const asked = (method: "run" | "write") =>
    sandbox.calls.filter((call) => call.method === method).map(({ argument }) => argument);
  return {
    workspace,
    commands: () => asked("run") as SandboxCommand[],
    writes: () => asked("write"),
  };
}

async function supply(
  packages: readonly LockedPackage[],
  given: {
    readonly answer?: (command: string) => SandboxResult;
    readonly web?: Readonly<Record<string, WebAnswer>>;
    readonly remainingMs?: number;
  } = {},
) {
  const { workspace, commands, writes } = await workspaceOf(given.answer ?? (() => exited(0)));
  const names = packages.map(({ name }) => name);
  const web = createFakeWeb(
    given.web ??
      Object.fromEntries(names.map((name) => [`${REGISTRY}/${name}.tgz`, answered(name)])),
  );
  const refusal = await supplyPackages(workspace, changeOf({ "package-lock.json": packages }), {
    web,
    remainingMs: () => given.remainingMs ?? 1_000_000,
  });
  return { refusal, commands: commands(), writes: writes(), requests: web.requests };
}

describe("supplying packages", () => {
  test("puts what is missing into npm's cache, by its digest", async () => {
    const { refusal, commands, writes } = await supply([locked("a"), locked("b")], {
      answer: (command) => exited(0, command === LIST ? `./${placeOf("b")}\n` : ""),
    });
    expect(refusal).toBeUndefined();
    expect(commands).toEqual([
      { command: LIST, timeoutMs: 300_000, keepBytes: 2_000_000 },
      { command: STORE, timeoutMs: 300_000 },
    ]);
    expect(writes).toEqual([
      [
        {
          path: `.millwright-fetched/content-v2/sha512/${placeOf("a")}`,
          mode: "100644",
          encoding: "base64",
          content: Buffer.from("a").toString("base64"),
        },
      ],
    ]);
  });

  test("asks nobody for what is there already", async () => {
    const held = ["a", "b"].map((name) => `./${placeOf(name)}`).join("\n");
    const { refusal, commands, requests } = await supply([locked("a"), locked("b")], {
      answer: () => exited(0, held),
    });
    expect([refusal, requests]).toEqual([undefined, []]);
    expect(commands.map(({ command }) => command)).toEqual([LIST]);
  });

  test.each([
    ["nothing", []],
    ["what cannot be installed here", [locked("mac", { forLinux: false })]],
  ])("does nothing for %s", async (_what, packages) => {
    expect(await supply(packages)).toEqual({
      refusal: undefined,
      commands: [],
      writes: [],
      requests: [],
    });
  });

  test("fetches a tarball once, however many name it, and one of other bytes apart", async () => {
    const other = locked("a", { integrity: integrityOf("other bytes") });
    const { refusal, requests } = await supply([locked("a"), locked("a"), other]);
    expect(requests).toEqual([`${REGISTRY}/a.tgz`, `${REGISTRY}/a.tgz`]);
    expect(refusal?.code).toBe("dependencies-refused");
  });

  test("stores nothing when one cannot be had", async () => {
    const away: WebAnswer = { kind: "unreachable", reason: "no route", durationMs: 1 };
    const { refusal, commands } = await supply([locked("a")], {
      web: { [`${REGISTRY}/a.tgz`]: away },
    });
    expect(refusal).toMatchObject({ code: "dependencies-unfetched", found: "no route" });
    expect(commands.map(({ command }) => command)).toEqual([LIST]);
  });

  test.each([
    [exited(1, ` ${"x".repeat(1_000)}no room \n`), `exit code 1: ${"x".repeat(993)}no room`],
    [timedOut("still copying"), "timed out: still copying"],
  ])("says why it could not store them", async (result, found) => {
    const { refusal } = await supply([locked("a")], {
      answer: (command) => (command === STORE ? result : exited(0)),
    });
    expect(refusal).toEqual({
      code: "check-failed",
      subject: "storing the fetched packages",
      found,
      accepted: "a lockfile that fits its manifest, and of which every package was fetched",
    });
  });

  test.each([
    [299_999.9, 299_999],
    [0, 1],
  ])("with %d ms left a command may take %d ms", async (remainingMs, timeoutMs) => {
    const held = exited(0, `./${placeOf("a")}`);
    const { commands } = await supply([locked("a")], { answer: () => held, remainingMs });
    expect(commands).toEqual([{ command: LIST, timeoutMs, keepBytes: 2_000_000 }]);
  });
});

describe("installing packages", () => {
  const install = async (paths: readonly string[], answer: (command: string) => SandboxResult) => {
    const { workspace, commands } = await workspaceOf(answer);
    const change = changeOf(Object.fromEntries(paths.map((path) => [path, []])));
    const refusal = await installPackages(workspace, change, { remainingMs: () => 1_000 });
    return { refusal, commands: commands() };
  };

  test("runs in the folder of each lockfile, without a network and without scripts", async () => {
    const paths = ["package-lock.json", "apps/it's/package-lock.json"];
    const { refusal, commands } = await install(paths, () => exited(0));
    expect(refusal).toBeUndefined();
    expect(commands).toEqual([
      { command: `cd '.' && ${INSTALL}`, timeoutMs: 1_000 },
      { command: `cd 'apps/it'\\''s' && ${INSTALL}`, timeoutMs: 1_000 },
    ]);
  });

  test("ends at the first that cannot be installed", async () => {
    const paths = ["a/package-lock.json", "b/package-lock.json"];
    const { refusal, commands } = await install(paths, () => exited(1, "out of step"));
    expect(refusal).toMatchObject({
      code: "check-failed",
      subject: `${INSTALL} for a/package-lock.json`,
      found: "exit code 1: out of step",
    });
    expect(commands).toHaveLength(1);
  });
});
