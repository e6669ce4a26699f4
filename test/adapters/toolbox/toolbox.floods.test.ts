import { expect, test } from "vitest";
import { describeFloods } from "../sandbox/sandboxes.ts";
import { workspaceWith } from "./open-toolbox.ts";

describeFloods("bash of the toolbox", () => {
  test("ends a flood that does not end", async () => {
    const { use } = workspaceWith({ "a.txt": "x" });
    const endless = await use("bash", { command: "yes" });
    expect(endless).toMatch(/^killed: more than 50000000 bytes of output\ny\n/);
  });
});
