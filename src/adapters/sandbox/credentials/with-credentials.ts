import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import type { Credentials } from "../../../domain/config/registries/credentials.ts";
import type { SandboxResult } from "../../../ports/sandbox.ts";

/** Where a command with a network sees its credentials. */
export const CREDENTIALS_FOLDER = "/credentials";

/** Time limit for searching everything that a command left, in ms. */
const SEARCH_MS = 300_000;

/** Variables of a command with credentials. */
export function credentialEnvironment(
  { environment, files }: Credentials,
  folder: string,
): Readonly<Record<string, string>> {
  const places = files.map(({ name, variable, before }) => [
    variable,
    `${before}${folder}/${name}`,
  ]);
  return { ...environment, ...Object.fromEntries(places) };
}

/**
 * Runs a command with its credentials in a folder for that command alone. Afterwards nothing inside is running, and
 * everything that it left is searched, because a token in a file would still be there when an agent's bytes come. If one
 * is found, or it is unknown, the command has failed.
 */
export async function withCredentials(
  credentials: Credentials,
  place: { readonly root: string; readonly left: readonly string[] },
  run: (folder: string) => Promise<SandboxResult>,
): Promise<SandboxResult> {
  const folder = join(place.root, "credentials");
  mkdirSync(folder, { mode: 0o700 });
  let result: SandboxResult;
  try {
    for (const { name, content } of credentials.files) {
      writeFileSync(join(folder, name), content, { mode: 0o600 });
    }
    result = await run(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const output = withoutTokens(result.output, credentials);
  const fault = searchForTokens(credentials, place);
  if (fault === undefined) return { ...result, output };
  return { ...result, exitCode: null, output: `${output}\n[stopped: ${fault}]\n` };
}

function withoutTokens(text: string, { secrets }: Credentials): string {
  return secrets.reduce((shown, { name, value }) => shown.replaceAll(value, `[${name}]`), text);
}

/** Returns the place of a token; undefined if there is none. Uses grep, which is faster than we could be with a folder of packages. */
function searchForTokens(
  { secrets }: Credentials,
  { root, left }: { readonly root: string; readonly left: readonly string[] },
): string | undefined {
  for (const name of new Set(secrets.map((secret) => secret.name))) {
    const forms = secrets.filter((secret) => secret.name === name).map(({ value }) => value);
    const found = spawnSync("grep", ["-rlaF", "-m", "1", "-f", "-", "--", ...left], {
      ...{ cwd: "/", env: { PATH: "/usr/bin:/bin", LC_ALL: "C" }, encoding: "utf8" },
      ...{ input: `${forms.join("\n")}\n`, timeout: SEARCH_MS, maxBuffer: 1_000_000 },
    });
    const [file] = (found.stdout ?? "").split("\n");
    if (file) return `it left the token ${name} in ${relative(root, file)}`;
    // 1: nothing found. Anything else: unknown.
    if (found.status !== 1) return `what it left could not be searched for the token ${name}`;
  }
  return undefined;
}
