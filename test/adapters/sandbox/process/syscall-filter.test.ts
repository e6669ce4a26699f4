import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { DENIED_CALLS } from "../../../../src/adapters/sandbox/process/denied-calls.ts";
import { syscallFilter } from "../../../../src/adapters/sandbox/process/syscall-filter.ts";
import { skippedFor } from "../../../skipped.ts";

const X64 = 0xc000003e;
const ARM64 = 0xc00000b7;
const I386 = 0x40000003;

/** What the kernel's own interpreter would answer: the four instructions that the filter is made of. */
function answerOf(filter: Buffer, call: readonly [audit: number, number: number, ...number[]]) {
  const [audit, number, ...given] = call;
  const data = Buffer.alloc(64);
  data.writeUInt32LE(number, 0);
  data.writeUInt32LE(audit, 4);
  for (const [index, value] of given.entries()) {
    data.writeBigUInt64LE(BigInt(value), 16 + 8 * index);
  }
  let loaded = 0;
  for (let at = 0; at < filter.length; at += 8) {
    const [code, value] = [filter.readUInt16LE(at), filter.readUInt32LE(at + 4)];
    if (code === 0x20) loaded = data.readUInt32LE(value);
    else if (code === 0x06) return ANSWERS[value] ?? value;
    else at += 8 * filter.readUInt8(at + (isTaken(code, loaded, value) ? 2 : 3));
  }
  throw new Error("the filter has no end");
}

const ANSWERS: Readonly<Record<number, string>> = {
  2147418112: "allowed",
  2147483648: "killed",
  327681: "EPERM",
  327718: "ENOSYS",
  327777: "EAFNOSUPPORT",
};

function isTaken(code: number, loaded: number, value: number): boolean {
  if (code === 0x15) return loaded === value;
  if (code === 0x35) return loaded >= value;
  if (code === 0x45) return (loaded & value) !== 0;
  throw new Error(`instruction ${code}`);
}

const filterOf = (architecture: string) => {
  const filter = syscallFilter(architecture);
  if (filter === undefined) throw new Error("no filter");
  return filter;
};

describe.each([
  [
    "x64",
    X64,
    { read: 0, clone: 56, ioctl: 16, execve: 59, execveat: 322, socket: 41, socketpair: 53 },
  ],
  [
    "arm64",
    ARM64,
    { read: 63, clone: 220, ioctl: 29, execve: 221, execveat: 281, socket: 198, socketpair: 199 },
  ],
] as const)("the filter of %s", (architecture, audit, number) => {
  const ask = (call: number, ...given: readonly number[]) =>
    answerOf(filterOf(architecture), [audit, call, ...given]);

  test("refuses every call of the list", () => {
    for (const { name, numbers } of DENIED_CALLS) {
      const denied = numbers[architecture];
      if (denied !== undefined) expect(ask(denied), name).toBe("EPERM");
    }
  });

  test.each([
    ["a fork", ["clone", 0x01200011], "allowed"],
    ["a thread", ["clone", 0x003d0f00], "allowed"],
    ["a vfork", ["clone", 0x4111], "allowed"],
    ["a user namespace", ["clone", 0x10000011], "EPERM"],
    ["a network namespace among others", ["clone", 0x6c020011], "EPERM"],
    ["a window's size", ["ioctl", 1, 0x5413], "allowed"],
    ["typing into the terminal", ["ioctl", 0, 0x5412], "EPERM"],
    [
      "typing, the upper half filled (the kernel cuts it off)",
      ["ioctl", 0, 2 ** 32 + 0x5412],
      "EPERM",
    ],
    ["pasting into a console", ["ioctl", 0, 0x541c], "EPERM"],
    ["reading", ["read", 0], "allowed"],
    ["another program", ["execve", 0], "allowed"],
    ["another program by descriptor", ["execveat", 0], "allowed"],
  ] as const)("judges %s", (_, [name, ...given], expected) => {
    expect(ask(number[name], ...given)).toBe(expected);
  });

  test("opens sockets of four families, and pairs of them, and of no other", () => {
    const allowed = [1, 2, 10, 16];
    for (const name of ["socket", "socketpair"] as const) {
      for (const family of [...Array(300).keys(), 2 ** 31, 2 ** 32 - 1]) {
        const expected = allowed.includes(family) ? "allowed" : "EAFNOSUPPORT";
        expect(ask(number[name], family, 1), `${name} ${family}`).toBe(expected);
        // The kernel cuts the upper half off, and so does the filter.
        expect(ask(number[name], 2 ** 32 + family, 1), `${name} ${family}`).toBe(expected);
      }
    }
  });

  test("has no clone3 and no call of another convention, and kills another architecture", () => {
    expect(ask(435)).toBe("ENOSYS");
    if (architecture === "x64") {
      expect(ask(0x40000000 + 321)).toBe("ENOSYS");
      expect(ask(0x40000000)).toBe("ENOSYS");
    }
    for (const other of [I386, audit === X64 ? ARM64 : X64]) {
      expect(answerOf(filterOf(architecture), [other, number.read])).toBe("killed");
    }
  });
});

test("knows no other architecture", () => {
  for (const name of ["riscv64", "arm", "ia32", "toString"]) {
    expect(syscallFilter(name)).toBeUndefined();
  }
});

const HEADERS = {
  x64: "/usr/include/x86_64-linux-gnu/asm/unistd_64.h",
  arm64: "/usr/include/asm-generic/unistd.h",
} as const;

for (const architecture of ["x64", "arm64"] as const) {
  const file = HEADERS[architecture];
  const lacks = !existsSync(file);
  test.skipIf(lacks)(
    `names the calls of ${architecture} by the kernel's numbers${skippedFor(lacks, "its headers are not here")}`,
    () => {
      const text = readFileSync(file, "utf8");
      for (const { name, numbers } of DENIED_CALLS) {
        const found = new RegExp(`^#define __NR_${name}\\s+(\\d+)`, "m").exec(text)?.[1];
        if (found !== undefined) expect(numbers[architecture], name).toBe(Number(found));
      }
    },
  );
}
