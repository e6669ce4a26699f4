import { z } from "zod";
import { TrustCeiling, TrustLevel, TrustScope } from "../trust/trust-level.ts";
import { Asked } from "./asked.ts";
import { Checks } from "./check.ts";
import { Incidents } from "./incidents.ts";
import { Origin } from "./origin.ts";
import { QuietHours } from "./quiet-hours.ts";
import { Registries } from "./registries/registry.ts";
import { Services } from "./services/service.ts";
import { Smoke } from "./smoke.ts";

const Area = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, "expected lower-case letters, digits and dashes"),
  paths: z.array(z.string()).min(1),
  owner: z.string().max(100).optional(),
  bar: z.enum(["A", "B", "C", "D"]).default("B"),
});

export type Area = z.infer<typeof Area>;

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
  /** The repository of the organisation whose `factory.yml` this one narrows. */
  extends: z
    .string()
    .regex(
      /^[A-Za-z0-9][A-Za-z0-9-]{0,38}\/(?!\.{1,2}$)[A-Za-z0-9._-]{1,100}$/,
      "expected a repository as OWNER/NAME, like acme/.github",
    )
    .optional(),
  prefix: z
    .string()
    .regex(/^[a-z0-9-]{1,20}:$/, 'expected a word and a colon, like "factory:"')
    .default("factory:"),
  harness: z.array(z.string()).default(HARNESS),
  checks: Checks.default({}),
  sandbox: z
    .strictObject({
      read: z.array(z.string()).default([]),
      services: Services.default([]),
      /** Private registries of `setup`, each with the name of its token. */
      registries: Registries.default([]),
    })
    .default({ read: [], services: [], registries: [] }),
  /** Who may stop the whole line by putting the andon label on an issue: people with write, or those with triage too. */
  andonFrom: z.enum(["write", "triage"]).default("write"),
  approve: z.enum(["always", "when-risky", "never"]).default("when-risky"),
  /** Who is called where a person is next: roles, logins, or teams as OWNER/NAME. Empty: who approved, submitted or wrote the issue. */
  ask: z.array(Asked).max(10).default([]),
  /** When nobody is called: what falls into these hours is asked after them. Left out: at any time. */
  quietHours: QuietHours.optional(),
  trust: z
    .strictObject({
      default: TrustLevel.default("open-pr"),
      scopes: z.array(TrustScope).default([]),
      /** No path is trusted more than any of these says. */
      ceilings: z.array(TrustCeiling).max(10).default([]),
    })
    .default({ default: "open-pr", scopes: [], ceilings: [] }),
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
      waitingForPeople: z.int().positive().default(10),
      attempts: z.int().positive().max(10).default(3),
      changedLines: z.int().positive().default(600),
      usdPerIssue: z.number().positive().default(5),
      usdPerDay: z.number().positive().default(50),
      tokensPerRun: z.int().positive().default(2_000_000),
      turnsPerRun: z.int().positive().default(80),
      minutesPerRun: z.int().positive().max(300).default(30),
    })
    .prefault({}),
  verify: z
    .strictObject({
      /** Minutes in which the change's parts are taken back one by one, to see which of them a test notices; 0 tries none. */
      noticeMinutes: z.number().nonnegative().max(60).default(5),
    })
    .prefault({}),
  gate: z
    .strictObject({
      /** The least share of changed source lines that tests or the compiler notice; left out, the share is shown alone. */
      noticed: z.number().min(0).max(1).optional(),
    })
    .prefault({}),
  models: z
    .strictObject({
      default: z.string().default("claude-sonnet-5-5"),
      reviewer: z.string().default("claude-opus-5-5"),
      explorer: z.string().default("claude-haiku-5-5"),
      tester: z.string().optional(),
    })
    .prefault({}),
  smoke: Smoke.prefault({}),
  incidents: Incidents.prefault({}),
  quality: z.strictObject({ areas: z.array(Area).max(40).default([]) }).default({ areas: [] }),
  learning: z
    .strictObject({
      /** Bytes that AGENTS.md may have: over them a lesson's line is proposed only in the place of another. */
      guideBytes: z.int().positive().max(1_000_000).default(16_384),
    })
    .prefault({}),
  loops: z.string().default(".github/factory/loops/*.md"),
  /** Whether one issue shows how the line stands, written about once an hour. */
  board: z.boolean().default(false),
});

export type Config = z.infer<typeof Config>;
