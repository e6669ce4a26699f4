import { describe, expect, test } from "vitest";
import { createWorld, expectSuccess, jobOf, logOf, oneJob } from "./world.ts";

describe("a job", () => {
  test("runs its steps and hands outputs, variables and PATH on", async () => {
    await using world = await createWorld(
      oneJob(`
- id: first
  run: |
    echo "hello=wor ld" >> "$GITHUB_OUTPUT"
    printf 'many<<E\\na\\n=b\\nE\\n' >> "$GITHUB_OUTPUT"
    echo "LATER=yes" >> "$GITHUB_ENV"
    mkdir bin; printf '#!/bin/sh\\necho tool ran' > bin/my-tool; chmod +x bin/my-tool
    echo "$PWD/bin" >> "$GITHUB_PATH"
- run: my-tool; echo "later=$LATER again=\${{ env.LATER }} out=\${{ steps.first.outputs.hello }}"
- run: echo '\${{ toJSON(steps.first.outputs.many) }}'
`),
    );
    const run = await world.run("push");
    expectSuccess(run);
    expect(logOf(run)).toContain("tool ran\nlater=yes again=yes out=wor ld");
    expect(logOf(run)).toContain('"a\\n=b"');
    expect(jobOf(run).steps.map((step) => step.conclusion)).toEqual([
      "success",
      "success",
      "success",
    ]);
  });
});
