import { describe, expect, test } from "vitest";
import { overviewOf } from "../../../src/agent/prompt/overview.ts";
import { createFakeRepository } from "../../fakes/repository.ts";
import { lineOrder } from "../../workers/orders.ts";

describe("overviewOf", () => {
  const repository = createFakeRepository();
  const base = repository.commit({
    "AGENTS.md": "Be kind.\u200b",
    "package.json": "{}",
    "docs/architecture.md": "not listed in the order",
    ...Object.fromEntries(Array.from({ length: 70 }, (_, index) => [`src/f${index}.ts`, ""])),
  });

  test("shows the tree with full folders cut, the harness of the order and the manifests", async () => {
    const overview = await overviewOf(lineOrder({ base }), repository);
    expect(overview.files).toBe(73);
    expect(overview.tree).toContain("src/… (10 more files here)");
    expect(overview.documents).toEqual([
      { path: "AGENTS.md", text: "Be kind.\\u{200b}" },
      { path: "package.json", text: "{}" },
    ]);
  });

  test("reads a link where it leads, once, and says what leads nowhere", async () => {
    const link = (content: string) => ({ mode: "120000", content });
    const harness = ["AGENTS.md", "docs/rules.md", "docs/out.md", "latin.md"];
    const linked = repository.commit({
      "AGENTS.md": link("CLAUDE.md"),
      "docs/rules.md": link("../CLAUDE.md"),
      "docs/out.md": link("/etc/passwd"),
      "CLAUDE.md": "\ufeffno dots",
      "latin.md": { mode: "100644", content: Buffer.from("caf\xe9", "latin1") },
    });
    const overview = await overviewOf(lineOrder({ base: linked, harness }), repository);
    expect(overview.documents).toEqual([
      { path: "AGENTS.md (CLAUDE.md)", text: "no dots" },
      { path: "docs/out.md", text: expect.stringContaining("not read: it is a link") as unknown },
      { path: "latin.md", text: "caf\\x{e9}" },
    ]);
  });

  test("is bounded, however long the documents are", async () => {
    const long = repository.commit({ "AGENTS.md": "x".repeat(1_000_000) });
    const overview = await overviewOf(lineOrder({ base: long }), repository);
    expect(overview.documents[0]?.text.length).toBeLessThan(6_100);
    expect(overview.documents[0]?.text).toContain("994000 more characters");
  });
});
