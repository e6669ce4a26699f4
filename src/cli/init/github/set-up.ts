import { randomBytes } from "node:crypto";

/** A call of GitHub's own command line: its words, and what it reads on standard input. */
export type Gh = (
  words: readonly string[],
  input?: string,
) => Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }>;

/** One thing that the factory needs on GitHub, and what came of it. */
export interface SetUp {
  readonly what: string;
  /** `there`: it was so before. `left`: it is for a person, because of `because`. */
  readonly fate: "done" | "there" | "left" | "planned";
  readonly because?: string;
}

const API_KEY = "ANTHROPIC_API_KEY";
const SEAL_KEY = "FACTORY_SEAL_KEY";
const QUEUED = {
  name: "factory:queued",
  colour: "0969da",
  description: "Millwright: the issue is queued",
} as const;
/** What is set up, as a person reads it. */
export const THINGS = {
  apiKey: `the secret ${API_KEY}`,
  sealKey: `the secret ${SEAL_KEY}`,
  label: `the label ${QUEUED.name}`,
  setting: "the setting that lets the job's token open pull requests",
} as const;

const PERMISSIONS = "repos/{owner}/{repo}/actions/permissions/workflow";

/** Whether somebody is signed in with `gh`, who could be asked. */
export async function isSignedIn(gh: Gh): Promise<boolean> {
  return (await gh(["auth", "status"])).code === 0;
}

/**
 * Sets up secrets, the label and the setting by `gh`, with the account that is signed in there. Existing values stay, and
 * invisible ones are not written, because a secret that nobody can read again would be lost. Running it again changes nothing.
 * @param apiKey the model's key where the caller's environment holds one; its value goes to standard input alone
 */
export async function setUpGitHub(
  gh: Gh,
  { apiKey, dryRun }: { readonly apiKey: string | undefined; readonly dryRun: boolean },
): Promise<readonly SetUp[]> {
  const signedIn = await gh(["auth", "status"]);
  if (signedIn.code !== 0) {
    return [left("GitHub", `gh is not signed in: ${firstLine(signedIn.stderr)}`)];
  }
  const write = async (what: string, words: readonly string[], input?: string): Promise<SetUp> => {
    if (dryRun) return { what, fate: "planned" };
    const { code, stderr } = await gh(words, input);
    return code === 0 ? { what, fate: "done" } : left(what, firstLine(stderr));
  };
  return [...(await secrets(gh, write, apiKey)), await label(gh, write), await setting(gh, write)];
}

type Write = (what: string, words: readonly string[], input?: string) => Promise<SetUp>;

async function secrets(gh: Gh, write: Write, apiKey: string | undefined): Promise<SetUp[]> {
  const names = await namesIn(gh, ["secret", "list", "--json", "name"]);
  const set = async (name: string, value: string | undefined): Promise<SetUp> => {
    const what = name === API_KEY ? THINGS.apiKey : THINGS.sealKey;
    if ("unknown" in names) return left(what, names.unknown);
    if (names.known.includes(name)) return { what, fate: "there" };
    if (value === undefined) return left(what, `this environment has no ${name}`);
    return write(what, ["secret", "set", name], value);
  };
  return [await set(API_KEY, apiKey), await set(SEAL_KEY, randomBytes(32).toString("hex"))];
}

async function label(gh: Gh, write: Write): Promise<SetUp> {
  const what = THINGS.label;
  const names = await namesIn(gh, ["label", "list", "--json", "name", "--limit", "1000"]);
  if ("unknown" in names) return left(what, names.unknown);
  if (names.known.includes(QUEUED.name)) return { what, fate: "there" };
  const look = ["--color", QUEUED.colour, "--description", QUEUED.description];
  return write(what, ["label", "create", QUEUED.name, ...look]);
}

async function setting(gh: Gh, write: Write): Promise<SetUp> {
  const what = THINGS.setting;
  const { code, stdout, stderr } = await gh(["api", PERMISSIONS]);
  if (code !== 0) return left(what, firstLine(stderr));
  const now = parsed(stdout) as Readonly<Record<string, unknown>> | undefined;
  if (now?.can_approve_pull_request_reviews === true) return { what, fate: "there" };
  // The other half of the setting stays as it is.
  const permission = now?.default_workflow_permissions;
  if (permission !== "read" && permission !== "write") {
    return left(what, "gh did not say what it is now");
  }
  const fields = ["-f", `default_workflow_permissions=${permission}`];
  const approve = ["-F", "can_approve_pull_request_reviews=true"];
  return write(what, ["api", "--method", "PUT", PERMISSIONS, ...fields, ...approve]);
}

type Names = { readonly known: readonly string[] } | { readonly unknown: string };

async function namesIn(gh: Gh, words: readonly string[]): Promise<Names> {
  const { code, stdout, stderr } = await gh(words);
  if (code !== 0) return { unknown: firstLine(stderr) };
  const rows = parsed(stdout);
  if (!Array.isArray(rows)) return { unknown: "gh answered with no list" };
  return { known: rows.flatMap(({ name }) => (typeof name === "string" ? [name] : [])) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function left(what: string, because: string): SetUp {
  return { what, fate: "left", because };
}

function firstLine(text: string): string {
  return text.trim().split("\n")[0]?.slice(0, 200) || "it gave no reason";
}
