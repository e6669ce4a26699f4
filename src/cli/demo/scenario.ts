import { readdirSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import type { BesideIssue } from "../shared/beside.ts";
import { Alerts } from "./alerts.ts";
import { Ending } from "./ending.ts";
import type { Changes } from "./nights.ts";

/** A scenario of the demo: what is asked, what the model says, and how it ends. */
export interface Scenario {
  readonly name: string;
  /** Absent: the issue that the first night files. */
  readonly issue?: { readonly title: string; readonly body: string };
  /** What the person commits before each night that follows the issue; absent: one night is played and merged by nobody. */
  readonly nights?: readonly { readonly commits: Changes }[];
  /** Path of its script. */
  readonly script: string;
  /** Sent by production; the issue is then the one that they open. */
  readonly alerts?: Alerts;
  /** Absent: done is the one good end. */
  readonly ends?: Ending;
  /** What stands in the example's config in place of its `smoke`. */
  readonly smoke?: unknown;
  /** What stands in the config beside its `limits`, and what its owner sets them to once the issue rests. */
  readonly limits?: Limits;
  readonly raises?: Limits;
  /** Asked at the same time. */
  readonly beside?: readonly BesideIssue[];
  /** How often each issue is rung for as soon as it has its label; absent: never. */
  readonly rings?: number;
  /** Files of the example that read otherwise, by path. */
  readonly files: Readonly<Record<string, string>>;
  readonly production: ProductionOf;
}

const Limits = z.record(z.string(), z.number());
export type Limits = z.infer<typeof Limits>;

/** An issue that is asked at the same time, and what the model says to it. */
const Beside = z.strictObject({
  /** As Markdown, its title in the first line. */
  issue: z.string(),
  /** A text that its title and its contract share, and no other issue: by it the roles know which one they are asked. */
  tells: z.string().min(1),
  /** One session each. */
  roles: z.record(z.string(), z.array(z.unknown())),
});

/** Where the example is deployed to. */
const ProductionOf = z
  .strictObject({
    /** The head is live before the first merge. */
    released: z.boolean().default(false),
    stumbles: z.record(z.string(), z.int().positive()).optional(),
    staysUntilAsked: z.strictObject({ path: z.string(), times: z.int().positive() }).optional(),
  })
  .prefault({});
export type ProductionOf = z.infer<typeof ProductionOf>;

/**
 * `NAME.scenario.yml`: a scenario that is told by how it differs from another one, which has an issue and a script; or one
 * that says all of it.
 */
const Variant = z.strictObject({
  /** One line: what it shows. */
  shows: z.string().min(1).max(200),
  /** Whose issue is asked, and whose script is played, but for what stands here. */
  of: z
    .string()
    .regex(/^[a-z][a-z0-9-]*$/)
    .optional(),
  /** The issue as Markdown, its title in the first line. */
  issue: z.string().optional(),
  /** Roles that say something else than in that script, and what the owner does. */
  roles: z.record(z.string(), z.unknown()).default({}),
  owner: z.array(z.unknown()).optional(),
  smoke: z.unknown().optional(),
  limits: Limits.optional(),
  raises: Limits.optional(),
  files: z.record(z.string(), z.string()).default({}),
  production: ProductionOf,
  alerts: Alerts.optional(),
  /** Asked at the same time, and answered first. */
  beside: z.array(Beside).default([]),
  /** How often each issue is rung for as soon as it has its label. */
  rings: z.int().positive().max(100).optional(),
  /** `night`: the audit is played first, and the issue that it files is asked. */
  begins: z.enum(["issue", "night"]).default("issue"),
  nights: z
    .array(z.strictObject({ commits: z.record(z.string(), z.string().nullable()).default({}) }))
    .optional(),
  ends: Ending,
});

const VARIANT = ".scenario.yml";

function folderOf(millwright: string): string {
  return join(millwright, "src/cli/demo/scenarios");
}

/** Every scenario that there is, the happy one first. */
export function scenarioNames(millwright: string): readonly string[] {
  const files = readdirSync(folderOf(millwright));
  const whole = files.filter((file) => file.endsWith(".md")).map((file) => file.slice(0, -3));
  const variants = files.flatMap((file) =>
    file.endsWith(VARIANT) ? [file.slice(0, -VARIANT.length)] : [],
  );
  return [...whole.sort(), ...variants.sort()];
}

/** @param scratch a folder that takes the script of a variant, written out whole */
export async function readScenario(
  millwright: string,
  name: string,
  scratch: string,
): Promise<Scenario> {
  const folder = folderOf(millwright);
  const issueOf = async (whose: string) =>
    readIssue(await readFile(join(folder, `${whose}.md`), "utf8"));
  if (!readdirSync(folder).includes(`${name}${VARIANT}`)) {
    const script = join(folder, `${name}.yml`);
    return {
      name,
      issue: await issueOf(name),
      script,
      files: {},
      production: ProductionOf.parse({}),
    };
  }
  const file = `${name}${VARIANT}`;
  const read = Variant.safeParse(parse(await readFile(join(folder, file), "utf8")));
  if (!read.success) throw new Error(`${file}: ${z.prettifyError(read.error)}`);
  const { of, issue, roles, owner, alerts, nights, begins, limits, raises, ...more } = read.data;
  const { beside, rings, ...told } = more;
  const whole = of === undefined ? { roles: {} } : await readWhole(join(folder, `${of}.yml`));
  const script = join(scratch, `${name}.yml`);
  const merged = {
    version: 1,
    ...whole,
    roles: withBeside({ ...whole.roles, ...roles }, beside),
    ...(owner && { owner }),
  };
  // YAML reads JSON, and JSON keeps every blank of a text.
  await writeFile(script, JSON.stringify(merged, null, 2));
  const { shows: _, ...rest } = told;
  const given = givenOf({
    alerts,
    nights,
    limits,
    raises,
    rings,
    beside: beside.length === 0 ? undefined : beside.map((one) => readIssue(one.issue)),
  });
  const scenario = { ...rest, ...given, name, script };
  if (begins === "night") return scenario;
  if (issue !== undefined) return { ...scenario, issue: readIssue(issue) };
  if (of === undefined) throw new Error(`${file}: expected an issue, or the name of another in of`);
  return { ...scenario, issue: await issueOf(of) };
}

type Optional = Pick<Scenario, "alerts" | "nights" | "limits" | "raises" | "rings" | "beside">;

/** What a scenario does not say is absent. */
function givenOf(said: { readonly [Key in keyof Optional]: Optional[Key] | undefined }): Optional {
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
}

/** Sessions of the issues beside come first: each is for its own conversation alone, and the others are for what is left. */
function withBeside(
  roles: Readonly<Record<string, unknown>>,
  beside: readonly z.infer<typeof Beside>[],
): Readonly<Record<string, unknown>> {
  const names = new Set([
    ...Object.keys(roles),
    ...beside.flatMap((one) => Object.keys(one.roles)),
  ]);
  return Object.fromEntries(
    [...names].map((role) => {
      const sessions = beside.flatMap(({ tells, roles: own }) => {
        const turns = own[role];
        return turns === undefined ? [] : [{ when: { userMessage: tells }, turns }];
      });
      return [
        role,
        sessions.length === 0 ? roles[role] : [...sessions, ...sessionsOf(roles[role])],
      ];
    }),
  );
}

/** A role is written as the turns of one session, or as sessions. */
function sessionsOf(role: unknown): readonly unknown[] {
  if (!Array.isArray(role)) return [];
  const isSession = (one: unknown) =>
    Array.isArray(one) || (typeof one === "object" && one !== null && "turns" in one);
  return role.some(isSession) ? role : [role];
}

async function readWhole(path: string) {
  const Whole = z.looseObject({ roles: z.record(z.string(), z.unknown()) });
  return Whole.parse(parse(await readFile(path, "utf8")));
}

function readIssue(text: string): NonNullable<Scenario["issue"]> {
  const [first = "", ...rest] = text.split("\n");
  return { title: first.replace(/^# /, ""), body: rest.join("\n").trim() };
}
