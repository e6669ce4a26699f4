import { z } from "zod";

const Probe = z.strictObject({
  get: z.url({ protocol: /^https?$/ }),
  expect: z
    .strictObject({
      status: z.int().min(100).max(599).default(200),
      bodyMatches: z.string().max(500).optional(),
      withinMs: z.int().positive().max(60_000).optional(),
    })
    .default({ status: 200 }),
});

export type Probe = z.infer<typeof Probe>;

/** How a merge goes live, and what must answer then. */
export const Smoke = z.strictObject({
  deploy: z
    .strictObject({
      workflow: z
        .string()
        .regex(/^[A-Za-z0-9._-]+\.ya?ml$/, "expected a file name in .github/workflows"),
      /** A URL whose answer contains the commit that is live. */
      sha: z.url({ protocol: /^https?$/ }).optional(),
      timeoutSeconds: z.int().positive().max(3_600).default(600),
    })
    .optional(),
  probes: z.array(Probe).max(20).default([]),
  /** Over how many seconds the tries of a probe that does not pass at once are spread. */
  spreadSeconds: z.int().nonnegative().max(300).default(20),
});

export type Smoke = z.infer<typeof Smoke>;

/** Plain http only on the machine itself: what is fetched in the clear could be anything until its digest is known. */
export const Origin = z
  .url({ protocol: /^https?$/ })
  .refine(
    (url) => /^https:|^http:\/\/(127\.0\.0\.1|localhost)(:|\/|$)/.test(url),
    "expected an https address",
  )
  .refine(
    (url) => !/[?#@]/.test(url),
    "expected an address without credentials, query and fragment",
  );
