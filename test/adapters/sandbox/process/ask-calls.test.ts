import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { callsProgram, judgeCalls } from "../../../../src/adapters/sandbox/process/ask-calls.ts";
import { findBubblewrap } from "../../../../src/adapters/sandbox/process/find-programs.ts";
import { syscallFilter } from "../../../../src/adapters/sandbox/process/syscall-filter.ts";
import { describeInside } from "../sandboxes.ts";

/** Of the table behind the code: 32 bytes for each call. */
const countOf = (architecture: string): number => {
  const program = callsProgram(architecture) ?? Buffer.alloc(0);
  const codeBytes = architecture === "x64" ? 120 : 112;
  return (program.length - 64 - 56 - codeBytes - 8) / 32;
};

describe.each(["x64", "arm64"])("the calls of %s", (architecture) => {
  const refused = "=".repeat(countOf(architecture));

  test("are all refused, or named", () => {
    expect(judgeCalls(architecture, refused)).toEqual([]);
    const open = (place: number) => `${refused.slice(0, place)}!${refused.slice(place + 1)}`;
    expect(judgeCalls(architecture, open(0))).toEqual(["open calls: socket of family 0"]);
    expect(judgeCalls(architecture, open(refused.length - 1))[0]).toMatch(/^open calls: \w+$/);
    expect(judgeCalls(architecture, "!".repeat(refused.length))[0]).toMatch(
      /socket of family 40, socketpair of family 40.*clone3.*io_uring_setup.*keyctl/,
    );
  });

  test.each([
    ["", /could not be tried/],
    ["=", /could not be tried/],
    [`${refused.slice(1)}x`, /could not be tried/],
    [`${refused}!`, /the 32-bit convention/],
  ])("are at fault in an answer of %j", (answer, fault) => {
    expect(judgeCalls(architecture, answer).join()).toMatch(fault);
  });

  test("are a static program of that machine", () => {
    const program = callsProgram(architecture) ?? Buffer.alloc(0);
    expect(program.subarray(0, 7).toString("latin1")).toBe("\x7fELF\x02\x01\x01");
    expect(program.readUInt16LE(18)).toBe(architecture === "x64" ? 62 : 183);
    expect(Number.isInteger(countOf(architecture))).toBe(true);
  });
});

test("no calls are known of another architecture", () => {
  expect(callsProgram("riscv64")).toBeUndefined();
  expect(judgeCalls("riscv64", "=".repeat(163))).not.toEqual([]);
});

describeInside("the program that tries the calls", () => {
  const answer = (filter: Buffer) => {
    const folder = mkdtempSync(join(tmpdir(), "calls-"));
    try {
      const [program, rules] = [join(folder, "calls"), join(folder, "filter")];
      writeFileSync(program, callsProgram(process.arch) ?? "", { mode: 0o755 });
      writeFileSync(rules, filter);
      const inside = "--unshare-all --cap-drop ALL --ro-bind / / --dev /dev --seccomp 4";
      const command = `exec 4< "$2"; exec ${findBubblewrap()} ${inside} "$1"`;
      const ended = spawnSync("bash", ["-c", command, "calls", program, rules], { env: {} });
      return ended.stdout.toString("latin1");
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };

  test("finds every call refused under the filter", () => {
    const filter = syscallFilter(process.arch) ?? Buffer.alloc(0);
    expect(judgeCalls(process.arch, answer(filter))).toEqual([]);
  });

  test("finds them open under a filter that allows everything", () => {
    const everything = Buffer.from("060000000000ff7f", "hex");
    const [faults = ""] = judgeCalls(process.arch, answer(everything));
    for (const name of ["family 16", "family 1,", "family 2,", "family 10"]) {
      expect(faults).not.toContain(name);
    }
    for (const name of ["family 17", "clone3", "ptrace", "unshare", "bpf"]) {
      expect(faults).toContain(name);
    }
  });
});
