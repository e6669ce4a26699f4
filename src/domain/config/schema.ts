import { z } from "zod";
import { editDistance } from "../text/edit-distance.ts";
import { TrustLevel, TrustScope } from "../trust-level.ts";
import { TestReport } from "./test-report.ts";

const Command = z.string().min(1).max(1_000);
/** A check is a command, or a command with its per-test results and its own time limit in seconds. */
const Check = z.union([
  Command.transform((run) => ({ run, report: undefined, timeoutSeconds: undefined })),
  z.strictObject({
    run: Command,
    report: TestReport.optional(),
    timeoutSeconds: z.int().positive().max(3_600).optional(),
  }),
]);
export type Check = z.infer<typeof Check>;

/** The names a check may have, in the order in which checks run. `setup` runs on the base commit with a network. */
export const CHECK_NAMES = [
  "setup",
  "format",
  "lint",
  "types",
  "test",
  "build",
  "migrations",
] as const;
export const CheckName = z.enum(CHECK_NAMES);
export type CheckName = z.infer<typeof CheckName>;

const Checks = z.strictObject({
  setup: Check.optional(),
  format: Check.optional(),
  lint: Check.optional(),
  types: Check.optional(),
  test: Check.optional(),
  build: Check.optional(),
  migrations: Check.optional(),
});

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

const Smoke = z.strictObject({
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
});
export type Smoke = z.infer<typeof Smoke>;

const Area = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, "expected lower-case letters, digits and dashes"),
  paths: z.array(z.string()).min(1),
  owner: z.string().max(100).optional(),
  bar: z.enum(["A", "B", "C", "D"]).default("B"),
});
export type Area = z.infer<typeof Area>;

