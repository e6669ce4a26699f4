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

describe("a refusal of what git would keep otherwise", () => {
  const head = { code: "change-set-invalid", subject: '"a"' };
  const left = {
    ...head,
    accepted: "a file that is left alone, moved as it is or deleted",
    hint: "leave-the-path-to-a-person",
  };
  const turned = {
    ...head,
    found: "CRLF line ends, which .gitattributes has git turn into LF",
    accepted: "LF line ends, which git turns into what the path needs when it is checked out",
  };
  const expanded = {
    ...head,
    found: "an expanded $Id$, which git keeps bare",
    accepted: "$Id$",
  };
  const kept = "bytes that git keeps otherwise: .gitattributes gives the path";

  test.each<[string, Partial<Conversion>, WrittenBytes, object | undefined]>([
    [
      "names the filter, whatever the encoding",
      { filter: "f".repeat(61), encoding: "UTF-16" },
      written("x"),
      { ...left, found: `${kept} filter=${"f".repeat(60)}` },
    ],
    [
      "names the encoding",
      { encoding: "e".repeat(61) },
      written("x"),
      { ...left, found: `${kept} working-tree-encoding=${"e".repeat(60)}` },
    ],
    ["says what an id has to be", { ident: true }, written("x $Id: 1 $"), expanded],
    [
      "does not come of an id of the base",
      { ident: true },
      written("$Id: 2 $", "$Id: 1 $"),
      undefined,
    ],
    ["does not come of an id over two lines", { ident: true }, written("$Id: 1\n$"), undefined],
    ["does not come of an id that nothing turns", {}, written("$Id: 1 $"), undefined],
    ["says what line ends have to be", { lines: "guessed" }, written("a\r\n", "a\n"), turned],
    [
      "comes of CRLF in what is told to be text",
      { lines: "normalised" },
      written("\0\r\n"),
      turned,
    ],
    ["does not come of a lone CR", { lines: "normalised" }, written("a\rb\n"), undefined],
    [
      "does not come of CRLF that is kept beside an id that is bare",
      { ident: true },
      written("$Id$\r\n"),
      undefined,
    ],
  ])("%s", (_, conversion, file, expected) => {
    expect(refuseConverted(file, { ...PLAIN, ...conversion })).toStrictEqual(expected);
  });

  test("names the path in quotes and cuts it", () => {
    const path = `"${"p".repeat(400)}`;
    const refusal = refuseConverted({ ...written("x"), path }, { ...PLAIN, filter: "lfs" });
    expect(refusal?.subject).toBe(JSON.stringify(path).slice(0, 300));
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
    ["one more beside one", written("\xef\xbf\xbd\xef\xbf\xbd", "\xef\xbf\xbd\xe9"), [], true],
    ["one less", written("\xef\xbf\xbd", "\xef\xbf\xbd\xef\xbf\xbd\xe9"), [], false],
    [
      "a line of a file that ended in CRLF",
      written("x\ncaf\xef\xbf\xbd\r\n"),
      ["caf\xe9\r\ny"],
      true,
    ],
    ["a line of the second deleted file", written("caf\xef\xbf\xbd\n"), ["y\n", "caf\xe9\n"], true],
    ["a line that a deleted text had so", written("\xef\xbf\xbd\n"), ["\xef\xbf\xbd\n"], false],
    ["the plain line of a deleted file", written("x\n\xef\xbf\xbdz\n"), ["x\n\xe9\n"], false],
  ])("%s", (_, file, gone, isRefused) => {
    const refusal = refuseLostBytes(file, gone.map(latin));
    const refused = {
      code: "change-set-invalid",
      subject: '"a"',
      found: "U+FFFD in the place of bytes that are not UTF-8",
      accepted: "the file's own bytes outside of what changes",
    };
    expect(refusal).toStrictEqual(isRefused ? refused : undefined);
  });
});
