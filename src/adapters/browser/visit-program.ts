// A separate program, which may run inside the sandbox: starts the application, looks at its pages in a browser, and
// writes its observations. Usage: visit-program REQUEST FOLDER, where REQUEST is JSON
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import axe from "axe-core";
import { chromium } from "playwright-core";
import { cut } from "./cut.ts";
import { startApplication } from "./start-application.ts";
import { type VisitStep, visit } from "./visit.ts";

interface Request {
  readonly chromium: string;
  readonly start: string;
  readonly url: string;
  readonly readyWithin: number;
  readonly viewport: { readonly width: number; readonly height: number };
  readonly scheme: "light" | "dark";
  readonly tags: readonly string[];
  readonly pages: readonly {
    readonly name: string;
    readonly path: string;
    readonly steps: readonly VisitStep[];
  }[];
}

const [, , asked = "{}", folder = "."] = process.argv;
const request = JSON.parse(asked) as Request;
await mkdir(folder, { recursive: true });
const application = startApplication(request.start);
try {
  const trouble = await application.untilReady(request.url, request.readyWithin * 1_000);
  await writeFile(join(folder, "seen.json"), JSON.stringify(await look(trouble)));
} finally {
  await application.stop();
}

async function look(trouble: string | undefined): Promise<object> {
  if (trouble !== undefined) return { browser: "", axe: axe.version, notReady: trouble, pages: [] };
  const browser = await chromium.launch({
    executablePath: request.chromium,
    // The caller of this program isolates it; Chromium's own isolation needs namespaces that are missing inside.
    chromiumSandbox: false,
    args: [
      "--disable-dev-shm-usage",
      "--no-proxy-server",
      // Only names of this machine resolve, for pages, workers and the browser itself.
      "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1, EXCLUDE [::1]",
    ],
  });
  try {
    const pages: unknown[] = [];
    for (const { name, path, steps } of request.pages) {
      const context = await browser.newContext({
        viewport: request.viewport,
        colorScheme: request.scheme,
        reducedMotion: "reduce",
        locale: "en-US",
        timezoneId: "UTC",
        serviceWorkers: "block",
      });
      const url = new URL(path, request.url).href;
      pages.push(await visit(context, { name, url, steps, tags: request.tags, folder }));
      await context.close();
    }
    return { browser: cut(`Chromium ${browser.version()}`), axe: axe.version, pages };
  } finally {
    await browser.close();
  }
}
