/**
 * A test runner for Stryker that loads the tests once and runs them again for each mutant in the same process. A mutant then
 * costs milliseconds and not half a second: vitest begins a new worker, with all imports, for each. Only tests that leave
 * nothing behind may run so, which holds for the project `sharing` of vitest.config.ts.
 * Stryker ends the process and begins another when a mutant takes too long.
 */
import { globSync } from "node:fs";
import { registerHooks } from "node:module";
import { relative } from "node:path";
import { pathToFileURL } from "node:url";
import { LEFT_OUT } from "./stryker.mjs";

/** Where instrumented code finds the active mutant, and records those that it passed. */
const NAMESPACE = "__stryker__";
const WORDS = new URL("test-words.mjs", import.meta.url).href;
/** Replacements for these imports in tests and tested code; the packages themselves are imported by their paths. */
const IN_THEIR_PLACE = {
  vitest: WORDS,
  "fast-check": new URL("few-examples.mjs", import.meta.url).href,
  yaml: new URL("yaml.mjs", import.meta.url).href,
  picomatch: new URL("picomatch.mjs", import.meta.url).href,
};

class InProcess {
  static inject = ["options"];
  #files;
  #state;
  #words;
  #loadsEarly;
  /** Tests that noticed a mutant, the last one last: they are likely to notice its neighbour. */
  #noticed = new Set();

  constructor({ testFiles, ignoreStatic }) {
    this.#loadsEarly = ignoreStatic;
    this.#files = globSync(testFiles, { exclude: LEFT_OUT }).sort();
    globalThis[NAMESPACE] ??= {};
    this.#state = globalThis[NAMESPACE];
  }

  capabilities() {
    return { reloadEnvironment: false };
  }

  /**
   * A process that begins anew reads its tests before the clock of a mutant runs: on a busy machine that alone takes longer than
   * a mutant may, so that each process was ended for the next, and every mutant of a file counted as noticed. A mutant of what a
   * module computes when it loads has to be active while the tests are read.
   */
  async init() {
    if (this.#loadsEarly) await this.#load();
  }

  async dryRun() {
    const { collected, runTest } = await this.#load();
    const tests = [];
    for (const test of collected) {
      this.#state.currentTestId = test.id;
      const { failure, timeSpentMs } = await timed(() => runTest(test));
      this.#state.currentTestId = undefined;
      const about = { id: test.id, name: test.name, timeSpentMs, fileName: test.file };
      tests.push(
        failure === undefined
          ? { ...about, status: 0 }
          : { ...about, status: 1, failureMessage: failure },
      );
    }
    return { status: "complete", tests, mutantCoverage: this.#state.mutantCoverage };
  }

  async mutantRun({ activeMutant, mutantActivation, testFilter, hitLimit, disableBail }) {
    this.#state.hitCount = 0;
    this.#state.hitLimit = hitLimit;
    if (mutantActivation === "static") this.#state.activeMutant = activeMutant.id;
    const { collected, runTest } = await this.#load();
    this.#state.activeMutant = activeMutant.id;
    const filter = testFilter === undefined ? undefined : new Set(testFilter);
    const asked = this.#likeliestFirst(
      collected.filter(({ id }) => filter === undefined || filter.has(id)),
    );
    const killedBy = [];
    let failureMessage = "";
    for (const test of asked) {
      const { failure } = await timed(() => runTest(test));
      if (this.#state.hitCount > hitLimit)
        return { status: "timeout", reason: `hit limit reached (${this.#state.hitCount})` };
      if (failure === undefined) continue;
      killedBy.push(test.id);
      this.#noticed.delete(test.id);
      this.#noticed.add(test.id);
      failureMessage ||= failure;
      if (!disableBail) break;
    }
    this.#state.activeMutant = undefined;
    return killedBy.length === 0
      ? { status: "survived", nrOfTests: asked.length }
      : { status: "killed", killedBy, failureMessage, nrOfTests: asked.length };
  }

  #likeliestFirst(tests) {
    const turn = new Map([...this.#noticed].map((id, index) => [id, index + 1]));
    return tests.toSorted((left, right) => (turn.get(right.id) ?? 0) - (turn.get(left.id) ?? 0));
  }

  /** The tests of all files; the first call loads them. */
  async #load() {
    if (this.#words !== undefined) return this.#words;
    registerHooks({
      resolve: (name, context, next) =>
        Object.hasOwn(IN_THEIR_PLACE, name)
          ? { url: IN_THEIR_PLACE[name], shortCircuit: true }
          : next(name, context),
    });
    const words = await import(WORDS);
    for (const file of this.#files) {
      words.beginFile(relative(process.cwd(), file));
      await import(pathToFileURL(file).href);
    }
    this.#words = words;
    return words;
  }
}

async function timed(act) {
  const started = performance.now();
  try {
    await act();
    return { timeSpentMs: performance.now() - started };
  } catch (error) {
    const failure = error instanceof Error ? error.message : String(error);
    return { timeSpentMs: performance.now() - started, failure: failure || "failed" };
  }
}

/** The same result as `declareClassPlugin` of Stryker's api. */
export const strykerPlugins = [
  { kind: "TestRunner", name: "in-process", injectableClass: InProcess },
];
