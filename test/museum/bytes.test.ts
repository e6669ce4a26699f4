import { expect } from "vitest";
import { editBytes } from "../../src/adapters/toolbox/edit-bytes.ts";
import { refuseConverted, refuseLostBytes } from "../../src/domain/text/conversion.ts";
import { showBytes } from "../../src/domain/text/show-bytes.ts";
import { BYTES } from "./reports/bytes.ts";
import { room } from "./room.ts";

const latin = (text: string) => Buffer.from(text, "latin1");

function edited(content: string, oldText: string, newText: string): string {
  return editBytes(latin(content), { oldText, newText, all: false }).content.toString("latin1");
}

room(BYTES, {
  "github/copilot-cli#3732": () => {
    const file = "// Copyright \xa9 All rights reserved.\nint main() { return 0; }\n";
    expect(edited(file, "return 0", "return 1")).toBe(file.replace("0", "1"));
  },

  "anomalyco/opencode#49600": () => {
    const before = latin("const x = 1;\n// caf\xe9 note\n");
    const lost = Buffer.from("const x = 2;\n// caf\uFFFD note\n");
    const file = { path: "a.js", before, isKept: false };
    expect(refuseLostBytes({ ...file, bytes: lost }, [])).toBeDefined();
    expect(refuseLostBytes({ ...file, bytes: latin("const x = 2;\n// caf\xe9 note\n") }, [])).toBe(
      undefined,
    );
  },

  "openclaw/openclaw#114895": () => {
    const old = showBytes(latin("# Caf\xe9 menu"));
    const lost = showBytes(Buffer.from("# Caf\uFFFD menu"));
    expect(old).toBe("# Caf\\x{e9} menu");
    expect(old).not.toBe(lost);
  },

  "anthropics/claude-code#62713": () => {
    const mixed = "one\r\ntwo\nthree\r\nfour\r\n";
    expect(edited(mixed, "three", "three\nand a half")).toBe(
      "one\r\ntwo\nthree\r\nand a half\r\nfour\r\n",
    );
  },

  "anthropics/claude-code#27718": () => {
    const file = "if (a) {\r\n  b();\r\n}\r\n";
    expect(edited(file, "if (a) {\n  b();\n}", "if (a) {\n  c();\n}")).toBe(
      "if (a) {\r\n  c();\r\n}\r\n",
    );
    expect(() => edited(file, "if (z) {\n  b();", "")).toThrow("not found");
  },

  "anthropics/claude-code-action#91": () => {
    const conversion = { ident: false, lines: "kept", filter: "lfs" } as const;
    const pointer = latin("version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 3\n");
    const file = { path: "data.csv", before: pointer, bytes: latin("a,b\n1,2\n"), isKept: false };
    expect(refuseConverted(file, conversion)?.found).toContain("filter=lfs");
    const moved = { ...file, before: undefined, bytes: pointer, isKept: true };
    expect(refuseConverted(moved, conversion)).toBeUndefined();
  },
});
