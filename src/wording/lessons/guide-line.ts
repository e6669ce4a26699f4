import type { Mistake, MistakeCause, Place } from "../../domain/lesson/mistake.ts";

/** Names that read as names and as nothing else: what stands in the guide steers every agent. */
const PLAIN_NAME = /^[\p{L}\p{N} ._/:>#()[\]'-]{1,120}$/u;

type Line = (place: string | undefined) => string;

const LINES: Readonly<Partial<Record<MistakeCause, Line>>> = {
  "check-red": (check) =>
    check === undefined
      ? "Run every check before you finish, and mend what is red."
      : `Run the check \`${check}\` before you finish, and mend what is red.`,
  "test-red": (name) =>
    `Run the whole test suite before you finish: ${name === undefined ? "a test that passed before must pass still" : `\`${name}\` must pass still`}.`,
  "tests-prove-nothing": () =>
    "For each line that you change, write a test that fails without the change and passes with it.",
  "out-of-bounds": (path) =>
    path === undefined
      ? "Change only what the contract allows."
      : `Leave \`${path}\` as it is, unless the contract names it.`,
  "secret-in-change": () =>
    "Write nothing that looks like a secret, not in tests either: put such values together when the code runs.",
  dependencies: () => "Add, remove or update no dependency, unless the contract asks for it.",
};

/** What the guide is to say of a mistake; undefined where code has no words for it, or its place has no plain name. */
export function guideLine({ cause, place }: Mistake): string | undefined {
  const line = LINES[cause];
  if (line === undefined) return undefined;
  if (place === undefined) return line(undefined);
  return PLAIN_NAME.test(place.name) ? line(nameOf(place)) : undefined;
}

function nameOf({ kind, name }: Place): string {
  return kind === "area" && name.endsWith("/") ? `${name}**` : name;
}
