import {
  createMemoryRunner,
  type MemoryRunner,
  type MemoryRunnerOptions,
} from "../../src/cli/in-process/memory-runner.ts";

export type FakeRunnerOptions = MemoryRunnerOptions;
export type FakeRunner = MemoryRunner;

/** A job in memory. Rejects for a file or an event it was not given. */
export function createFakeRunner(options: FakeRunnerOptions = {}): FakeRunner {
  return createMemoryRunner(options);
}
