import { expect, test } from "vitest";
import { describeInside } from "../../adapters/sandbox/sandboxes.ts";
import { LINE_FILES, NEW_SOURCE, NEW_TEST, zoneOrder } from "../line-fixture.ts";
import { access, useWorkerJobs } from "../worker-job.ts";

describeInside("the bundle of implement", () => {
  const { checkout, model } = useWorkerJobs();

  test("returns what the coder wrote inside the sandbox, and leaves the checkout as it was", async () => {
    const job = checkout(LINE_FILES);
    const write = (path: string, content: string) => ({
      tool: "write",
      input: { file_path: path, content },
    });
    const scripted = await model({
      architect: [{ json: { steps: ["price Norway"], files: ["src/zones.mjs"], risks: [] } }],
      coder: [
        { calls: [write("src/zones.mjs", NEW_SOURCE), write("test/zones.test.mjs", NEW_TEST)] },
        {
          calls: [
            {
              tool: "bash",
              input: {
                command:
                  "echo '::set-env name=NODE_OPTIONS::x'; env | sort; cat /proc/*/environ 2>/dev/null | tr '\\0' '\\n'",
              },
            },
            { tool: "run_check", input: { name: "test" } },
          ],
        },
        { json: { summary: "Norway is in zone 2.\n::error::gone", assumptions: [] } },
      ],
    });
    const order = zoneOrder(job.base);
    const run = await job.work("implement", order, { inputs: access(scripted), started: true });
    expect(run).toMatchObject({ exitCode: 0, outputs: { outcome: "done" } });
    expect(run.proposal).toMatchObject({
      worker: "implement",
      changeSet: {
        base: job.base,
        files: [
          { path: "src/zones.mjs", content: NEW_SOURCE },
          { path: "test/zones.test.mjs", content: NEW_TEST },
        ],
      },
    });
    expect(run.commands).toEqual([`::add-mask::${scripted.apiKey}`]);
    expect(run.files).toEqual(["handover/order.json", "millwright/implement.json"]);
    expect(run.summary).toContain("| `src/zones.mjs` | 95 bytes |");
    expect(run.summary).not.toMatch(/^::/m);
    expect(scripted.unplayed()).toEqual([]);
    const seen = JSON.stringify(scripted.requests().at(-1)?.body);
    expect(seen).toContain("prices Norway as zone 2");
    for (const secret of [scripted.apiKey, "ACTIONS_RUNTIME", "INPUT_", "GITHUB_"]) {
      expect(seen).not.toContain(secret);
    }
  });
});
