import { fileURLToPath } from "node:url";

/** The smallest repository with something to repair: one function, one test, one check. */
export const FILES: Readonly<Record<string, string>> = {
  "package.json": '{ "name": "greeter", "private": true, "type": "module" }\n',
  ".gitignore": "reports/\njunit.xml\n",
  "AGENTS.md": "# Greeter\n\nTests stand in test/, one file for each of src/.\n",
  "src/greet.js": [
    "export function greet(name) {",
    '  return "Hello " + name;',
    "}",
    "",
    "export function part(name) {",
    '  return "Bye " + name;',
    "}",
    "",
  ].join("\n"),
  "test/greet.test.js": [
    'import assert from "node:assert/strict";',
    'import { test } from "node:test";',
    'import { greet, part } from "../src/greet.js";',
    "",
    'test("greets by name", () => {',
    '  assert.equal(greet("Ada"), "Hello Ada");',
    "});",
    "",
    'test("parts by name", () => {',
    '  assert.equal(part("Ada"), "Bye Ada");',
    "});",
    "",
  ].join("\n"),
};

export const ISSUE = {
  title: "Nobody is greeted as undefined",
  body: 'greet() without a name says "Hello undefined". It should say "Hello".',
};

/** In one process: a second one for the only file of tests would be half of what the check takes. */
const NODE_TEST =
  "mkdir -p reports && node --test --test-isolation=none --test-reporter=spec --test-reporter-destination=stdout --test-reporter=junit --test-reporter-destination=reports/junit.xml";

/**
 * Reads the tests above instead of running them: what each function returns, what each test expects of it. A line runs its
 * tests six times, and Node takes a hundred times as long to start. Lines whose subject is tests use Node's own.
 */
const READ_TEST = `. '${fileURLToPath(new URL("read-tests.sh", import.meta.url))}'`;

const checksBy = (run: string, report: string) => ({ test: { run, report, timeoutSeconds: 60 } });
/** For lines in one process, whose subject is what is decided and not how tests are run. */
export const CHECKS_BY_READING = checksBy(READ_TEST, "junit.xml");

/** A config that needs no person where no person is the point: approval is never asked for, the factory merges. */
export const CONFIG = {
  version: 1,
  harness: ["AGENTS.md"],
  checks: checksBy(NODE_TEST, "reports/junit.xml"),
  approve: "never",
  trust: {
    default: "open-pr",
    scopes: [{ paths: ["src/**", "test/**"], level: "scoped-autonomy" }],
  },
  limits: { attempts: 2 },
} as const;
