import { describe, expect, test } from "vitest";
import {
  type Conversion,
  refuseConverted,
  refuseLostBytes,
  type WrittenBytes,
} from "../../../src/domain/text/conversion.ts";

const latin = (text: string) => Buffer.from(text, "latin1");
const PLAIN: Conversion = { ident: false, lines: "kept" };

function written(bytes: string, before?: string, isKept = false): WrittenBytes {
  return {
    path: "a",
    bytes: latin(bytes),
    before: before === undefined ? undefined : latin(before),
    isKept,
  };
}

describe("what git would keep otherwise", () => {
  test.each<[string, Partial<Conversion>, WrittenBytes, string | undefined]>([
    ["a picture for a pointer", { filter: "lfs" }, written("\x89PNG", "version 1"), "filter=lfs"],
    ["a new file of a filter", { filter: "git-crypt" }, written("x"), "filter=git-crypt"],
    [
      "a pointer that is moved",
      { filter: "lfs" },
      written("version 1", undefined, true),
      undefined,
    ],
    ["another encoding", { encoding: "UTF-16" }, written("x", "y"), "working-tree-encoding=UTF-16"],
    ["an expanded id", { ident: true }, written("$Id: 1 $", "$Id$"), "$Id$"],
    ["a bare id", { ident: true }, written("$Id$ x", "$Id$"), undefined],
    ["CRLF in text", { lines: "normalised" }, written("a\r\n", "a\n"), "CRLF"],
    ["CRLF in a new text file", { lines: "guessed" }, written("a\r\n"), "CRLF"],
    ["CRLF as the base has it", { lines: "normalised" }, written("a\r\nb\r\n", "a\r\n"), undefined],
    ["CRLF in what is no text", { lines: "guessed" }, written("a\r\n\0"), undefined],
    ["LF in text", { lines: "normalised" }, written("a\nb\n", "a\n"), undefined],
    ["CRLF where it is kept", {}, written("a\r\n", "a\n"), undefined],
  ])("%s", (_, conversion, file, found) => {
    const refusal = refuseConverted(file, { ...PLAIN, ...conversion });
    if (found === undefined) expect(refusal).toBeUndefined();
    else expect(refusal?.found).toContain(found);
  });
});

describe("bytes that a replacement character took the place of", () => {
  const LOST = "caf\xef\xbf\xbd = 2\n";
  test.each<[string, WrittenBytes, readonly string[], boolean]>([
    ["in the same file", written(LOST, "caf\xe9 = 1\n"), [], true],
    ["in a file that was UTF-16", written("\xef\xbf\xbd\xef\xbf\xbda", "\xff\xfea\0"), [], true],
    ["in a file that is renamed", written("caf\xef\xbf\xbd\nx\n"), ["caf\xe9\ny\n"], true],
    ["the file's own bytes stay", written("caf\xe9 = 2\n", "caf\xe9 = 1\n"), [], false],
    ["it becomes UTF-8", written("caf\xc3\xa9\n", "caf\xe9\n"), [], false],
    ["text that has one of its own", written(LOST, "caf\xc3\xa9 = 1\n"), [], false],
    [
      "it was there beside other bytes",
      written("\xef\xbf\xbd\xe9 2", "\xef\xbf\xbd\xe9 1"),
      [],
      false,
    ],
    ["a new file with one", written(LOST), ["caf\xc3\xa9\n", "other \xe9\n"], false],
  ])("%s", (_, file, gone, isRefused) => {
    const refusal = refuseLostBytes(file, gone.map(latin));
    expect(refusal !== undefined).toBe(isRefused);
  });
});
