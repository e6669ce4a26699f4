/** The smallest repository with something to repair: one function, one test, one check. */
export const FILES: Readonly<Record<string, string>> = {
  "package.json": '{ "name": "greeter", "private": true, "type": "module" }\n',
  ".gitignore": "reports/\n",
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
const TEST =
  "mkdir -p reports && node --test --test-isolation=none --test-reporter=spec --test-reporter-destination=stdout --test-reporter=junit --test-reporter-destination=reports/junit.xml";

/** A config that needs no person where no person is the point: approval is never asked for, the factory merges. */
export const CONFIG = {
  version: 1,
  harness: ["AGENTS.md"],
  checks: { test: { run: TEST, report: "reports/junit.xml", timeoutSeconds: 60 } },
  approve: "never",
  trust: {
    default: "open-pr",
    scopes: [{ paths: ["src/**", "test/**"], level: "scoped-autonomy" }],
  },
  limits: { attempts: 2 },
} as const;
