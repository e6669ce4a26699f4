import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  type ControlGroup,
  findBound,
  nameGroups,
  openGroups,
  settingsOf,
} from "../../../../src/adapters/sandbox/process/control-group.ts";
import { findBash } from "../../../../src/adapters/sandbox/process/find-programs.ts";
import { skippedFor } from "../../../skipped.ts";

const LIMITS = { processes: 64, memoryBytes: 1_000 };

test.each<readonly [string, ControlGroup, readonly string[]]>([
  [
    "the unified hierarchy",
    { version: 2, controllers: ["pids", "memory"], folder: "/g" },
    ["/g/pids.max 65", "/g/memory.max 1000", "/g/memory.swap.max 0 if it can"],
  ],
  ["pids of version 1", { version: 1, controllers: ["pids"], folder: "/g" }, ["/g/pids.max 65"]],
  [
    "memory of version 1",
    { version: 1, controllers: ["memory"], folder: "/g" },
    ["/g/memory.limit_in_bytes 1000", "/g/memory.memsw.limit_in_bytes 1000 if it can"],
  ],
])("the settings of %s", (_, group, expected) => {
  const settings = settingsOf(group, LIMITS);
  expect(
    settings.map(({ file, value, needed }) => `${file} ${value}${needed ? "" : " if it can"}`),
  ).toEqual(expected);
});

test("no two commands share a group", () => {
  const parents = [{ version: 2, controllers: ["pids"], folder: "/g" }] as const;
  const [one, two] = [nameGroups(parents), nameGroups(parents)].map((groups) => groups[0]?.folder);
  expect(one).toMatch(/^\/g\/millwright-\d+-[0-9a-f]{12}$/);
  expect(one).not.toBe(two);
});

test("a group that cannot be made leaves nothing", () => {
  const folder = mkdtempSync(join(tmpdir(), "groups-"));
  const [group] = nameGroups([{ version: 2, controllers: ["pids"], folder }]);
  // A folder that is no control group has no files for limits.
  expect(() => openGroups(group === undefined ? [] : [group], LIMITS, findBash())).toThrow(
    /ENOENT/,
  );
  expect(readdirSync(folder)).toEqual([]);
  rmSync(folder, { recursive: true });
});

const bash = findBash();
const bound = process.platform === "linux" ? findBound(bash, true) : undefined;
const parents = bound?.parents ?? [];

describe.skipIf(parents.length === 0)(
  `a group of this machine${skippedFor(parents.length === 0, "this user may make none")}`,
  () => {
    const remaining = () =>
      parents.flatMap(({ folder }) =>
        readdirSync(folder).filter((name) => name.startsWith(`millwright-${process.pid}-`)),
      );

    test("is gone after the look for it", () => {
      expect(remaining()).toEqual([]);
    });

    test("holds its limits, and ends what is in it when it is closed", async () => {
      const groups = nameGroups(parents);
      const opened = openGroups(groups, { processes: 64, memoryBytes: 100_000_000 }, bash);
      const sleeper = spawn("sleep", ["600"], { stdio: "ignore" });
      for (const { folder, controllers } of groups) {
        writeFileSync(join(folder, "cgroup.procs"), `${sleeper.pid}`);
        if (controllers.includes("pids")) {
          expect(readFileSync(join(folder, "pids.max"), "utf8")).toBe("65\n");
        }
      }
      expect([opened.isCrowded(), opened.isFull()]).toEqual([false, false]);
      const ended = once(sleeper, "exit");
      opened.close();
      expect((await ended)[1]).toBe("SIGKILL");
      expect(remaining()).toEqual([]);
    });

    test("is removed by its guardian when the worker is killed", async () => {
      const source = join(
        import.meta.dirname,
        "../../../../src/adapters/sandbox/process/control-group.ts",
      );
      const folder = mkdtempSync(join(tmpdir(), "groups-"));
      const program = join(folder, "worker.mjs");
      writeFileSync(
        program,
        `import { nameGroups, openGroups } from ${JSON.stringify(source)};
      const groups = nameGroups(${JSON.stringify(parents)});
      openGroups(groups, { processes: 64, memoryBytes: 100_000_000 }, ${JSON.stringify(bash)});
      console.log(JSON.stringify(groups.map(({ folder }) => folder)));
      setInterval(() => {}, 1_000);`,
      );
      const worker = spawn(process.execPath, [program], { stdio: ["ignore", "pipe", "inherit"] });
      const [said] = await once(worker.stdout, "data");
      const folders = JSON.parse(`${said}`) as readonly string[];
      expect(folders.map((one) => existsSync(one))).toEqual(folders.map(() => true));
      worker.kill("SIGKILL");
      await once(worker, "close");
      const deadline = Date.now() + 10_000;
      while (folders.some((one) => existsSync(one)) && Date.now() < deadline) {
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      expect(folders.filter((one) => existsSync(one))).toEqual([]);
      expect(folders.map((one) => dirname(one))).toEqual(parents.map((parent) => parent.folder));
      rmSync(folder, { recursive: true });
    });
  },
);
