import { readFileSync, statSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import axe from "axe-core";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { CHROMIUM } from "../chromium.ts";
import { root } from "../repository/bundles.ts";
import { skippedFor } from "../skipped.ts";

// What a browser has in the page, where the functions below run.
declare const getComputedStyle: (node: unknown) => { readonly backgroundColor: string };
declare const navigator: {
  readonly clipboard: { read(): Promise<readonly { readonly types: readonly string[] }[]> };
  readonly mediaDevices: { getDisplayMedia: () => Promise<never> };
};

const SCRIPT = `${root}/src/widget/feedback.js`;
const FORM = `${root}/src/widget/feedback.yml`;
/** As strict as a page can be that runs a script of its own. */
const POLICY = "default-src 'none'; script-src 'self'; style-src 'none'";

const PAGE = `<!doctype html><html lang="en"><title>Tea</title><body><main><h1>Tea</h1></main>
<script src="/feedback.js" data-repository="OWNER/NAME" data-version="1.2.3" defer></script>`;

describe("the script", () => {
  test("is at most five kilobytes", () => {
    expect(statSync(SCRIPT).size).toBeLessThanOrEqual(5_000);
  });

  test("asks for nothing by itself", () => {
    expect(readFileSync(SCRIPT, "utf8")).not.toMatch(
      /\bfetch\(|XMLHttpRequest|sendBeacon|import\b/,
    );
  });

  test("fills in fields that the form has", () => {
    const form = parse(readFileSync(FORM, "utf8")) as {
      readonly body: readonly { readonly id: string; readonly type: string }[];
    };
    const inputs = form.body.filter(({ type }) => type === "input").map(({ id }) => id);
    expect(inputs).toEqual(["page", "version", "viewport"]);
  });
});

describe.skipIf(CHROMIUM === undefined)(
  `in Chromium${skippedFor(CHROMIUM === undefined, "there is none")}`,
  () => {
    let server: Server;
    let browser: Browser;
    let page: Page;
    let address: string;
    let errors: string[] = [];

    beforeAll(async () => {
      server = createServer((request, answer) => {
        const isScript = request.url === "/feedback.js";
        const type = isScript ? "text/javascript" : "text/html";
        answer.writeHead(200, { "content-type": type, "content-security-policy": POLICY });
        answer.end(isScript ? readFileSync(SCRIPT) : PAGE);
      });
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      browser = await chromium.launch({
        executablePath: CHROMIUM ?? "",
        chromiumSandbox: false,
        args: ["--auto-select-tab-capture-source-by-title=Tea", "--disable-gpu"],
      });
      const context = await browser.newContext({
        viewport: { width: 900, height: 600 },
        permissions: ["clipboard-read", "clipboard-write"],
      });
      page = await context.newPage();
      page.on("pageerror", ({ message }) => errors.push(message));
      page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
    }, 60_000);

    afterAll(async () => {
      await browser.close();
      server.close();
    });

    // A document of its own for each test; a browser process of its own would cost more than the test.
    beforeEach(async () => {
      errors = [];
      await page.emulateMedia({ colorScheme: "light" });
      await page.goto("about:blank");
      await page.goto(`${address}/shop/cart?token=secret#part`);
    });

    const linkOf = async () =>
      new URL((await page.getByRole("link", { name: "Open the form" }).getAttribute("href")) ?? "");

    test("opens a form of the repository with page, version and window, without query and fragment", async () => {
      await page.getByRole("button", { name: "Feedback" }).click();
      const link = await linkOf();
      expect(`${link.origin}${link.pathname}`).toBe("https://github.com/OWNER/NAME/issues/new");
      expect(Object.fromEntries(link.searchParams)).toEqual({
        template: "feedback.yml",
        page: `${address}/shop/cart`,
        version: "1.2.3",
        viewport: "900x600 at 1",
      });
      expect(errors).toEqual([]);
    });

    test("is worked by the keyboard alone, and gives the focus back", async () => {
      await page.keyboard.press("Tab");
      await page.keyboard.press("Enter");
      const dialog = page.getByRole("dialog", { name: "About this page" });
      expect(await dialog.isVisible()).toBe(true);
      await page.keyboard.press("Escape");
      expect(await dialog.isVisible()).toBe(false);
      const focused = page.getByRole("button", { name: "Feedback" });
      expect(await focused.evaluate((node) => node.matches(":focus"))).toBe(true);
    });

    test.each(["light", "dark"] as const)("breaks no rule of WCAG 2.1 AA, %s", async (scheme) => {
      await page.emulateMedia({ colorScheme: scheme });
      await page.getByRole("button", { name: "Feedback" }).click();
      await page.evaluate(axe.source);
      const violations = await page.evaluate(
        'axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"] }).then(({ violations }) => violations.map(({ id }) => id))',
      );
      expect(violations).toEqual([]);
      const background = await page.evaluate(
        'getComputedStyle(document.querySelector("millwright-feedback").shadowRoot.querySelector("dialog")).backgroundColor',
      );
      expect(background).toBe(scheme === "light" ? "rgb(255, 255, 255)" : "rgb(18, 18, 18)");
    });

    test("puts a picture of the page on the clipboard, for the form", async () => {
      await page.getByRole("button", { name: "Feedback" }).click();
      await page.getByRole("button", { name: "Take a picture of this page" }).click();
      await page.getByText("The picture is on the clipboard.").waitFor();
      const types = await page.evaluate(
        "navigator.clipboard.read().then((items) => items.flatMap(({ types }) => types))",
      );
      expect(types).toEqual(["image/png"]);
      expect(errors).toEqual([]);
    });

    test("offers no picture where the browser offers none, and says when none was taken", async () => {
      await page.evaluate(
        'navigator.mediaDevices.getDisplayMedia = () => Promise.reject(new Error("refused"))',
      );
      await page.getByRole("button", { name: "Feedback" }).click();
      await page.getByRole("button", { name: "Take a picture of this page" }).click();
      await page.getByText("No picture was taken.").waitFor();
    });
  },
);
