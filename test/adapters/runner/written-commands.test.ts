import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createRunner } from "../../../src/adapters/runner/runner.ts";
import { parseKeyValues } from "../../../src/twin/runner/job/command-files.ts";
import { type Command, parseCommand } from "../../../src/twin/runner/job/commands.ts";
import { createLineSplitter } from "../../../src/twin/runner/process/line-splitter.ts";
import { ANY_CHARACTER } from "../../any-character.ts";
import { cases } from "../../cases.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "written-"));
  for (const name of ["output", "env", "path", "state"]) writeFileSync(join(folder, name), "");
  vi.stubEnv("GITHUB_OUTPUT", join(folder, "output"));
  vi.stubEnv("GITHUB_ENV", join(folder, "env"));
  vi.stubEnv("GITHUB_PATH", join(folder, "path"));
  vi.stubEnv("GITHUB_STATE", join(folder, "state"));
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  process.exitCode = undefined;
  rmSync(folder, { recursive: true, force: true });
});

/** Dense in what the runner reads, in files and in logs. */
const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ..."::|set-output name=x::y|::error file=a::|stop-commands::x|##[|]|add-path|<<|=|EOF|ghadelimiter_|%0A|%25| |\t|\u0085|\u2028|\uFEFF|\u200B|\0|\v".split(
          "|",
        ),
      ),
      fc.string({ unit: ANY_CHARACTER, maxLength: 5 }),
    ),
    { maxLength: 15 },
  )
  .map((parts) => parts.join(""));
const lines = fc.array(hostile, { maxLength: 4 }).map((parts) => parts.join("\n"));

describe("the command files", () => {
  test("hold exactly the outputs that were set, and nothing else is ever written to", () => {
    fc.assert(
      fc.property(fc.array(hostile, { minLength: 1, maxLength: 4 }), (values) => {
        writeFileSync(join(folder, "output"), "");
        const runner = createRunner();
        // Lone surrogates cannot be written as UTF-8; a lone carriage return is refused with the line breaks.
        const oneLine = values.map((value) => value.toWellFormed().replace(/[\r\n]/g, ""));
        for (const [index, value] of oneLine.entries()) runner.output(`name-${index}`, value);
        const read = parseKeyValues(readFileSync(join(folder, "output"), "utf8"), "output");
        expect([...read]).toEqual(oneLine.map((value, index) => [`name-${index}`, value]));
      }),
      cases(300),
    );
    expect(
      ["env", "path", "state"].map((name) => readFileSync(join(folder, name), "utf8")),
    ).toEqual(["", "", ""]);
  });

  test.each(["a\nb=c", "a\rb=c", "\n"])("%j is refused as an output", (value) => {
    expect(() => createRunner().output("name", value)).toThrow("one line");
    expect(readFileSync(join(folder, "output"), "utf8")).toBe("");
  });
});

describe("the log", () => {
  test("holds exactly the commands that were meant, whatever is said and quoted", () => {
    fc.assert(
      fc.property(lines, lines, (one, two) => {
        const said = commandsSaid(() => {
          const runner = createRunner();
          runner.info(one);
          runner.quote(`${one}\n${two}`);
          runner.warning(two);
          runner.quote(two);
          runner.fail(one);
          runner.info(two);
        });
        expect(said.map(({ name, properties }) => [name, properties])).toEqual([
          ["warning", {}],
          ["error", {}],
        ]);
        expect(said.every(({ data }) => !/[\r\n]/.test(data))).toBe(true);
      }),
      cases(300),
    );
  });
});

/** What the twin's runner would obey in what is written to standard output meanwhile. */
function commandsSaid(speak: () => void): readonly Command[] {
  const found: Command[] = [];
  const splitter = createLineSplitter((line) => {
    const command = parseCommand(line);
    if (command !== undefined) found.push(command);
  });
  const written = vi.spyOn(process.stdout, "write").mockImplementation((chunk) => {
    splitter.write(Buffer.from(chunk));
    return true;
  });
  try {
    speak();
  } finally {
    written.mockRestore();
  }
  splitter.end();
  return found;
}
