import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { nameMachine } from "../../../../src/adapters/runner/cache/machine.ts";

const HERE = [process.platform, process.arch];

test.each([
  [
    "the image and its version, where the runner names both",
    { ImageOS: "u24", ImageVersion: "7" },
    ["u24", "7"],
  ],
  ["the system, where it names one of them alone", { ImageOS: "u24" }, ["ID=debian\n"]],
  ["the system, where it names none", {}, ["ID=debian\n"]],
])("a machine is %s", (_, environment, named) => {
  const folder = mkdtempSync(join(tmpdir(), "machine-"));
  const release = join(folder, "os-release");
  writeFileSync(release, "ID=debian\n");
  expect(nameMachine(environment, release)).toEqual([...HERE, ...named]);
  rmSync(folder, { recursive: true });
});

test("of a system that says nothing of itself the kind is all there is", () => {
  expect(nameMachine({}, "/nowhere")).toEqual([...HERE, ""]);
});
