import {
  ALLOWED_FAMILIES,
  type Architecture,
  CLONE,
  CLONE3,
  DENIED_CALLS,
  FOREIGN_CALLS_FROM,
  IOCTL,
  SOCKET,
  SOCKETPAIR,
} from "./denied-calls.ts";

/**
 * The kernel's answers (linux/seccomp.h). A refused call gets EPERM, as without the privilege for it. A "missing" one
 * gets ENOSYS, at which libraries fall back to an older call. A socket family gets EAFNOSUPPORT, as from a kernel built
 * without it.
 */
const ALLOW = 0x7fff0000;
const KILL_PROCESS = 0x80000000;
const ERRNO = 0x00050000;
export const EPERM = 1;
export const ENOSYS = 38;
export const EAFNOSUPPORT = 97;

/** `AUDIT_ARCH_*` of linux/audit.h: the calling convention that the kernel reports, not the program's claim. */
const AUDIT: Readonly<Record<Architecture, number>> = { x64: 0xc000003e, arm64: 0xc00000b7 };

/** Offsets in `struct seccomp_data`; of the 64-bit arguments the low halves, the only part that the kernel itself uses. */
const [NUMBER, ARCHITECTURE, FIRST_ARGUMENT, SECOND_ARGUMENT] = [0, 4, 16, 24] as const;

/** Every `CLONE_NEW*` that fits into the flags of `clone`. */
const NEW_NAMESPACES = 0x7e020000;
/** `TIOCSTI` types into our caller's terminal (CVE-2017-5226), `TIOCLINUX` pastes into a console. */
const TERMINAL_INPUT = [0x5412, 0x541c] as const;

/** Classic BPF (linux/bpf_common.h). */
const [LOAD, JUMP_EQUAL, JUMP_FROM, JUMP_BITS, RETURN] = [0x20, 0x15, 0x35, 0x45, 0x06] as const;

type Label = "allow" | "kill" | "absent" | "refuse" | "clone" | "ioctl" | "socket";

interface Instruction {
  readonly code: number;
  readonly value: number;
  /** Target of a jump if its condition holds, or does not; otherwise the next instruction. */
  readonly yes?: Label;
  readonly no?: Label;
}

/**
 * System calls that nothing inside may make, as a program for `bwrap --seccomp` (threats RT-07, RT-08); undefined for an
 * architecture with unknown numbers. A list of refused calls, because any test suite may run inside; the remaining calls
 * still have no capability, no network and no host file.
 */
export function syscallFilter(architecture: string): Buffer | undefined {
  return isKnown(architecture) ? assemble(programFor(architecture)) : undefined;
}

export function isKnown(architecture: string): architecture is Architecture {
  return Object.hasOwn(AUDIT, architecture);
}

type Program = readonly (Instruction | { readonly label: Label })[];

function programFor(architecture: Architecture): Program {
  const load = (value: number) => ({ code: LOAD, value });
  const is = (value: number, yes: Label) => ({ code: JUMP_EQUAL, value, yes });
  const answer = (label: Label, value: number) => [{ label }, { code: RETURN, value }];
  const foreign = FOREIGN_CALLS_FROM[architecture];
  return [
    load(ARCHITECTURE),
    { code: JUMP_EQUAL, value: AUDIT[architecture], no: "kill" },
    load(NUMBER),
    ...(foreign === undefined
      ? []
      : [{ code: JUMP_FROM, value: foreign, yes: "absent" } satisfies Instruction]),
    // Its flags are in memory, which no filter can read. Every libc falls back to `clone`.
    is(CLONE3[architecture], "absent"),
    is(CLONE[architecture], "clone"),
    is(IOCTL[architecture], "ioctl"),
    is(SOCKET[architecture], "socket"),
    is(SOCKETPAIR[architecture], "socket"),
    ...DENIED_CALLS.flatMap(({ numbers }) => {
      const number = numbers[architecture];
      return number === undefined ? [] : [is(number, "refuse")];
    }),
    { code: RETURN, value: ALLOW },
    { label: "clone" },
    load(FIRST_ARGUMENT),
    { code: JUMP_BITS, value: NEW_NAMESPACES, yes: "refuse" },
    { code: RETURN, value: ALLOW },
    { label: "ioctl" },
    load(SECOND_ARGUMENT),
    ...TERMINAL_INPUT.map((request) => is(request, "refuse")),
    { code: RETURN, value: ALLOW },
    { label: "socket" },
    load(FIRST_ARGUMENT),
    ...ALLOWED_FAMILIES.map((family) => is(family, "allow")),
    { code: RETURN, value: ERRNO | EAFNOSUPPORT },
    ...answer("allow", ALLOW),
    ...answer("refuse", ERRNO | EPERM),
    ...answer("absent", ERRNO | ENOSYS),
    ...answer("kill", KILL_PROCESS),
  ];
}

/** Labels become distances, instructions `struct sock_filter`s: both architectures are little-endian. */
function assemble(program: Program): Buffer {
  const places = new Map<Label, number>();
  const instructions: Instruction[] = [];
  for (const part of program) {
    if ("label" in part) places.set(part.label, instructions.length);
    else instructions.push(part);
  }
  const bytes = Buffer.alloc(8 * instructions.length);
  for (const [index, { code, value, yes, no }] of instructions.entries()) {
    const distance = (label: Label | undefined) =>
      label === undefined ? 0 : (places.get(label) ?? Number.NaN) - index - 1;
    bytes.writeUInt16LE(code, 8 * index);
    for (const [offset, label] of [
      [2, yes],
      [3, no],
    ] as const) {
      const jump = distance(label);
      // A distance that does not fit into its byte, or to a missing label, throws.
      if (!(jump >= 0 && jump <= 255)) throw new RangeError(`a jump of ${jump} instructions`);
      bytes.writeUInt8(jump, 8 * index + offset);
    }
    bytes.writeUInt32LE(value, 8 * index + 4);
  }
  return bytes;
}
