import { parseDocument } from "yaml";

/** A workflow file at a commit. `text` is empty if GitHub showed none. */
export interface WorkflowText {
  /** `.github/workflows/ci.yml`. */
  readonly path: string;
  readonly text: string;
}

/** Parsed YAML that is not validated yet. */
export type Parsed = unknown;

/** Bound before parsing, in characters (threats IN-06). */
const LARGEST = 512_000;
const MOST_ALIASES = 100;
/** Permissions that only write findings for people: they can neither merge nor leak anything. */
const HARMLESS_WRITES: readonly string[] = ["security-events"];

/** Parses a workflow file; undefined unless it is a readable map, and then nothing is known about it. */
export function parseWorkflow({ text }: WorkflowText): Parsed {
  if (text.length > LARGEST) return undefined;
  // Stryker disable next-line ObjectLiteral: it is the default of the package as well
  const document = parseDocument(text, { uniqueKeys: true });
  if (document.errors.length > 0) return undefined;
  try {
    // Stryker disable next-line ObjectLiteral: it is the default of the package as well
    const value: unknown = document.toJS({ maxAliasCount: MOST_ALIASES });
    return isMap(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isMap(value: Parsed): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function at(value: Parsed, key: string): Parsed {
  return isMap(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

export function entriesOf(value: Parsed): readonly (readonly [string, Parsed])[] {
  return isMap(value) ? Object.entries(value) : [];
}

/** A text or a list of texts, because YAML allows a single text for a list. */
export function textsOf(value: Parsed): readonly string[] {
  const items: readonly unknown[] = Array.isArray(value) ? value : [value];
  return items.filter((item) => item !== undefined && item !== null).map(String);
}

/**
 * Assets of a workflow's jobs that others must not get: named secrets, and a token that may write or has no declared
 * permissions. Leaves out jobs that one of `guards` excludes from the factory's branches. Each once, for people to read.
 */
export function holdingsOf(workflow: Parsed, guards: readonly string[]): readonly string[] {
  const wide = secretsIn(at(workflow, "env"));
  const found = entriesOf(at(workflow, "jobs")).flatMap(([, job]) =>
    isGuarded(at(job, "if"), guards)
      ? []
      : [...wide, ...secretsIn(job), ...inherited(job), ...tokenOf(workflow, job)],
  );
  return [...new Set(found)];
}

/** One conjunct of the condition is a guard. An operator that could invert it makes the condition unknown, so it does not count. */
function isGuarded(condition: Parsed, guards: readonly string[]): boolean {
  if (typeof condition !== "string") return false;
  const bare = condition.trim().replace(/^\$\{\{([\s\S]*)\}\}$/, "$1");
  if (bare.includes("||") || bare.includes("${{")) return false;
  return bare.split("&&").some((part) => guards.includes(part.replace(/\s/g, "")));
}

function secretsIn(value: Parsed): readonly string[] {
  return stringsIn(value).flatMap((text) =>
    [...text.matchAll(/\$\{\{([\s\S]*?)\}\}/g)].flatMap(([, expression = ""]) =>
      [...expression.matchAll(/\bsecrets\b(?:\s*\.\s*([A-Za-z_][\w-]*))?/gi)].flatMap(([, name]) =>
        name?.toUpperCase() === "GITHUB_TOKEN" ? [] : [nameOf(name)],
      ),
    ),
  );
}

function nameOf(secret: string | undefined): string {
  return secret === undefined ? "every secret" : `the secret ${secret.slice(0, 60)}`;
}

function stringsIn(value: Parsed): readonly string[] {
  if (typeof value === "string") return [value];
  if (Array.isArray(value)) return value.flatMap(stringsIn);
  return entriesOf(value).flatMap(([, inner]) => stringsIn(inner));
}

function inherited(job: Parsed): readonly string[] {
  return at(job, "secrets") === "inherit" ? ["every secret"] : [];
}

/** Without `permissions` the repository's setting decides, which a job's token cannot read. */
function tokenOf(workflow: Parsed, job: Parsed): readonly string[] {
  const said = at(job, "permissions") ?? at(workflow, "permissions");
  if (said === undefined || said === null) return ["a token whose permissions nobody said"];
  if (typeof said === "string") return said === "read-all" ? [] : ["a token that may write"];
  const writes = entriesOf(said)
    .filter(([scope, access]) => access === "write" && !HARMLESS_WRITES.includes(scope))
    .map(([scope]) => scope.slice(0, 40));
  return writes.length === 0 ? [] : [`a token that may write ${writes.join(", ")}`];
}
