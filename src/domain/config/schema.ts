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

/** Whether effects are carried out, or only shown. */
export const Mode = z.enum(["live", "staged"]);

export type Mode = z.infer<typeof Mode>;

/** `.github/factory.yml`. Every key has a default: no file means these safe ones. An unknown key is an error. */
export const Config = z.strictObject({
  version: z.literal(1).default(1),
  /** `staged`: everything runs and nothing is written; the job summaries show what would have been written. */
  mode: Mode.default("live"),
  /** The organization's repository whose `factory.yml` this one narrows. */
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
      /** Private registries for `setup`, each with the name of its token. */
      registries: Registries.default([]),
    })
    .default({ read: [], services: [], registries: [] }),
  /** Who may stop the line by adding the andon label to an issue: people with write access, or those with triage too. */
  andonFrom: z.enum(["write", "triage"]).default("write"),
  approve: z.enum(["always", "when-risky", "never"]).default("when-risky"),
  /** Whom to call when a person is next: roles, logins, or teams as OWNER/NAME. Empty: the approver, submitter or author of the issue. */
  ask: z.array(Asked).max(10).default([]),
  /** When nobody is called. Questions from these hours are asked afterwards. Left out: at any time. */
  quietHours: QuietHours.optional(),
  trust: z
    .strictObject({
      default: TrustLevel.default("open-pr"),
      scopes: z.array(TrustScope).default([]),
      /** No path is trusted more than any of these allows. */
      ceilings: z.array(TrustCeiling).max(10).default([]),
    })
    .default({ default: "open-pr", scopes: [], ceilings: [] }),
  protect: z.array(z.string()).default([]),
  dependencies: z
    .strictObject({
      /** Registries for the packages of an approved lockfile. The fetch asks no others. */
      registries: z.array(Origin).max(10).default(["https://registry.npmjs.org"]),
      /** URL for downloads of the last week, with the package's name at the end; null to ask nobody. */
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
      /** Minutes for reverting parts of the change one by one, to see which of them a test notices; 0 tries none. */
      noticeMinutes: z.number().nonnegative().max(60).default(5),
    })
    .prefault({}),
  gate: z
    .strictObject({
      /** The least share of changed source lines that tests or the compiler notice. Left out, the share is only shown. */
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
      /** The most bytes of AGENTS.md. Beyond them a lesson's line is proposed only as a replacement. */
      guideBytes: z.int().positive().max(1_000_000).default(16_384),
    })
    .prefault({}),
  loops: z.string().default(".github/factory/loops/*.md"),
  /** Whether one issue shows the state of the line, updated about once an hour. */
  board: z.boolean().default(false),
});

export type Config = z.infer<typeof Config>;
