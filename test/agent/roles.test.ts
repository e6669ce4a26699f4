import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { ROLES } from "../../src/agent/roles.ts";

test("the constants say what the Markdown says", () => {
  execFileSync(process.execPath, ["scripts/generate-roles.mjs", "--check"], { stdio: "pipe" });
  const files = readdirSync("src/agent/roles").map((file) => file.replace(/\.md$/, ""));
  expect(files.sort()).toEqual(Object.keys(ROLES).sort());
});

test.each(Object.values(ROLES))(
  "$name says how to end and carries no line of another role",
  (role) => {
    expect(role.prompt).toContain("Call `finish`");
    expect(role.prompt).not.toMatch(/^role: /m);
    expect(role.purpose.length).toBeGreaterThan(20);
  },
);
