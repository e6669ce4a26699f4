import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findChromium } from "../../../src/adapters/browser/find-chromium.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "millwright-browsers-"));
  for (const name of ["program", "google-chrome", "chromium"]) {
    writeFileSync(join(folder, name), "", { mode: 0o755 });
  }
  writeFileSync(join(folder, "not-a-program"), "", { mode: 0o644 });
});
afterAll(() => rmSync(folder, { recursive: true }));

test("the one that is named, and no other in its place", () => {
  const at = (name: string) => join(folder, name);
  const places = [at("program")];
  expect(findChromium({ CHROME: at("chromium"), PATH: folder }, places)).toBe(at("chromium"));
  expect(findChromium({ CHROME: at("missing"), PATH: folder }, places)).toBeUndefined();
  expect(findChromium({ CHROME: at("not-a-program"), PATH: folder }, places)).toBeUndefined();
});

test("else where systems put the program itself, else the first name on PATH", () => {
  const program = join(folder, "program");
  expect(findChromium({ PATH: folder }, ["/nowhere", program])).toBe(program);
  expect(findChromium({ PATH: `relative:${folder}` }, [])).toBe(join(folder, "chromium"));
  expect(findChromium({ CHROME: "", PATH: "/nowhere" }, [])).toBeUndefined();
});
