import { describe, expect, test } from "vitest";
import { repositoryTools } from "../../src/agent/repository-tools.ts";
import { createFakeRepository, type FakeFile } from "../fakes/repository.ts";

function toolsOver(files: Readonly<Record<string, FakeFile>>) {
  const repository = createFakeRepository();
  const tools = repositoryTools(repository, repository.commit(files));
  return async (name: string, input: unknown) => {
    const tool = tools.find((candidate) => candidate.name === name);
    if (tool === undefined) throw new Error(`no tool ${name}`);
    return await tool.run(input);
  };
}

const FILES = {
  "README.md": "# Shop\n",
  "src/cart.ts": "export function total() {\n  return 1;\n}\n",
  "src/deep/price.ts": "export const Total = 2;\r\n",
  "AGENTS.md": { mode: "120000", content: "README.md" },
  "out.md": { mode: "120000", content: "/etc/hosts" },
  "latin.ts": { mode: "100644", content: Buffer.from("// caf\xe9", "latin1") },
  "logo.png": { mode: "100644", content: new Uint8Array([137, 0, 1]) },
} as const;

describe("list_files", () => {
  test.each([
    [
      {},
      "AGENTS.md (9 bytes)\nREADME.md (7 bytes)\nlatin.ts (7 bytes)\nlogo.png (3 bytes)\nout.md (10 bytes)\nsrc/cart.ts (40 bytes)\nsrc/deep/price.ts (25 bytes)",
    ],
    [{ glob: "src/**/*.ts" }, "src/cart.ts (40 bytes)\nsrc/deep/price.ts (25 bytes)"],
    [{ glob: "*.rs" }, "no file matches"],
  ])("%j", async (input, expected) => {
    expect(await toolsOver(FILES)("list_files", input)).toBe(expected);
  });

  test("is bounded and says what to do", async () => {
    const many = Object.fromEntries(Array.from({ length: 900 }, (_, index) => [`f${index}`, ""]));
    const listed = await toolsOver(many)("list_files", {});
    expect(listed.split("\n")).toHaveLength(401);
    expect(listed).toContain("500 more: narrow the glob");
  });
});

describe("read_file", () => {
  test.each([
    [{ path: "src/cart.ts" }, "1\texport function total() {\n2\t  return 1;\n3\t}\n4\t"],
    [{ path: "src/cart.ts", from: 2, to: 2 }, "2\t  return 1;"],
    [{ path: "src/deep/price.ts", to: 1 }, "1\texport const Total = 2;"],
    [{ path: "src/cart.ts", from: 99 }, "src/cart.ts has 4 lines"],
    [{ path: "AGENTS.md" }, "1\t# Shop\n2\t"],
    [{ path: "latin.ts" }, "1\t// caf\\x{e9}"],
    [{ path: "logo.png" }, "logo.png is not text (3 bytes)"],
  ])("%j", async (input, expected) => {
    expect(await toolsOver(FILES)("read_file", input)).toBe(expected);
  });

  test.each([
    [{ path: "src/none.ts" }, "there is no file src/none.ts"],
    [{ path: "out.md" }, "out.md is a link that leads to no file of the repository"],
    [{ file: "x" }, "read_file: path"],
    [{ path: "README.md", from: 0 }, "from"],
  ])("%j is refused with a reason", async (input, reason) => {
    await expect(toolsOver(FILES)("read_file", input)).rejects.toThrow(reason);
  });

  test("a long file is cut and says how to go on; hidden characters are shown", async () => {
    const run = toolsOver({ "a.txt": `\u202ehidden\n${"word word word\n".repeat(5_000)}` });
    const text = await run("read_file", { path: "a.txt" });
    expect(text.length).toBeLessThan(17_000);
    expect(text).toContain("\\u{202e}hidden");
    expect(text).toMatch(/the file has 5002 lines: ask for a range/);
  });
});

describe("search", () => {
  test.each([
    [
      { text: "total" },
      "src/cart.ts:1: export function total() {\nsrc/deep/price.ts:1: export const Total = 2;",
    ],
    [{ text: "total", glob: "src/deep/**" }, "src/deep/price.ts:1: export const Total = 2;"],
    [{ text: "(a+)+$" }, "no hits"],
  ])("%j", async (input, expected) => {
    expect(await toolsOver(FILES)("search", input)).toBe(expected);
  });

  test("is bounded", async () => {
    const found = await toolsOver({ "a.txt": "needle\n".repeat(5_000) })("search", {
      text: "needle",
    });
    expect(found.split("\n").at(-1)).toContain("more hits");
    expect(found.length).toBeLessThan(16_200);
  });
});
