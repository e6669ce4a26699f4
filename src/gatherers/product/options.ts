import { z } from "zod";

const Selector = z.string().min(1).max(500);
const Text = z.string().max(2_000);

/** One action of a visitor. Each waits until it is possible, as Playwright does. */
export const Step = z.union([
  z.strictObject({ click: Selector }),
  z.strictObject({ fill: Selector, with: Text }),
  z.strictObject({ press: z.string().min(1).max(50), on: Selector.optional() }),
  z.strictObject({ see: Selector }),
]);
export type Step = z.infer<typeof Step>;

export const Visit = z.strictObject({
  /** Name of the page in keys and titles; it stays if the path changes. */
  name: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,59}$/, "expected lower-case letters, digits and dashes"),
  path: z.string().startsWith("/").max(1_000),
  steps: z.array(Step).max(50).default([]),
});
export type Visit = z.infer<typeof Visit>;

/** An address of this machine, so that no action of a page reaches elsewhere. */
const Loopback = z
  .url({ protocol: /^https?$/, hostname: /^(?:127\.0\.0\.1|localhost|\[::1\])$/ })
  .describe("an address of this machine");

/** Options of a loop file about the application and the look at it. */
export const ProductOptions = z.strictObject({
  /** Installs the application's needs, on the base and with a network. */
  setup: z.string().min(1).max(2_000).optional(),
  /** Starts the application and stays. */
  start: z.string().min(1).max(2_000),
  url: Loopback,
  /** Seconds until the application has to answer. */
  readyWithin: z.int().min(1).max(600).default(60),
  pages: z
    .array(Visit)
    .min(1)
    .max(50)
    .refine(
      (pages) => new Set(pages.map(({ name }) => name)).size === pages.length,
      "two pages have the same name",
    ),
  viewport: z
    .strictObject({
      width: z.int().min(200).max(4_000),
      height: z.int().min(200).max(4_000),
    })
    .default({ width: 1280, height: 800 }),
  scheme: z.enum(["light", "dark"]).default("light"),
  /** Rules of axe-core that count, by tag: those of WCAG 2.1 A and AA by default. */
  tags: z
    .array(z.string().min(1).max(50))
    .min(1)
    .max(20)
    .default(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]),
});
export type ProductOptions = z.infer<typeof ProductOptions>;
