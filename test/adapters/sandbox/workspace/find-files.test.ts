import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findFiles } from "../../../../src/adapters/sandbox/workspace/find-files.ts";

const FILES = [
  "junit.xml",
  "reports/a.xml",
  "reports/b.xml",
  "reports/a.txt",
  "one/target/surefire-reports/TEST-A.xml",
  "deep/two/target/surefire-reports/TEST-B.xml",
  ".hidden/c.xml",
];

describe("findFiles", () => {
  let outside = "";
  let root = "";
  beforeAll(() => {
    outside = mkdtempSync(join(tmpdir(), "find-files-test-"));
    root = join(outside, "workspace");
    for (const path of FILES) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), "");
    }
    writeFileSync(join(outside, "secret.xml"), "");
    symlinkSync(outside, join(root, "reports/out"));
    symlinkSync(join(outside, "secret.xml"), join(root, "reports/link.xml"));
    symlinkSync("reports", join(root, "alias"));
    mkdirSync(join(root, "reports/folder.xml"));
  });
  afterAll(() => rmSync(outside, { recursive: true, force: true }));

  test.each([
    ["reports/*.xml", ["reports/a.xml", "reports/b.xml"]],
    ["./reports/*.xml", ["reports/a.xml", "reports/b.xml"]],
    ["reports/**", ["reports/a.txt", "reports/a.xml", "reports/b.xml"]],
    ["reports/a.xml", ["reports/a.xml"]],
    [
      "**/target/surefire-reports/TEST-*.xml",
      ["deep/two/target/surefire-reports/TEST-B.xml", "one/target/surefire-reports/TEST-A.xml"],
    ],
    ["**/*.xml", FILES.filter((path) => path.endsWith(".xml")).sort()],
    ["{reports,.hidden}/*.xml", [".hidden/c.xml", "reports/a.xml", "reports/b.xml"]],
    ["alias/*.xml", []],
    ["reports/out/*.xml", []],
    ["reports/../../*.xml", []],
    ["../*.xml", []],
    ["missing/*.xml", []],
    ["junit.xml/*", []],
  ])("%s", (pattern, expected) => {
    expect(findFiles(root, pattern)).toEqual(expected);
  });

  test("says when more match than anyone reads", () => {
    const many = join(outside, "many");
    mkdirSync(many);
    for (let index = 0; index <= 2_000; index += 1) writeFileSync(join(many, `${index}.xml`), "");
    expect(() => findFiles(many, "*.xml")).toThrow("*.xml matches more than 2000 files");
    expect(findFiles(many, "1*.xml").length).toBeLessThan(2_000);
  });
});
