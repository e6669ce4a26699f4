import { describe, expect, test } from "vitest";
import {
  noticeMaterialized,
  noticeSandbox,
} from "../../../src/adapters/runner/workspace-notices.ts";
import { createFakeRunner } from "../../fakes/runner.ts";

describe("what a workspace lacks is said", () => {
  test("by reason, names quoted, once for all workspaces of a job", () => {
    const runner = createFakeRunner();
    const tell = noticeMaterialized(runner);
    const told = {
      leftOut: [
        { path: "::error::x", reason: "a link that leaves the tree" },
        { path: "other", reason: "a name that is not UTF-8" },
        { path: "out", reason: "a link that leaves the tree" },
      ],
      pointers: ["model.bin"],
    };
    tell(told);
    const once = [
      "Notice: not in the workspace, a link that leaves the tree:",
      "| ::error::x",
      "| out",
      "Notice: not in the workspace, a name that is not UTF-8:",
      "| other",
      "Notice: pointers of Git LFS, whose content is not fetched:",
      "| model.bin",
    ];
    expect(runner.lines).toEqual(once);
    tell({ ...told, pointers: ["model.bin", "new.bin"] });
    expect(runner.lines.slice(once.length)).toEqual([
      "Notice: pointers of Git LFS, whose content is not fetched:",
      "| new.bin",
    ]);
  });

  test("a long list is counted, nothing is no notice", () => {
    const runner = createFakeRunner();
    const tell = noticeMaterialized(runner);
    tell({ leftOut: [], pointers: [] });
    expect(runner.lines).toEqual([]);
    tell({ leftOut: [], pointers: ["a", "b", "c", "d", "e", "f", "g"] });
    expect(runner.lines.slice(-2)).toEqual(["| e", "| and 2 more"]);
  });

  test("folders and network settings that commands will not find", () => {
    const runner = createFakeRunner();
    noticeSandbox(runner, { missing: [], notes: [], bound: undefined });
    expect(runner.lines).toEqual([]);
    const bound = { processes: "user", memory: "watch" };
    const bounded = createFakeRunner();
    noticeSandbox(bounded, { missing: [], notes: [], bound });
    expect(bounded.lines).toEqual(["Bounds of commands: processes by user, memory by watch."]);
    noticeSandbox(runner, { missing: ["/opt/none"], notes: ["HTTPS_PROXY is no address"] });
    expect(runner.lines).toEqual([
      "Notice: folders of sandbox.read that this machine has not:",
      "| /opt/none",
      "Notice about the network of checks.setup:",
      "| HTTPS_PROXY is no address",
    ]);
  });
});
