import { expect, test } from "vitest";
import { readConfig } from "../../../src/domain/config/read-config.ts";
import { Config } from "../../../src/domain/config/schema.ts";
import { partsOf } from "../../../src/domain/config/scoped-checks.ts";

function read(only: unknown, more: object = { report: "r.xml" }) {
  return readConfig({ checks: { test: { run: "npm test", ...more, only } } });
}

test.each([
  ['npx vitest run "$@"', { by: "files" }],
  [{ run: 'go test -json "$@"', by: "suites" }, { by: "suites" }],
  [
    { run: 'mvn test -Dtest="$1"', by: "suites", join: "," },
    { by: "suites", join: "," },
  ],
  [{ run: 'gradle test "$@"', by: "suites", prefix: "--tests=" }, { prefix: "--tests=" }],
  [{ run: `cd web && npx jest "\${@#web/}"` }, { by: "files" }],
])("only %j is understood, also when it is read a second time", (only, expected) => {
  const found = read(only);
  if ("faults" in found) throw new Error(JSON.stringify(found.faults));
  expect(partsOf(found.config.checks.test)[0]?.only).toMatchObject(expected);
  expect(Config.parse(JSON.parse(JSON.stringify(found.config)))).toEqual(found.config);
});

test.each([
  ["npx vitest run", { report: "r.xml" }, 'only: expected "$@" where the selected tests belong'],
  ["npx vitest run $@", { report: "r.xml" }, 'only: expected "$@" and "$1" in double quotes'],
  ['npx vitest "$@" $1', { report: "r.xml" }, 'only: expected "$@" and "$1" in double quotes'],
  ['npx vitest run "$@"', {}, "only: needs a report"],
  [{ run: 'x "$@"', by: "colour" }, { report: "r.xml" }, "only.by: expected one of"],
  [{ run: 'x "$@"', jion: "," }, { report: "r.xml" }, 'did you mean "join"?'],
])("only %j is refused in words", (only, more, says) => {
  const found = read(only, more);
  if ("config" in found) throw new Error("expected faults");
  const said = found.faults.map(({ path, message }) => `${path.join(".")}: ${message}`).join("\n");
  expect(said).toContain(says);
});

test("no other check has it", () => {
  const found = readConfig({ checks: { lint: { run: "x", only: 'x "$@"' } } });
  expect("faults" in found && found.faults[0]?.message).toContain('unknown key "only"');
});
