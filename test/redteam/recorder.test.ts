import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, onTestFinished, test } from "vitest";
import { startRecorder } from "./recorder.ts";

test("hears each step with its whole environment, and nobody else", async () => {
  const recorder = startRecorder();
  onTestFinished(() => recorder.close());
  const wanted = Array.from({ length: 40 }, (_, index) => `step-${index}`);
  await Promise.all(
    wanted.flatMap((id) => [run({ RUNNER_TRACKING_ID: id, PATH: "/usr/bin:/bin" }), run({})]),
  );
  expect(recorder.processes.map(({ environment }) => environment)).toEqual(
    wanted.map((id) => ({ RUNNER_TRACKING_ID: id, PATH: "/usr/bin:/bin" })),
  );
});

/** A process that stays until it was heard: until its input ends. */
async function run(environment: Readonly<Record<string, string>>): Promise<void> {
  const child = spawn("/bin/cat", [], { env: environment });
  setImmediate(() => child.stdin.end());
  await once(child, "close");
}
