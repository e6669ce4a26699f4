import {
  type Credentials,
  credentialsFor,
  LEAST_TOKEN,
  missingTokens,
  readTokens,
} from "../../domain/config/registries/credentials.ts";
import type { Registry } from "../../domain/config/registries/registry.ts";
import type { Config } from "../../domain/config/schema.ts";
import type { Refusal } from "../../domain/refusal.ts";
import type { Runner } from "../../ports/runner.ts";
import { nameMachine } from "./cache/machine.ts";
import { openCacheShelf } from "./cache/shelf.ts";
import { readIsolation } from "./isolation.ts";
import { tellLongCommands } from "./long-commands.ts";

/** Options of a job's sandbox: the config's, and the job's own. */
export function sandboxOptions(
  runner: Runner,
  { sandbox }: Pick<Config, "sandbox">,
  /** The key that signs packages for later runs; empty in a job that keeps none. */
  key = "",
) {
  return {
    packages: keptPackages(runner, key),
    isolation: readIsolation(runner),
    read: sandbox.read,
    watch: tellLongCommands(runner),
    credentials: readCredentials(runner, sandbox.registries),
  };
}

/** Kept packages, if the job may use GitHub's cache. */
function keptPackages(runner: Runner, key: string) {
  runner.secret(key);
  const shelf = openCacheShelf();
  if (shelf === undefined) return undefined;
  const tell = (line: string) => runner.quote(line);
  return { shelf, machine: nameMachine(), tell, ...(key === "" ? {} : { key }) };
}

const SECRET = "FACTORY_REGISTRY_TOKENS";

/** The tokens of private registries, each masked before anything is logged. An unrequested token stays here. */
function readCredentials(
  runner: Runner,
  registries: readonly Registry[],
): Credentials | { readonly refusal: Refusal } | undefined {
  const tokens = readTokens(runner.input("registry-tokens"));
  for (const value of tokens?.values() ?? []) if (value.length >= LEAST_TOKEN) runner.secret(value);
  if (registries.length === 0) return undefined;
  const missing = tokens === undefined ? [] : missingTokens(registries, tokens);
  if (tokens !== undefined && missing.length === 0) {
    const credentials = credentialsFor(registries, tokens);
    for (const { value } of credentials?.secrets ?? []) runner.secret(value);
    return credentials;
  }
  const found =
    tokens === undefined ? "lines that are not NAME=value" : `no ${missing.join(", no ")}`;
  const accepted = `a line NAME=value for each token of sandbox.registries, of ${LEAST_TOKEN} characters or more`;
  return {
    refusal: { code: "secret-missing", subject: SECRET, found, accepted, hint: "set-the-secret" },
  };
}
