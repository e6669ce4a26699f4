import { afterEach, expect, test, vi } from "vitest";
import { createTerminal, widthOf } from "../../../src/cli/shared/terminal.ts";

afterEach(() => vi.unstubAllEnvs());

function stream(of: Partial<Pick<NodeJS.WriteStream, "isTTY" | "columns">>) {
  const said: string[] = [];
  const write = (text: string) => said.push(text);
  return { said, stream: { ...of, write } as unknown as NodeJS.WriteStream };
}

test.each<readonly [string, string | undefined, object, number | undefined]>([
  ["a terminal says its width", undefined, { isTTY: true, columns: 72 }, 72],
  ["COLUMNS does not speak for one that knows", "40", { isTTY: true, columns: 72 }, 72],
  ["COLUMNS speaks for one that does not know", "40", { isTTY: true, columns: 0 }, 40],
  ["a program reads whole lines", undefined, {}, undefined],
  ["unless it asks for a width", "60", {}, 60],
  ["a width that is none is not asked for", "wide", {}, undefined],
  ["nor is nothing", "0", {}, undefined],
])("%s", (_title, asked, of, width) => {
  vi.stubEnv("COLUMNS", asked);
  expect(widthOf(stream(of).stream)).toBe(width);
});

test("sentences are broken, a command to copy is not", () => {
  const { said, stream: out } = stream({ isTTY: true, columns: 30 });
  const terminal = createTerminal(out, { quiet: false });
  terminal.line("  ! no word of this is lost anywhere");
  terminal.verbatim("     gh label create factory:queued --force");
  expect(said).toEqual([
    "  ! no word of this is lost\n    anywhere\n",
    "     gh label create factory:queued --force\n",
  ]);
});

test.each([
  [{ quiet: false }, ["a\n", "b\n", "d\n", "e\n", "f\n"]],
  [{ quiet: true }, ["e\n", "f\n"]],
  [{ quiet: true, silent: true }, []],
])("%j says %j of progress, and of results e and f", (options, says) => {
  const { said, stream: out } = stream({ columns: 30 });
  const terminal = createTerminal(out, options);
  terminal.line("a");
  terminal.verbatim("b");
  terminal.transient("c");
  terminal.steady("d");
  terminal.results.line("e");
  terminal.results.verbatim("f");
  expect(said).toEqual(says);
});
