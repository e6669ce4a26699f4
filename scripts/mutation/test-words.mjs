/**
 * vitest's functions for our tests, in one process that repeats them: `describe` and `test` only collect here, `expect`
 * and `vi` are vitest's own. Tests import this as `vitest` (see `runner.mjs`).
 */
import * as vitest from "../../node_modules/vitest/dist/index.js";

export const { expect, vi } = vitest;

/** All tests collected so far, and the suites in which more are being collected. */
export const collected = [];
let file = "";
let suite = newSuite("", undefined);
let finish = [];

/** The tests that follow belong to this file. */
export function beginFile(path) {
  file = path;
  suite = newSuite("", undefined);
}

function newSuite(name, above) {
  return { name, above, beforeAll: [], afterAll: [], beforeEach: [], afterEach: [] };
}

function addSuite(name, body) {
  const above = suite;
  suite = newSuite(name, above);
  body();
  suite = above;
}

function addTest(name, ...parts) {
  const body = parts.find((part) => typeof part === "function");
  const within = suitesOf(suite);
  const full = [...within.map((one) => one.name).filter((one) => one !== ""), name].join(" > ");
  // Rows may share a name.
  collected.push({ id: `${file}#${collected.length} ${full}`, name: full, file, within, body });
}

function suitesOf(inner) {
  return inner === undefined ? [] : [...suitesOf(inner.above), inner];
}

const forRows = (add) => (rows) => (name, body) => {
  for (const [index, row] of rows.entries()) {
    const values = Array.isArray(row) ? row : [row];
    add(`${name} (row ${index + 1})`, () => body(...values));
  }
};

function words(add) {
  const skip = () => undefined;
  const word = (...parts) => add(...parts);
  const chosen = (when) => (when ? words(add) : Object.assign(skip, { each: () => skip }));
  return Object.assign(word, {
    each: forRows(add),
    skip: Object.assign(skip, { each: () => skip }),
    skipIf: (when) => chosen(!when),
    runIf: chosen,
  });
}

// vitest allows options before the body; nothing here depends on them.
export const describe = words((name, ...parts) =>
  addSuite(name, parts.find((part) => typeof part === "function") ?? (() => undefined)),
);
export const test = words(addTest);
export const it = test;
export const beforeAll = (hook) => suite.beforeAll.push(hook);
export const afterAll = (hook) => suite.afterAll.push(hook);
export const beforeEach = (hook) => suite.beforeEach.push(hook);
export const afterEach = (hook) => suite.afterEach.push(hook);
export const onTestFinished = (hook) => finish.push(hook);

/** Runs one test with its hooks; throws its error. Hooks of a whole suite run for each of its tests. */
export async function runTest({ within, body, name }) {
  finish = [];
  vitest.expect.setState({ currentTestName: name, assertionCalls: 0 });
  const inOrder = (kind) => within.flatMap((one) => one[kind]);
  const outward = (kind) => within.toReversed().flatMap((one) => one[kind]);
  const after = [...inOrder("beforeAll"), ...inOrder("beforeEach")];
  try {
    for (const hook of after) await hook();
    await body?.({ onTestFinished });
  } finally {
    for (const hook of [...finish, ...outward("afterEach"), ...outward("afterAll")]) await hook();
  }
}
