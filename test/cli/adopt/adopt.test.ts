import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { root } from "../../repository/bundles.ts";
import { adopt, missingOn, readExamples, tableOf } from "./adopted.ts";

const folder = mkdtempSync(join(tmpdir(), "millwright-examples-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("the examples", () => {
  test("are at least eight, each built otherwise", () => {
    const examples = readExamples(root);
    expect(examples.length).toBeGreaterThanOrEqual(8);
    expect(new Set(examples.map(({ built }) => built)).size).toBe(examples.length);
  });

  test.each([
    ["its name is missing", { name: "", built: "Go", needs: ["go"] }],
    ["built is missing", { name: "whole", needs: ["go"] }],
    ["needs names no program", { name: "whole", built: "Go", needs: [] }],
    ["its folder has no script.yml", { name: "half", built: "Go", needs: ["go"] }],
  ])("%s: it is refused before anything is played", (expected, example) => {
    const place = join(folder, "docs/examples");
    for (const name of ["whole", "half"]) {
      mkdirSync(join(place, name, "repository"), { recursive: true });
      writeFileSync(join(place, name, "ISSUE.md"), "# Something\n");
    }
    writeFileSync(join(place, "whole/script.yml"), "version: 1\n");
    writeFileSync(join(place, "examples.yml"), stringify([example]));
    expect(() => readExamples(folder)).toThrow(expected);
  });
});

describe("what a machine lacks", () => {
  test("is every program that no folder of its PATH may execute", () => {
    const bin = join(folder, "bin");
    mkdirSync(join(bin, "folder"), { recursive: true });
    for (const [name, mode] of [
      ["there", 0o755],
      ["text", 0o644],
    ] as const) {
      writeFileSync(join(bin, name), "");
      chmodSync(join(bin, name), mode);
    }
    const asked = ["there", "text", "folder", "nowhere"];
    expect(missingOn(`/nowhere:${bin}`, asked)).toEqual(["text", "folder", "nowhere"]);
  });

  test("leaves an example out, and the table never tells it as passed", async () => {
    const example = { name: "go", built: "Go", needs: ["no-such-program"] };
    const result = await adopt(example, { root, minutes: 1 });
    // Beside bubblewrap, where that is missing, too.
    const because = expect.stringMatching(/^this machine lacks (?:bwrap, )?no-such-program$/);
    expect(result).toEqual({ name: "go", outcome: "left-out", because });
    expect(tableOf([result])).toMatch(
      /^\| go \| left out: this machine lacks (?:bwrap, )?no-such-program \|/m,
    );
  });
});
