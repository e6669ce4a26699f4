import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import axe from "axe-core";
import type { BrowserContext, Page } from "playwright-core";
import { cut } from "./cut.ts";
import { watchPage } from "./watch-page.ts";

/** Input of one page visit; the types are those of `gatherers/product`. */
export interface VisitAsked {
  readonly name: string;
  readonly url: string;
  readonly steps: readonly VisitStep[];
  readonly tags: readonly string[];
  /** Folder of the picture. */
  readonly folder: string;
}

export type VisitStep =
  | { readonly click: string }
  | { readonly fill: string; readonly with: string }
  | { readonly press: string; readonly on?: string | undefined }
  | { readonly see: string };

const PATIENCE_MS = 15_000;
/** A page that keeps loading is judged as it is after this time, in ms. */
const SETTLED_MS = 3_000;

/** Visits a page in its own context, without cookies and storage of other pages. */
export async function visit(context: BrowserContext, asked: VisitAsked): Promise<unknown> {
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  const watched = watchPage(page, asked.url);
  const came = await come(page, asked);
  const picture = await takePicture(page, asked);
  // If a page does not load, Chromium shows one of its own.
  const violations = came.fault?.step === 0 ? [] : await auditOf(page, asked.tags);
  await page.close();
  return {
    ...{ name: asked.name, url: cut(asked.url) },
    ...came,
    ...watched(),
    violations,
    ...(picture === undefined ? {} : { picture }),
  };
}

interface Came {
  readonly status?: number;
  readonly fault?: { readonly step: number; readonly why: string };
}

async function come(page: Page, { url, steps }: VisitAsked): Promise<Came> {
  let step = 0;
  let status: number | undefined;
  try {
    const answer = await page.goto(url, { waitUntil: "load", timeout: 2 * PATIENCE_MS });
    status = answer?.status();
    await page.waitForLoadState("networkidle", { timeout: SETTLED_MS }).catch(() => undefined);
    for (const one of steps) {
      step += 1;
      await take(page, one);
    }
    if (steps.length > 0) {
      await page.waitForLoadState("networkidle", { timeout: SETTLED_MS }).catch(() => undefined);
    }
    return status === undefined ? {} : { status };
  } catch (error) {
    const why = cut(error instanceof Error ? error.message : String(error));
    return { ...(status === undefined ? {} : { status }), fault: { step, why } };
  }
}

async function take(page: Page, step: VisitStep): Promise<void> {
  if ("click" in step) await page.locator(step.click).click();
  else if ("fill" in step) await page.locator(step.fill).fill(step.with);
  else if ("see" in step) await page.locator(step.see).first().waitFor({ state: "visible" });
  else if (step.on === undefined) await page.keyboard.press(step.press);
  else await page.locator(step.on).press(step.press);
}

async function takePicture(page: Page, { name, folder }: VisitAsked) {
  const taken = page.screenshot({ animations: "disabled", caret: "hide", scale: "css" });
  // A crashed page leaves no picture, and its fault says so.
  const bytes = await taken.catch(() => undefined);
  if (bytes === undefined) return undefined;
  const file = `${name}.png`;
  await writeFile(join(folder, file), bytes);
  return { file, sha256: createHash("sha256").update(bytes).digest("hex") };
}

interface AxeResult {
  readonly id: string;
  readonly impact?: string | null;
  readonly help: string;
  readonly helpUrl: string;
  readonly nodes: readonly {
    readonly target: readonly unknown[];
    readonly html: string;
    readonly failureSummary?: string;
  }[];
}

/** The most parts of one rule, and the most rules, that are kept; axe lists them in document order. */
const MOST = 100;

async function auditOf(page: Page, tags: readonly string[]): Promise<readonly object[]> {
  // By the debugger, which a page's Content-Security-Policy does not restrict.
  await page.evaluate(axe.source);
  const found = (await page.evaluate(
    `axe.run(document, { resultTypes: ["violations"], runOnly: { type: "tag", values: ${JSON.stringify(tags)} } }).then(({ violations }) => violations)`,
  )) as readonly AxeResult[];
  return found.slice(0, MOST).map(({ id, impact, help, helpUrl, nodes }) => ({
    rule: id,
    impact: impact ?? "unknown",
    help: cut(help),
    helpUrl: cut(helpUrl),
    parts: nodes.slice(0, MOST).map(({ target, html, failureSummary }) => ({
      selector: cut(target.flat().join(" ")),
      html: cut(html),
      why: cut(failureSummary ?? ""),
    })),
  }));
}
