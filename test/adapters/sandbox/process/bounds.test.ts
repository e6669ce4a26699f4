import { describe, expect, test } from "vitest";
import {
  type Bound,
  chooseBound,
  type Found,
  isRootOfMachine,
  mostProcesses,
  type Parent,
  possibleParents,
} from "../../../../src/adapters/sandbox/process/bounds.ts";

const unified = (folder: string): Parent => ({
  version: 2,
  controllers: ["pids", "memory"],
  folder,
});
const PIDS: Parent = { version: 1, controllers: ["pids"], folder: "/c/pids" };
const MEMORY: Parent = { version: 1, controllers: ["memory"], folder: "/c/memory" };
const ROOT = { isRoot: true, setsLimits: true };
const USER = { isRoot: false, setsLimits: true };
const GROUP = "control-group";

describe("the bound", () => {
  test.each<readonly [string, Found, Bound | undefined]>([
    [
      "root in the unified hierarchy: the nearest parent",
      { ...ROOT, usable: [unified("/c/a"), unified("/c")] },
      { processes: GROUP, memory: GROUP, parents: [unified("/c/a")] },
    ],
    [
      "root in hierarchies of version 1",
      { ...ROOT, usable: [PIDS, MEMORY] },
      { processes: GROUP, memory: GROUP, parents: [PIDS, MEMORY] },
    ],
    [
      "one parent for both before two",
      { ...USER, usable: [PIDS, MEMORY, unified("/c")] },
      { processes: GROUP, memory: GROUP, parents: [unified("/c")] },
    ],
    [
      "processes alone",
      { ...ROOT, usable: [PIDS] },
      { processes: GROUP, memory: "watch", parents: [PIDS] },
    ],
    ["root with memory alone", { ...ROOT, usable: [MEMORY] }, undefined],
    ["root with nothing", { ...ROOT, usable: [] }, undefined],
    [
      "a user with memory alone",
      { ...USER, usable: [MEMORY] },
      { processes: "user", memory: GROUP, parents: [MEMORY] },
    ],
    [
      "a user with nothing",
      { ...USER, usable: [] },
      { processes: "user", memory: "watch", parents: [] },
    ],
    ["a user without prlimit", { isRoot: false, setsLimits: false, usable: [] }, undefined],
    [
      "a user without prlimit in a group",
      { isRoot: false, setsLimits: false, usable: [PIDS, MEMORY] },
      { processes: GROUP, memory: GROUP, parents: [PIDS, MEMORY] },
    ],
  ])("of %s", (_, found, expected) => {
    expect(chooseBound(found)).toEqual(expected);
  });
});

test.each([
  ["root", 0, "         0          0 4294967295\n", true],
  ["a user", 1000, "         0          0 4294967295\n", false],
  ["root of a namespace of a user's", 0, "0 1000 1\n1 100000 65536\n", false],
  ["a user who is root outside", 1000, "1000 0 1\n", true],
  ["root without a map", 0, "", true],
  ["a user without a map", 1001, "", false],
])("%s of the machine", (_, user, map, expected) => {
  expect(isRootOfMachine(user, map)).toBe(expected);
});

test.each([
  ["Max processes             100                  500                  processes", 500],
  ["Max processes             unlimited            unlimited            processes", Infinity],
  ["Max open files            64                   64                   files", Infinity],
  ["", Infinity],
])("the most processes of %j", (limits, expected) => {
  expect(mostProcesses(`Limit  Soft Limit\n${limits}\n`)).toBe(expected);
});

const mount = (point: string, kind: string, options: string, root = "/") =>
  `30 23 0:26 ${root} ${point} rw,nosuid shared:4 - ${kind} ${kind} rw,${options}`;
const UNIFIED = mount("/sys/fs/cgroup", "cgroup2", "nsdelegate");

describe("possible parents", () => {
  test.each<readonly [string, readonly string[], readonly string[], readonly string[]]>([
    [
      "the own group and those above it",
      [UNIFIED],
      ["0::/system.slice/runner.service"],
      [
        "2 pids,memory /sys/fs/cgroup/system.slice/runner.service",
        "2 pids,memory /sys/fs/cgroup/system.slice",
        "2 pids,memory /sys/fs/cgroup",
        "2 pids /sys/fs/cgroup/system.slice/runner.service",
        "2 pids /sys/fs/cgroup/system.slice",
        "2 pids /sys/fs/cgroup",
      ],
    ],
    [
      "the root of a namespace",
      [UNIFIED],
      ["0::/"],
      ["2 pids,memory /sys/fs/cgroup", "2 pids /sys/fs/cgroup"],
    ],
    [
      "a name with a colon",
      [UNIFIED],
      ["0::/a:b"],
      [
        "2 pids,memory /sys/fs/cgroup/a:b",
        "2 pids,memory /sys/fs/cgroup",
        "2 pids /sys/fs/cgroup/a:b",
        "2 pids /sys/fs/cgroup",
      ],
    ],
    ["a group outside of the namespace", [UNIFIED], ["0::/../other"], []],
    [
      "a mounted part of the hierarchy",
      [mount("/sys/fs/cgroup", "cgroup2", "", "/docker/a")],
      ["0::/docker/a/b"],
      [
        "2 pids,memory /sys/fs/cgroup/b",
        "2 pids,memory /sys/fs/cgroup",
        "2 pids /sys/fs/cgroup/b",
        "2 pids /sys/fs/cgroup",
      ],
    ],
    [
      "another part than the own one",
      [mount("/sys/fs/cgroup", "cgroup2", "", "/docker/a")],
      ["0::/docker/ab"],
      [],
    ],
    [
      "version 1, beside a unified hierarchy that counts nothing",
      [
        mount("/sys/fs/cgroup/pids", "cgroup", "pids"),
        mount("/sys/fs/cgroup/memory", "cgroup", "memory"),
        mount("/sys/fs/cgroup/systemd", "cgroup", "name=systemd"),
        mount("/sys/fs/cgroup/unified", "cgroup2", ""),
      ],
      ["8:pids:/", "4:memory:/jobs/a", "1:name=systemd:/", "0::/"],
      [
        "2 pids,memory /sys/fs/cgroup/unified",
        "1 pids /sys/fs/cgroup/pids",
        "1 memory /sys/fs/cgroup/memory/jobs/a",
        "2 pids /sys/fs/cgroup/unified",
      ],
    ],
    [
      "version 1, both in one hierarchy",
      [mount("/cgroup", "cgroup", "pids,memory")],
      ["3:pids,memory:/"],
      ["1 pids,memory /cgroup"],
    ],
    [
      "a folder with a space",
      [mount("/a\\040b", "cgroup2", "")],
      ["0::/"],
      ["2 pids,memory /a b", "2 pids /a b"],
    ],
    ["no control groups", ["22 1 0:20 / /proc rw - proc proc rw"], ["0::/"], []],
    ["nothing that can be read", [""], [""], []],
  ])("%s", (_, mounts, groups, expected) => {
    const found = possibleParents(mounts.join("\n"), groups.join("\n"));
    expect(
      found.map(({ version, controllers, folder }) => `${version} ${controllers} ${folder}`),
    ).toEqual(expected);
  });
});
