import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { pagesFolder } from "../../../src/cli/rehearse/page-name.ts";

const folder = realpathSync(mkdtempSync(join(tmpdir(), "millwright-pages-")));
mkdirSync(join(folder, "shop/src"), { recursive: true });
mkdirSync(join(folder, "shop-2"));
symlinkSync(join(folder, "shop"), join(folder, "link"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const directory = join(folder, "shop");
const ASIDE = join(tmpdir(), "millwright-rehearsals");

test.each([
  ["beside the repository", "", join(folder, ".rehearsals")],
  ["in one whose name begins alike", "shop-2", join(folder, "shop-2/.rehearsals")],
  ["in the repository", "shop", ASIDE],
  ["in a folder of it", "shop/src", ASIDE],
  ["in it by a link", "link", ASIDE],
])("the page of somebody %s", (_title, from, expected) => {
  expect(pagesFolder({ directory }, join(folder, from))).toBe(expected);
});
