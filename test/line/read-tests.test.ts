import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runInNewContext } from "node:vm";
import { expect, onTestFinished, test } from "vitest";

const READER = fileURLToPath(new URL("read-tests.sh", import.meta.url));
const CALLS = ["greet()", 'greet("Ada")', 'greet(" Ada ")', 'greet("")'];
const EXPECTED = ["Hello", "Hello Ada", "Hello  Ada ", "Hello ", "Hello undefined", "Bye Ada"];

const sourceOf = (law: string) =>
  `export function greet(name) {\n  return ${law};\n}\n\nexport function part(name) {\n  return "Bye " + name;\n}\n`;
const blockOf = (title: string, assertion: string) =>
  `test("${title}", () => {\n  ${assertion}\n});\n\n`;

/** What the reader says of a source and its tests. */
function read(source: string, tests: string) {
  const folder = mkdtempSync(join(tmpdir(), "millwright-read-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const name of ["src", "test"]) mkdirSync(join(folder, name));
  writeFileSync(join(folder, "src/greet.js"), source);
  writeFileSync(join(folder, "test/greet.test.js"), tests);
  const { status, stdout } = spawnSync("bash", [READER], { cwd: folder, encoding: "utf8" });
  return { status, stdout, report: () => readFileSync(join(folder, "junit.xml"), "utf8") };
}

/** What the function returns, by JavaScript itself; its fault where it throws. */
function returned(law: string, call: string): unknown {
  const source = `try { (function greet(name) { return ${law} })${call.replace("greet", "")} } catch (error) { error }`;
  return runInNewContext(source);
}

test.each([
  '"Hello " + name',
  '"Bye " + name',
  '"Hello"',
  '"Hello " + name.trim()',
  '"Hello " + String(name)',
  'name === undefined ? "Hello" : "Hello " + name',
  'name === undefined ? "Hello" : "Hello " + name.trim()',
  'name === undefined || name === "" ? "Hello" : "Hello " + name',
])("tests are read as JavaScript would run them: %s", (law) => {
  const cases = CALLS.flatMap((call) => EXPECTED.map((expected) => ({ call, expected })));
  const tests = cases.map(({ call, expected }, index) =>
    blockOf(`${index}`, `assert.equal(${call}, "${expected}");`),
  );
  const { status, report } = read(sourceOf(law), tests.join(""));
  const said = [...report().matchAll(/<testcase name="(\d+)" classname="test">(<failure>)?/g)];
  const passed = said.filter(([, , failure]) => failure === undefined).map(([, name]) => name);
  expect(said).toHaveLength(cases.length);
  expect(passed).toEqual(
    cases.flatMap(({ call, expected }, index) =>
      returned(law, call) === expected ? [`${index}`] : [],
    ),
  );
  expect(status).toBe(passed.length === cases.length ? 0 : 1);
});

test.each([
  ["a test of one line", 'test("a", () => assert.equal(greet(), "Bye"));\n'],
  ["another assertion", blockOf("a", 'assert.notEqual(greet(), "Hello");')],
])("what it cannot read is no test that passes: %s", (_, tests) => {
  const { status, stdout } = read(sourceOf('"Hello"'), tests);
  expect(status).toBe(2);
  expect(stdout).toMatch(/^expected .*assert/);
});

test("every test passes where the source is right", () => {
  const tests = blockOf("a", 'assert.equal(part("Ada"), "Bye Ada");');
  const { status, report } = read(sourceOf('"Hello"'), tests);
  expect(status).toBe(0);
  expect(report()).toBe(
    '<testsuites><testcase name="a" classname="test"></testcase></testsuites>\n',
  );
});
