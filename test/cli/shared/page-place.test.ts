import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { writePage } from "../../../src/cli/shared/page-place.ts";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "millwright-pages-"));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

test("pages of two runs on one issue both stay, also when they are written at once", async () => {
  const place = { folder: join(root, "pages"), name: "run", keepsOthers: true };
  const paths = await Promise.all(["one", "two", "three"].map((text) => writePage(place, text)));
  const names = ["run-2.html", "run-3.html", "run.html"];
  expect(readdirSync(place.folder).sort()).toEqual(names);
  expect(paths.map((path) => readFileSync(path, "utf8"))).toEqual(["one", "two", "three"]);
});

test("a page that is the only one of its kind is written anew", async () => {
  const place = { folder: root, name: "happy", keepsOthers: false };
  await writePage(place, "old");
  expect(await writePage(place, "new")).toBe(join(root, "happy.html"));
  expect(readFileSync(join(root, "happy.html"), "utf8")).toBe("new");
});
