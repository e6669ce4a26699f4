import { readFileSync } from "node:fs";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";

/** What somebody could not read on a page as it stands in the browser now. */
export interface Faults {
  /** Elements that reach beyond the window, or hold more than they show; code is scrolled where it stands. */
  readonly overflow: readonly string[];
  /** Texts with a contrast under 4.5:1, or under 3:1 where they are large (WCAG 2.2, 1.4.3). */
  readonly contrast: readonly string[];
  /** Texts that are smaller than 12 pixels. */
  readonly small: readonly string[];
}

export const NO_FAULTS: Faults = { overflow: [], contrast: [], small: [] };

const read = (path: string) => readFileSync(new URL(path, import.meta.url), "utf8");
const LOOK = read("look-at-page.js");
const AXE = read("../../node_modules/axe-core/axe.min.js");
const ASK = 'axe.run(document, { runOnly: ["color-contrast"] })';

/** Opens every fold, then looks: what stands shut is read, too. */
export async function faultsOn(page: Page): Promise<Faults> {
  const seen = await page.evaluate<Omit<Faults, "contrast">>(LOOK);
  await page.evaluate(AXE);
  const { violations } = await page.evaluate<AxeResults>(ASK);
  const contrast = violations.flatMap(({ nodes }) =>
    nodes.map(({ html, any }) => `${html.slice(0, 120)}: ${any[0]?.message ?? ""}`),
  );
  return { ...seen, contrast };
}
