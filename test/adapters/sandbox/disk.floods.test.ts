import { expect, test } from "vitest";
import { describeFloodsInside, useSandboxes } from "./sandboxes.ts";

const { open } = useSandboxes();
/** Room for what others write to the same disk while a test runs. */
const [MANY_BYTES, MANY_ENTRIES] = [1e15, 1e9];

describeFloodsInside("a disk (RT-11)", () => {
  test.each([
    [
      "many large files",
      "for ((i = 0; ; i++)); do head -c 10000000 /dev/zero > f$i; done",
      "bytes",
    ],
    [
      "a deleted file that is still open",
      "exec 7> gone; rm gone; while :; do head -c 10000000 /dev/zero >&7; done",
      "bytes",
    ],
  ])("ends a flood of the workspace: %s", async (_, command, word) => {
    const limits = { diskBytes: 100_000_000, diskEntries: MANY_ENTRIES };
    const workspace = await open({ isolation: "bubblewrap", limits });
    const result = await workspace.run({ command, timeoutMs: 60_000 });
    expect(result).toMatchObject({ status: "exited", exitCode: null });
    expect(result.output).toContain(`[stopped: more than 100000000 ${word} on the disk]`);
  });

  test("ends a flood of files", async () => {
    const limits = { diskBytes: MANY_BYTES, diskEntries: 5_000 };
    const workspace = await open({ isolation: "bubblewrap", limits });
    const command = "for ((i = 0; ; i++)); do : > f$i; done";
    const result = await workspace.run({ command, timeoutMs: 60_000 });
    expect(result.output).toContain("[stopped: more than 5000 files on the disk]");
  });
});
