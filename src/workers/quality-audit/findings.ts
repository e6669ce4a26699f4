import type { CheckRun } from "../../domain/evidence.ts";

/** Number of findings of a lint or types run; null with the reason if unknown. */
export interface FindingCount {
  readonly value: number | null;
  readonly source: string;
}

/** Sums in the last lines of the common tools; the numbers of all matches are added. */
const SUMS: readonly RegExp[] = [
  /\bFound (\d+) (?:errors?|warnings?|problems?|diagnostics?)\b/g, // tsc, Biome, Ruff, mypy
  /✖ (\d+) problems?\b/g, // ESLint
  /\b(\d+) errors?, (\d+) warnings?\b/g, // pyright
  /\bdue to (\d+) previous errors?\b/g, // cargo
  /^(\d+) issues?[:.]/gm, // golangci-lint
];
const PLACE = /(?:^|\s)(?:\.\/)?([\w@][\w@./+-]*\.[a-z]{1,6})[:(]\d+/i;
// biome-ignore lint/suspicious/noControlCharactersInRegex: colours of a terminal begin with ESC
const COLOUR = /\u001B\[[0-9;]*m/g;

/** Findings of the whole run, from its exit code and output. */
export function countFindings(name: string, run: CheckRun | undefined): FindingCount {
  if (run === undefined) return { value: null, source: `no \`${name}\` check ran` };
  const command = `\`${run.command.slice(0, 200)}\``;
  if (run.status === "timed-out") return { value: null, source: `${command} did not end in time` };
  if (run.exitCode === 0) return { value: 0, source: `${command}, exit code 0` };
  const output = run.tail.replace(COLOUR, "");
  for (const sum of SUMS) {
    const numbers = [...output.matchAll(sum)].flatMap((match) => match.slice(1).map(Number));
    const value = numbers.reduce((total, number) => total + number, 0);
    if (value > 0) return { value, source: `${command}, the sum it prints` };
  }
  const places = isWhole(run) ? placesOf(output).length : 0;
  if (places > 0) return { value: places, source: `${command}, lines that name a place` };
  return {
    value: 1,
    source: `${command}, at least one: exit code ${run.exitCode}, no count printed`,
  };
}

/** Findings in some files: only if the whole output is there and names places. */
export function countFindingsIn(
  name: string,
  run: CheckRun | undefined,
  files: ReadonlySet<string>,
): FindingCount {
  const all = countFindings(name, run);
  if (run === undefined || all.value === null || all.value === 0) return all;
  const places = isWhole(run) ? placesOf(run.tail.replace(COLOUR, "")) : [];
  if (places.length === 0) {
    return {
      value: null,
      source: "known for the whole repository only: the output names no places",
    };
  }
  const value = places.filter((path) => files.has(path)).length;
  return { value, source: `\`${run.command.slice(0, 200)}\`, lines that name a place` };
}

function isWhole(run: CheckRun): boolean {
  return new TextEncoder().encode(run.tail).length >= run.outputBytes;
}

function placesOf(output: string): readonly string[] {
  return output.split("\n").flatMap((line) => PLACE.exec(line)?.[1] ?? []);
}
