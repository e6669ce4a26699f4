import {
  ALLOWED_FAMILIES,
  type Architecture,
  CLONE3,
  DENIED_CALLS,
  FOREIGN_CALLS_FROM,
  SOCKET,
  SOCKETPAIR,
} from "./denied-calls.ts";
import { EAFNOSUPPORT, ENOSYS, EPERM, isKnown } from "./syscall-filter.ts";

/** One system call of a program inside, and the filter's error for it. */
interface Question {
  readonly name: string;
  readonly number: number;
  readonly first: number;
  readonly second: number;
  readonly error: number;
}

/** Families that Linux has, with room for more. */
const FAMILIES = Array.from({ length: 64 }, (_, family) => family);
const STREAM = 1;

/**
 * The program that makes the calls, as machine code: no shell can make them, and not every machine has perl or python.
 * It goes through the table after it (number, two arguments, answer; 64 bits each; a negative number ends it) and prints
 * "=" for each call with that answer, "!" for any other. On x64 it then makes a 32-bit call, for which the filter kills
 * it; if it survives, it prints "!".
 */
const CODE: Readonly<Record<Architecture, string>> = {
  x64: [
    "488d1d71000000488b034885c07831488b7b08488b731031d24531d24531c04531c90f05483b4318b83d000000b9210000000f45c1e820000000",
    "4883c320ebc7b814000000cd80b821000000e809000000b83c00000031ff0f0550b801000000bf010000004889e6ba010000000f0558c30f1f8000000000",
  ].join(""),
  arm64: [
    "93030010680240f9c802f8b7600640f9610a40f9020080d2030080d2040080d2050080d2010000d4690e40f91f0009ebaa0780d22b0480d24a018b9a",
    "ea0f1ff8200080d2e1030091220080d2080880d2010000d4ff43009173820091eaffff17000080d2a80b80d2010000d41f2003d5",
  ].join(""),
};

/** From `elf.h`: the machines, and the start of a program with one segment. */
const MACHINE: Readonly<Record<Architecture, number>> = { x64: 62, arm64: 183 };
const [HEADER_BYTES, SEGMENT_BYTES, ADDRESS] = [64, 56, 0x400000] as const;

/** A static program that tests the filter from inside; undefined for an unknown architecture, as for the filter. */
export function callsProgram(architecture: string): Buffer | undefined {
  if (!isKnown(architecture)) return undefined;
  const questions = questionsOf(architecture);
  const table = Buffer.alloc(32 * questions.length + 8);
  for (const [index, { number, first, second, error }] of questions.entries()) {
    for (const [field, value] of [number, first, second, -error].entries()) {
      table.writeBigInt64LE(BigInt(value), 32 * index + 8 * field);
    }
  }
  table.writeBigInt64LE(-1n, 32 * questions.length);
  const code = Buffer.concat([Buffer.from(CODE[architecture], "hex"), table]);
  return Buffer.concat([headersOf(architecture, code.length), code]);
}

/** Every call whose answer differs from the filter's; `answer` is the program's output. */
export function judgeCalls(architecture: string, answer: string): readonly string[] {
  if (!isKnown(architecture)) return ["system calls: unknown architecture"];
  const questions = questionsOf(architecture);
  const open = questions.filter((_, index) => answer[index] === "!");
  const faults =
    open.length === 0 ? [] : [`open calls: ${open.map(({ name }) => name).join(", ")}`];
  const rest = answer.slice(questions.length);
  if (!/^[=!]*$/.test(answer) || answer.length < questions.length) {
    return [...faults, "the system calls could not be tried"];
  }
  return rest === "" ? faults : [...faults, "open calls: the 32-bit convention"];
}

function questionsOf(architecture: Architecture): readonly Question[] {
  const ask = (name: string, number: number, error: number, ...given: readonly number[]) => {
    const [first = 0, second = 0] = given;
    return { name, number, first, second, error };
  };
  const foreign = FOREIGN_CALLS_FROM[architecture];
  const families = FAMILIES.filter((family) => !ALLOWED_FAMILIES.includes(family));
  const [socket, pair] = [SOCKET[architecture], SOCKETPAIR[architecture]];
  return [
    ...families.flatMap((family) => [
      ask(`socket of family ${family}`, socket, EAFNOSUPPORT, family, STREAM),
      ask(`socketpair of family ${family}`, pair, EAFNOSUPPORT, family, STREAM),
    ]),
    ...(foreign === undefined ? [] : [ask("x32 socket", foreign + socket, ENOSYS, 1, STREAM)]),
    ask("clone3", CLONE3[architecture], ENOSYS),
    ...DENIED_CALLS.flatMap(({ name, numbers }) => {
      const number = numbers[architecture];
      return number === undefined ? [] : [ask(name, number, EPERM)];
    }),
  ];
}

/** The ELF header and the one segment: the whole file, readable and executable. */
function headersOf(architecture: Architecture, codeBytes: number): Buffer {
  const start = HEADER_BYTES + SEGMENT_BYTES;
  const header = Buffer.alloc(start);
  header.write("\x7fELF\x02\x01\x01", "latin1");
  header.writeUInt16LE(2, 16);
  header.writeUInt16LE(MACHINE[architecture], 18);
  header.writeUInt32LE(1, 20);
  header.writeBigUInt64LE(BigInt(ADDRESS + start), 24);
  header.writeBigUInt64LE(BigInt(HEADER_BYTES), 32);
  header.writeUInt16LE(HEADER_BYTES, 52);
  header.writeUInt16LE(SEGMENT_BYTES, 54);
  header.writeUInt16LE(1, 56);
  header.writeUInt32LE(1, HEADER_BYTES);
  header.writeUInt32LE(5, HEADER_BYTES + 4);
  header.writeBigUInt64LE(BigInt(ADDRESS), HEADER_BYTES + 16);
  header.writeBigUInt64LE(BigInt(ADDRESS), HEADER_BYTES + 24);
  header.writeBigUInt64LE(BigInt(start + codeBytes), HEADER_BYTES + 32);
  header.writeBigUInt64LE(BigInt(start + codeBytes), HEADER_BYTES + 40);
  header.writeBigUInt64LE(0x10000n, HEADER_BYTES + 48);
  return header;
}
