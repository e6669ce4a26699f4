import { z } from "zod";
import { readJsonPath } from "./json-path.ts";

/** What stands at one place of a JSON answer. */
const JsonExpectation = z.strictObject({
  path: z
    .string()
    .max(200)
    .refine(
      (path) => readJsonPath(path) !== undefined,
      "expected a path to one value, like $.db[0].state",
    ),
  equals: z.union([z.string().max(500), z.number(), z.boolean(), z.null()]),
});
export type JsonExpectation = z.infer<typeof JsonExpectation>;

const Probe = z.strictObject({
  get: z.url({ protocol: /^https?$/ }),
  expect: z
    .strictObject({
      status: z.int().min(100).max(599).default(200),
      bodyMatches: z.string().max(500).optional(),
      json: z.array(JsonExpectation).min(1).max(10).optional(),
      withinMs: z.int().positive().max(60_000).optional(),
    })
    .default({ status: 200 }),
});

export type Probe = z.infer<typeof Probe>;

const NO_COMMAND =
  "a probe gets an address: a command would run code of the change with a network, which the sandbox never allows; run it in the workflow that deploys, and name that environment in smoke.deploy.status";

/** Keys that people look for in a probe, and why there are none. */
export const REFUSED_PROBE_KEYS: Readonly<Record<string, string>> = {
  run: NO_COMMAND,
  command: NO_COMMAND,
  script: NO_COMMAND,
  playwright: NO_COMMAND,
};

/** How a merge goes live, and what must answer then. */
export const Smoke = z.strictObject({
  deploy: z
    .strictObject({
      workflow: z
        .string()
        .regex(/^[A-Za-z0-9._-]+\.ya?ml$/, "expected a file name in .github/workflows")
        .optional(),
      /** The environment whose deployment GitHub reports. */
      status: z.string().min(1).max(255).optional(),
      /** A URL whose answer contains the commit that is live. */
      sha: z.url({ protocol: /^https?$/ }).optional(),
      timeoutSeconds: z.int().positive().max(3_600).default(600),
    })
    .refine(
      ({ workflow, status, sha }) => (workflow ?? status ?? sha) !== undefined,
      "expected what deploys or where that is seen: workflow, status or sha",
    )
    .optional(),
  probes: z.array(Probe).max(20).default([]),
  /** Over how many seconds the tries of a probe that does not pass at once are spread. */
  spreadSeconds: z.int().nonnegative().max(300).default(20),
});

export type Smoke = z.infer<typeof Smoke>;
