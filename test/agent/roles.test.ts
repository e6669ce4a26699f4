import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { ROLES } from "../../src/agent/roles.ts";

test("the constants say what the Markdown says, and the table lists every folder", () => {
  execFileSync(process.execPath, ["scripts/generate-roles.mjs", "--check"], { stdio: "pipe" });
  const folders = readdirSync("src/agent/roles");
  expect(folders.sort()).toEqual(Object.keys(ROLES).sort());
});

test.each(Object.values(ROLES))(
  "$name says how to end and carries no line of another role",
  (role) => {
    expect(role.prompt).toContain("Call `finish`");
    expect(role.prompt).not.toMatch(/^role: /m);
    expect(role.purpose.length).toBeGreaterThan(20);
  },
);