/** Plain http only on the machine itself: what is fetched in the clear could be anything until its digest is known. */
const Origin = z
  .url({ protocol: /^https?$/ })
  .refine(
    (url) => /^https:|^http:\/\/(127\.0\.0\.1|localhost)(:|\/|$)/.test(url),
    "expected an https address",
  )
  .refine(
    (url) => !/[?#@]/.test(url),
    "expected an address without credentials, query and fragment",
  );

const HARNESS = [
  "AGENTS.md",
  "docs/architecture.md",
  "docs/conventions.md",
  "docs/design.md",
  "docs/product.md",
];

/** Whether effects are done, or shown and left undone. */
export const Mode = z.enum(["live", "staged"]);
export type Mode = z.infer<typeof Mode>;

/** `.github/factory.yml`. Every key has a default: no file means these safe ones. An unknown key is an error. */
export const Config = z.strictObject({
  version: z.literal(1).default(1),
  /** `staged`: everything runs and nothing is written; the job summaries show what would have been. */
  mode: Mode.default("live"),
  prefix: z
    .string()
    .regex(/^[a-z0-9-]{1,20}:$/, 'expected a word and a colon, like "factory:"')
    .default("factory:"),
  harness: z.array(z.string()).default(HARNESS),
  checks: Checks.default({}),
  sandbox: z
    .strictObject({
      read: z.array(z.string()).default([]),
      services: z.array(z.string()).max(0).default([]),
    })
    .default({ read: [], services: [] }),
  approve: z.enum(["always", "when-risky", "never"]).default("when-risky"),
  trust: z
    .strictObject({
      default: TrustLevel.default("open-pr"),
      scopes: z.array(TrustScope).default([]),
    })
    .default({ default: "open-pr", scopes: [] }),
  protect: z.array(z.string()).default([]),
  dependencies: z
    .strictObject({
      /** Where the packages of an approved lockfile may come from: the fetch asks nobody else for them. */
      registries: z.array(Origin).max(10).default(["https://registry.npmjs.org"]),
      /** Where downloads of the last week are asked for, by the package's name at the end; null to ask nobody. */
      downloads: Origin.nullable().default("https://api.npmjs.org/downloads/point/last-week"),
    })
    .prefault({}),
  limits: z
    .strictObject({
      wip: z.int().positive().default(3),
      attempts: z.int().positive().max(10).default(3),
      changedLines: z.int().positive().default(600),
      usdPerIssue: z.number().positive().default(5),
      usdPerDay: z.number().positive().default(50),
      tokensPerRun: z.int().positive().default(2_000_000),
      turnsPerRun: z.int().positive().default(80),
      minutesPerRun: z.int().positive().max(300).default(30),
    })
    .prefault({}),
  models: z
    .strictObject({
      default: z.string().default("claude-sonnet-5-5"),
      reviewer: z.string().default("claude-opus-5-5"),
      explorer: z.string().default("claude-haiku-5-5"),
    })
    .prefault({}),
  smoke: Smoke.default({ probes: [] }),
  quality: z.strictObject({ areas: z.array(Area).max(40).default([]) }).default({ areas: [] }),
  loops: z.string().default(".github/factory/loops/*.md"),
});
export type Config = z.infer<typeof Config>;

/** What was wrong with a config: where, what stood there, what was expected, and the nearest known key. */
export interface ConfigFault {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** A config from a parsed YAML value; `undefined` or `null` (no file, an empty one) mean the defaults. */
export function readConfig(
  value: unknown,
): { readonly config: Config } | { readonly faults: readonly ConfigFault[] } {
  const parsed = Config.safeParse(value ?? {});
  if (parsed.success) return { config: parsed.data };
  return { faults: parsed.error.issues.flatMap((issue) => faultsOf(issue, [])) };
}

function faultsOf(issue: z.core.$ZodIssue, above: ConfigFault["path"]): readonly ConfigFault[] {
  const below = issue.path.map((key) => (typeof key === "symbol" ? String(key) : key));
  const path = [...above, ...below];
  if (issue.code === "invalid_union") return faultsOfUnion(issue.errors, path);
  if (issue.code !== "unrecognized_keys") return [{ path, message: issue.message }];
  return issue.keys.map((key) => {
    const nearest = nearestKey(key, keysAt(path));
    const hint = nearest === undefined ? "" : `; did you mean "${nearest}"?`;
    return { path: [...path, key], message: `unknown key "${key}"${hint}` };
  });
}

/** The faults of the one form that was meant: the one whose kind of value stands there. */
function faultsOfUnion(
  forms: readonly (readonly z.core.$ZodIssue[])[],
  path: ConfigFault["path"],
): readonly ConfigFault[] {
  const expected = forms.map((issues) => issues.find(isOfAnotherKind)?.expected);
  const meant = forms.filter((_issues, index) => expected[index] === undefined);
  if (meant.length > 0) return meant.flat().flatMap((issue) => faultsOf(issue, path));
  const kinds = expected.map((kind) => (kind === "object" ? "a mapping" : `a ${kind}`));
  return [{ path, message: `Invalid input: expected ${kinds.join(" or ")}` }];
}

function isOfAnotherKind(issue: z.core.$ZodIssue): issue is z.core.$ZodIssueInvalidType {
  return issue.code === "invalid_type" && issue.path.length === 0;
}

function keysAt(path: readonly (string | number)[]): readonly string[] {
  let schema = z.toJSONSchema(Config, { io: "input" }) as JsonSchema | undefined;
  for (const key of path) {
    schema = typeof key === "number" ? schema?.items : schema?.properties?.[key];
    schema = schema?.anyOf?.find(({ properties }) => properties !== undefined) ?? schema;
  }
  return Object.keys(schema?.properties ?? {});
}

interface JsonSchema {
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
}

/** The known key at the smallest edit distance, if it is near enough to be a slip of the finger. */
export function nearestKey(key: string, known: readonly string[]): string | undefined {
  const ranked = known
    .map((candidate) => ({
      candidate,
      distance: editDistance(key.toLowerCase(), candidate.toLowerCase()),
    }))
    .sort((left, right) => left.distance - right.distance);
  const best = ranked[0];
  return best !== undefined && best.distance <= Math.max(2, key.length / 3)
    ? best.candidate
    : undefined;
}
