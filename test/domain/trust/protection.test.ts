import { expect, test } from "vitest";
import type { ChangedFile } from "../../../src/domain/change-set.ts";
import { ASKED_ROLES, isAskedRole } from "../../../src/domain/config/asked.ts";
import {
  isProgram,
  isProtected,
  needsPerson,
  protectedPathsOf,
} from "../../../src/domain/trust/protection.ts";
import { mergesAnything, TRUST_LEVELS } from "../../../src/domain/trust/trust-level.ts";

const file = (path: string, content: string, change: object = {}): ChangedFile => ({
  ...{ path, mode: "100644", encoding: "utf-8", content },
  ...change,
});
const base64 = (text: string) => ({
  encoding: "base64",
  content: Buffer.from(text).toString("base64"),
});

test.each<readonly [string, ChangedFile, boolean, boolean]>([
  ["a source", file("src/a.ts", "const a = 1;"), false, false],
  ["a path of the config", file("docs/guide.md", "x"), false, true],
  ["a path that steers a tool", file(".github/workflows/ci.yml", "on: push"), false, true],
  ["an executable", file("bin/tool", "x", { mode: "100755" }), true, true],
  ["one that names its interpreter", file("bin/tool", "#!/bin/sh\n"), true, true],
  ["one that does so as base64", file("bin/tool", "", base64("#!/bin/sh\n")), true, true],
  ["an attribute of Rust", file("src/lib.rs", "#![no_std]\n"), false, false],
  ["an attribute of Rust as base64", file("src/lib.rs", "", base64("#![no_std]\n")), false, false],
  ["a mark further on", file("src/a.md", " #!/bin/sh"), false, false],
  ["nothing", file("src/empty", ""), false, false],
  ["what is deleted", { path: "bin/tool", deleted: true }, false, false],
  ["what is deleted and protected", { path: "docs/guide.md", deleted: true }, false, true],
])("%s", (_, changed, program, person) => {
  const additional = protectedPathsOf({ protect: ["docs/**"], harness: ["AGENTS.md"] });
  expect(additional).toEqual(["docs/**", "AGENTS.md"]);
  expect([isProgram(changed), needsPerson(changed, additional)]).toEqual([program, person]);
  expect(isProtected(changed.path, additional)).toBe(person && !program);
});

test("something is merged without a person where the default or one scope says so", () => {
  const of = (level: (typeof TRUST_LEVELS)[number]) => ({ paths: ["src/**"], level });
  expect(TRUST_LEVELS.filter((level) => mergesAnything({ default: level, scopes: [] }))).toEqual([
    "auto-merge-low-risk",
    "scoped-autonomy",
    "full-factory",
  ]);
  const scopes = [of("read-only"), of("auto-merge-low-risk")];
  expect(mergesAnything({ default: "open-pr", scopes })).toBe(true);
  expect(mergesAnything({ default: "open-pr", scopes: [of("read-only")] })).toBe(false);
});

test("a role that is asked is one of the closed set, and no login", () => {
  for (const role of ASKED_ROLES) expect(isAskedRole(role)).toBe(true);
  for (const name of ["ada", "OWNER/team", "issue  author", ""])
    expect(isAskedRole(name)).toBe(false);
});
