import { chmodSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { editBytes } from "../../../src/adapters/toolbox/edit-bytes.ts";
import { cases } from "../../cases.ts";
import { workspaceWith } from "./open-toolbox.ts";

const LATIN = Buffer.from("// Gr\xfc\xdfe: caf\xe9\nconst x = 1;\n", "latin1");

function folderWith(content: Buffer | string) {
  const { root, use } = workspaceWith({});
  const place = join(root, "a.js");
  writeFileSync(place, content);
  const edit = (old_string: string, new_string: string, more = {}) =>
    use("edit", { file_path: "a.js", old_string, new_string, ...more });
  const write = (text: string) => use("write", { file_path: "a.js", content: text });
  const bytes = () => readFileSync(place).toString("latin1");
  return { place, use, edit, write, bytes };
}

describe("a file that is not UTF-8", () => {
  test("keeps every byte outside of an edit, is shown byte by byte, and takes what is shown", async () => {
    const { use, edit, bytes } = folderWith(LATIN);
    await edit("const x = 1;", "const x = 2;");
    expect(bytes()).toBe("// Gr\xfc\xdfe: caf\xe9\nconst x = 2;\n");
    expect(await use("read", { file_path: "a.js", view_range: [1, 1] })).toContain(
      "// Gr\\x{fc}\\x{df}e: caf\\x{e9}",
    );
    expect(await use("bash", { command: "head -1 a.js" })).toContain("Gr\\x{fc}\\x{df}e");
    await edit("Gr\\x{fc}\\x{df}e", "Gr\\x{fc}\\x{df}e, se\\x{f1}or");
    expect(bytes()).toBe("// Gr\xfc\xdfe, se\xf1or: caf\xe9\nconst x = 2;\n");
  });

  test("what cannot be in it is refused in words, and nothing is written", async () => {
    const { edit, write, bytes } = folderWith(LATIN);
    await expect(edit("caf\uFFFD", "x")).rejects.toThrow("it is not UTF-8");
    await expect(edit("caf", "ü")).rejects.toThrow("it is not UTF-8");
    await expect(write("// Grüße\n")).rejects.toThrow("a.js is not UTF-8");
    expect(bytes()).toBe(LATIN.toString("latin1"));
  });

  test("is written whole in its own encoding", async () => {
    const { write, bytes } = folderWith(LATIN);
    expect(await write("// Gr\\x{fc}n\n")).toContain("its encoding kept");
    expect(bytes()).toBe("// Gr\xfcn\n");
  });

  test("words of its own that look like a byte stay words", async () => {
    const { edit, bytes } = folderWith(Buffer.from("/\\x{fc}/; # \xfc\n", "latin1"));
    await edit("\\x{fc}", "\\x{fd}");
    expect(bytes()).toBe("/\\x{fd}/; # \xfc\n");
  });

  test("UTF-16 is left to commands", async () => {
    const content = Buffer.from("\ufeffab\n", "utf16le");
    const { edit, write, bytes } = folderWith(content);
    await expect(edit("a", "xy")).rejects.toThrow("UTF-16");
    await expect(write("xy")).rejects.toThrow("UTF-16");
    expect(bytes()).toBe(content.toString("latin1"));
  });

  test("valid text with a replacement character of its own is text", async () => {
    const { use, edit } = folderWith("const unknown = '\uFFFD';\n");
    await edit("'\uFFFD'", "'ü\uFFFD'");
    expect(await use("read", { file_path: "a.js" })).toBe("const unknown = 'ü\uFFFD';\n");
  });
});

describe("line ends", () => {
  test.each([
    ["one\r\ntwo\r\nthree\r\n", "one\ntwo", "one\nTWO", "one\r\nTWO\r\nthree\r\n"],
    ["one\r\ntwo\r\n", "two", "x\ny", "one\r\nx\r\ny\r\n"],
    ["one\r\ntwo", "two", "x\ny", "one\r\nx\r\ny"],
    ["one\r\ntwo\r\n", "two\n", "", "one\r\n"],
    ["one\r\ntwo\r\n", "one\r\ntwo", "one\ntwo", "one\ntwo\r\n"],
    ["one\ntwo\n", "one\r\ntwo", "x\r\ny", "x\ny\n"],
    ["one\ntwo\n", "two", "x\ny", "one\nx\ny\n"],
    ["dos\r\nunix\n", "unix\n", "x\ny\n", "dos\r\nx\ny\n"],
    ["dos\r\nunix\n", "dos\n", "x\ny\n", "x\r\ny\r\nunix\n"],
    // One place has the very bytes: it is meant.
    ["a\r\nb\na\nb\n", "a\nb", "c", "a\r\nb\nc\n"],
    ["\ufeffa\r\nb\r\n", "a\nb", "c\nd", "\ufeffc\r\nd\r\n"],
    ["price: $1\n", "$1", "$& $$", "price: $& $$\n"],
  ])("%j, %j to %j: %j", (content, oldText, newText, expected) => {
    const edited = editBytes(Buffer.from(content), { oldText, newText, all: false });
    expect(edited.content.toString()).toBe(expected);
  });

  test("all places get the line ends that stand there", () => {
    const edit = { oldText: "a\nb", newText: "c\nd", all: true };
    const edited = editBytes(Buffer.from("a\r\nb\r\na\nb\n"), edit);
    expect([edited.count, edited.content.toString()]).toEqual([2, "c\r\nd\r\nc\nd\n"]);
  });

  test.each([
    ["one\rtwo\r", "one\ntwo", /not found in a\.js: its lines end otherwise/],
    ["one\r\ntwo\r\n", "one\nthree", /not found in a\.js$/],
    ["x\r\ny\nx\r\ny\n", "x\ny", /appears 2 times in a\.js/],
  ])("%j has no one place for %j", async (content, old, reason) => {
    await expect(folderWith(content).edit(old, "z")).rejects.toThrow(reason);
  });

  test("a file that is written anew keeps CRLF and its byte order mark", async () => {
    const { write, bytes } = folderWith("\ufeffone\r\ntwo\r\n");
    expect(await write("one\ntwo\nthree\n")).toBe(
      "wrote 20 bytes to a.js; its CRLF line ends kept; its byte order mark kept",
    );
    expect(bytes()).toBe("\xef\xbb\xbfone\r\ntwo\r\nthree\r\n");
  });

  test.each(["one\ntwo\n", "mixed\r\nends\n", ""])("%j is written as it is said", async (old) => {
    const { write, bytes } = folderWith(old);
    expect(await write("a\nb\n")).toBe("wrote 4 bytes to a.js");
    expect(bytes()).toBe("a\nb\n");
  });
});

test("an edit keeps the mode, and leaves a second name of the file alone", async () => {
  const { place, use, edit } = folderWith("#!/bin/sh\necho 1\n");
  chmodSync(place, 0o755);
  await use("bash", { command: "ln a.js b.js" });
  await edit("echo 1", "echo 2");
  expect(statSync(place).mode & 0o777).toBe(0o755);
  expect(readFileSync(join(place, "../b.js"), "utf8")).toContain("echo 1");
});

test("whatever the bytes are, an edit changes the one place alone", () => {
  fc.assert(
    fc.property(fc.uint8Array(), fc.uint8Array(), (before, after) => {
      const [head, tail] = [Buffer.from(before), Buffer.from(after)];
      const content = Buffer.concat([head, Buffer.from("{old}"), tail]);
      fc.pre(!content.subarray(0, 2).equals(Buffer.from([0xff, 0xfe])));
      fc.pre(!content.subarray(0, 2).equals(Buffer.from([0xfe, 0xff])));
      const edited = editBytes(content, { oldText: "{old}", newText: "new", all: false });
      expect(edited.content).toEqual(Buffer.concat([head, Buffer.from("new"), tail]));
    }),
    cases(500),
  );
});
