import { describe, expect, test } from "vitest";
import { isFinished, judgeProbe } from "../../../src/adapters/sandbox/probe.ts";

const ZERO = "0000000000000000";
/** How many calls the program of the self-test tries on x64. */
const CALLS = 163;
const TIGHT = `== interfaces
Inter-|   Receive
 face |bytes
    lo:       0       0
== status
Name:\tbash
CapInh:\t${ZERO}
CapPrm:\t${ZERO}
CapEff:\t${ZERO}
CapBnd:\t${ZERO}
CapAmb:\t${ZERO}
NoNewPrivs:\t1
Seccomp:\t2
== init
readable
== descriptors
0
1
2
== writable
== visible
== kernel
== calls
${"=".repeat(CALLS)}
== limits
Limit                     Soft Limit           Hard Limit           Units
Max processes             64                   64                   processes
== nested
== environment
HOME=/ws
PWD=/ws
SHLVL=1
_=/usr/bin/cat
== end
`;

const HERE = { architecture: "x64", processes: 64 };

describe("judgeProbe", () => {
  test("finds no fault in a tight sandbox", () => {
    expect(judgeProbe(TIGHT, { HOME: "/ws" }, HERE)).toEqual([]);
  });

  test.each([
    ["another interface", "    lo:", "  eth0: 1\n    lo:", "network interfaces: eth0, lo"],
    ["a capability", `CapEff:\t${ZERO}`, "CapEff:\t00000000a80425fb", "CapEff is 00000000a80425fb"],
    ["privileges to gain", "NoNewPrivs:\t1", "NoNewPrivs:\t0", "new privileges can be gained"],
    ["no filter", "Seccomp:\t2", "Seccomp:\t0", "no filter of system calls"],
    ["an environment of process 1", "readable", "SECRET=xreadable", "first process is not empty"],
    ["process 1 that cannot be read", "readable\n", "", "first process is not empty"],
    ["a descriptor", "2\n== writable", "2\n200\n== writable", "open descriptors: 200"],
    ["a root that can be written", "== writable\n", "== writable\n/\n", "writable: /"],
    ["a folder of the host", "== visible\n", "== visible\n/home\n", "visible: /home"],
    ["a file of the kernel", "== kernel\n", "== kernel\n/proc/keys\n", "kernel: /proc/keys"],
    ["kernel files that nobody looked at", "== kernel\n", "", "kernel"],
    ["an open call", "== calls\n=", "== calls\n!", "open calls: socket of family 0"],
    ["calls that nobody tried", "=".repeat(CALLS), "", "the system calls could not be tried"],
    ["too many processes", "processes             64", "processes             65", "processes: 65"],
    ["no limit", "processes             64", "processes      unlimited", "processes: none"],
    ["nested namespaces", "== nested\n", "== nested\nyes\n", "nested: yes"],
    ["a missing section", "== nested\n", "", "nested"],
    ["another value", "HOME=/ws", "HOME=/root", "HOME is not as given"],
    ["a variable that came along", "HOME=/ws", "HOME=/ws\nTOKEN=abc", "TOKEN came along"],
  ])("names %s", (_, from, to, fault) => {
    const faults = judgeProbe(TIGHT.replace(from, to), { HOME: "/ws" }, HERE);
    expect(faults.join("\n")).toContain(fault);
    expect(faults.join("\n")).not.toContain("abc");
  });

  test.each([
    ["nothing at all", "", "it ended before it began"],
    ["an early end", TIGHT.slice(0, TIGHT.indexOf("== nested")), "it ended in its part `limits`"],
    [
      "an early end with a reason",
      `${TIGHT.slice(0, TIGHT.indexOf("== calls"))}\n[stopped: not done within 10000 ms]\n`,
      "it ended in its part `kernel` (not done within 10000 ms)",
    ],
  ])("of %s knows nothing, and names no leak", (_, answer, fault) => {
    expect(isFinished(answer)).toBe(false);
    expect(judgeProbe(answer, { HOME: "/ws" }, HERE)).toEqual([
      `the self-test did not run to its end: ${fault}`,
    ]);
  });

  test("asks for no limit of processes where a control group holds them", () => {
    const unlimited = TIGHT.replace("processes             64", "processes      unlimited");
    expect(judgeProbe(unlimited, { HOME: "/ws" }, { architecture: "x64" })).toEqual([]);
  });

  test("finds everything at fault in an answer that says nothing", () => {
    expect(judgeProbe("== end\n", { HOME: "/ws" }, HERE).length).toBeGreaterThan(8);
  });
});
