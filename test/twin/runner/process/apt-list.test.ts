import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { findBubblewrap } from "../../../../src/adapters/sandbox/process/find-programs.ts";
import { breakAptList } from "../../../../src/twin/runner/process/apt-list.ts";
import { describeInside } from "../../../adapters/sandbox/sandboxes.ts";
import { createNotes, createWorld, expectSuccess, logOf } from "../world.ts";

const SETUP = join(import.meta.dirname, "../../../../actions/setup-sandbox/setup.sh");

/** Two jobs, one after the other: a machine is nobody else's. */
const jobs = (steps: string) => ({
  ".github/workflows/one.yml": `on: push
jobs:
  one: { runs-on: x, steps: [${steps}] }
  two: { runs-on: x, needs: one, steps: [${steps}] }
`,
});
const run = (command: string) => `{ run: ${JSON.stringify(command)} }`;

describeInside("a runner on which a package list is broken", () => {
  test("comes without bubblewrap, which setup-sandbox installs for each job anew", async () => {
    const steps = ["! command -v bwrap", `bash ${SETUP}`, "bwrap --ro-bind / / true"].map(run);
    await using world = await createWorld(jobs(steps.join()), { breaksAptList: true });
    const done = await world.run("push");
    expectSuccess(done);
    for (const job of ["one", "two"]) {
      const log = logOf(done, job);
      expect(log).toContain("403  Forbidden");
      expect(log).toMatch(/apt-get update failed; .*attempt 1 of 3/);
      expect(log).not.toContain("attempt 2");
      expect(log).toMatch(/^bubblewrap works: bubblewrap /m);
    }
  });

  test("has all other programs of this machine, and none of its privileges", async () => {
    await using notes = await createNotes();
    const path = await laid(notes.folder, process.env.PATH ?? "");
    const links = readdirSync(join(notes.folder, "shown/0")).sort();
    const home = join(findBubblewrap() ?? "", "..");
    expect(links).toEqual(
      readdirSync(home)
        .filter((name) => name !== "bwrap")
        .sort(),
    );
    expect(ask(path, "git --version").status).toBe(0);
    expect(ask(path, "sudo true")).toEqual({
      status: 1,
      said: "sudo: true: not played by the twin\n",
    });
    expect(ask(path, "sudo apt-get install -y curl").said).toBe(
      "E: install -y curl: not played by the twin\n",
    );
  });
});

test("where the machine itself has no bubblewrap none can be installed", async () => {
  await using notes = await createNotes();
  const path = await laid(notes.folder, "/nowhere");
  expect(ask(path, "sudo apt-get install -y -qq bubblewrap")).toEqual({
    status: 100,
    said: "E: Unable to locate package bubblewrap\n",
  });
});

async function laid(folder: string, path: string): Promise<string> {
  const list = await breakAptList(join(folder, "shown"), path);
  return list.layFor(join(folder, "own"));
}

function ask(path: string, line: string) {
  const { status, stderr } = spawnSync("/bin/bash", ["--norc", "-c", line], {
    env: { PATH: path },
    encoding: "utf8",
  });
  return { status, said: stderr };
}
