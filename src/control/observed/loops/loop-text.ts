import { digestOf } from "../../../domain/digest.ts";
import { type Loop, LoopName } from "../../../domain/loop/loop.ts";
import type { LoopAsked } from "../../../domain/loop/loop-asked.ts";
import { readLoop } from "../../../domain/loop/read-loop.ts";
import { IN_WORDS } from "../../../domain/text/say-fault.ts";
import { readYamlText } from "../texts/yaml-text.ts";

/** Bound before parsing, in characters. */
const LARGEST = 64_000;
const LONGEST_INSTRUCTION = 20_000;
const FENCE = /^---[ \t]*$/;

/** A parsed loop file, without the facts about GitHub that its order adds. */
export type LoopRead = Omit<LoopAsked, "visible">;

export type LoopReading =
  | { readonly read: LoopRead }
  | { readonly path: string; readonly faults: readonly string[] };

/** Parses a loop file: YAML front matter between two lines of three dashes, then the instruction. */
export function readLoopText(path: string, text: string): LoopReading {
  const refused = (...faults: readonly string[]) => ({ path, faults });
  const name = LoopName.safeParse(nameOf(path), IN_WORDS);
  if (!name.success) return refused(`its name: ${name.error.issues[0]?.message ?? "not a name"}`);
  if (text.length > LARGEST) return refused(`${text.length} characters, at most ${LARGEST}`);
  const lines = text.replaceAll("\r\n", "\n").split("\n");
  const end = lines.findIndex((line, index) => index > 0 && FENCE.test(line));
  if (!FENCE.test(lines[0] ?? "") || end < 0) {
    return refused("line 1: expected front matter between two lines of three dashes");
  }
  const reading = readYamlText<Loop>(
    lines.slice(1, end).join("\n"),
    (value) => {
      const read = readLoop(value);
      return "loop" in read ? { value: read.loop } : read;
    },
    1,
  );
  if ("faults" in reading) return refused(...reading.faults);
  const instruction = lines
    .slice(end + 1)
    .join("\n")
    .trim();
  if (instruction.length > LONGEST_INSTRUCTION) {
    return refused(
      `line ${end + 2}: ${instruction.length} characters, at most ${LONGEST_INSTRUCTION}`,
    );
  }
  const loop = reading.value;
  if (loop.roles.judge !== undefined && instruction === "") {
    return refused(`line ${end + 2}: roles.judge needs an instruction below the front matter`);
  }
  return { read: { name: name.data, path, digest: digestOf(text), loop, instruction } };
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1).replace(/\.md$/, "");
}
