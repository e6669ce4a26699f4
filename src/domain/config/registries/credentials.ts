import type { Registry, RegistryTool } from "./registry.ts";

/** A file for a tool, which finds it by a variable. */
export interface CredentialFile {
  readonly name: string;
  readonly content: string;
  readonly variable: string;
  /** Text before its path in the variable. */
  readonly before: string;
}

/** Extra input for the one phase with a network, and for no other. */
export interface Credentials {
  readonly environment: Readonly<Record<string, string>>;
  readonly files: readonly CredentialFile[];
  /** Every form in which they could be left behind. */
  readonly secrets: readonly { readonly name: string; readonly value: string }[];
}

/** Shorter tokens occur by chance in packages, so a leftover could not be detected. */
export const LEAST_TOKEN = 8;

const TOKEN_LINE = /^([A-Z][A-Z0-9_]{0,99})=(\S*)$/;

/** Tokens from one secret, one `NAME=value` per line. Undefined if the text is invalid; empty values are not set. */
export function readTokens(text: string): ReadonlyMap<string, string> | undefined {
  const tokens = new Map<string, string>();
  for (const line of text.split("\n").map((each) => each.trim())) {
    if (line === "") continue;
    // Stryker disable next-line ArrayDeclaration: the first element is not read
    const [, name, value] = TOKEN_LINE.exec(line) ?? [];
    if (name === undefined || value === undefined || tokens.has(name)) return undefined;
    if (value !== "") tokens.set(name, value);
  }
  return tokens;
}

/** Names of tokens that a config asks for and that are missing, or too short to be searched for. */
export function missingTokens(
  registries: readonly Registry[],
  tokens: ReadonlyMap<string, string>,
): readonly string[] {
  const isThere = (name: string) => (tokens.get(name)?.length ?? 0) >= LEAST_TOKEN;
  return [...new Set(registries.map(({ token }) => token))].filter((name) => !isThere(name));
}

type Held = Registry & { readonly value: string; readonly login: string };

/** Credentials in each tool's documented form; undefined if the config has no registries. Every token has to exist. */
export function credentialsFor(
  registries: readonly Registry[],
  tokens: ReadonlyMap<string, string>,
): Credentials | undefined {
  if (registries.length === 0) return undefined;
  const held = registries.map((one): Held => {
    const value = tokens.get(one.token);
    if (value === undefined) throw new Error(`the token ${one.token} is not there`);
    return { ...one, value, login: one.user ?? "token" };
  });
  const of = (...tools: readonly RegistryTool[]) => held.filter(({ use }) => tools.includes(use));
  return {
    environment: {
      ...goEnvironment(of("go")),
      ...cargoEnvironment(of("cargo")),
      ...gitEnvironment(of("git", "go")),
    },
    files: [npmFile(of("npm")), netrcFile(of("pip", "go")), mavenFile(of("maven"))].flat(),
    secrets: held.flatMap(formsOf),
  };
}

function formsOf({ token: name, value, login }: Held): Credentials["secrets"] {
  const forms = [value, encodeURIComponent(value), base64(value), base64(`${login}:${value}`)];
  return [...new Set(forms)].map((form) => ({ name, value: form }));
}

/** Without its padding, which some tools omit. */
function base64(text: string): string {
  const bytes = new TextEncoder().encode(text);
  return btoa(String.fromCharCode(...bytes)).replace(/=+$/, "");
}

/** Address of a registry without its scheme: `npm.pkg.github.com/`. */
function placeOf({ url }: Registry): string {
  const { host, pathname } = new URL(url);
  return `${host}${pathname.replace(/\/*$/, "/")}`;
}

/** https://docs.npmjs.com/cli/v11/configuring-npm/npmrc#auth-related-configuration; pnpm and yarn 1 read it, too. */
function npmFile(held: readonly Held[]): readonly CredentialFile[] {
  if (held.length === 0) return [];
  const lines = held.flatMap((one) => [
    ...(one.scopes ?? [""]).map(
      (scope) => `${scope === "" ? "" : `${scope}:`}registry=https://${placeOf(one)}`,
    ),
    `//${placeOf(one)}:_authToken=${one.value}`,
  ]);
  return [
    {
      name: "npmrc",
      content: `${lines.join("\n")}\n`,
      variable: "NPM_CONFIG_USERCONFIG",
      before: "",
    },
  ];
}

/**
 * https://pip.pypa.io/en/stable/topics/authentication/#netrc-support, https://docs.astral.sh/uv/concepts/authentication/http/,
 * https://go.dev/ref/mod#private-module-proxy-auth. All of them look for it where NETRC points.
 */
function netrcFile(held: readonly Held[]): readonly CredentialFile[] {
  if (held.length === 0) return [];
  const lines = held.map(
    (one) => `machine ${new URL(one.url).hostname} login ${one.login} password ${one.value}`,
  );
  return [
    {
      name: "netrc",
      content: `${[...new Set(lines)].join("\n")}\n`,
      variable: "NETRC",
      before: "",
    },
  ];
}

/** https://maven.apache.org/settings.html#servers, from version 3.9 on: https://maven.apache.org/configure.html#maven_args-environment-variable */
function mavenFile(held: readonly Held[]): readonly CredentialFile[] {
  if (held.length === 0) return [];
  const servers = held.map(
    ({ name = "", login, value }) =>
      `<server><id>${name}</id><username>${login}</username><password>${inXml(value)}</password></server>`,
  );
  const content = `<settings><servers>${servers.join("")}</servers></settings>\n`;
  return [{ name: "settings.xml", content, variable: "MAVEN_ARGS", before: "--settings " }];
}

function inXml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** https://go.dev/ref/mod#private-modules: no public proxy or checksum server is asked for matching modules. */
function goEnvironment(held: readonly Held[]): Readonly<Record<string, string>> {
  if (held.length === 0) return {};
  return { GOPRIVATE: held.map((one) => placeOf(one).replace(/\/$/, "")).join(",") };
}

/** https://doc.rust-lang.org/cargo/reference/registries.html, by a name of the repository's own `.cargo/config.toml`. */
function cargoEnvironment(held: readonly Held[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    held.map(({ name = "", value }) => [
      `CARGO_REGISTRIES_${name.toUpperCase().replaceAll(/[.-]/g, "_")}_TOKEN`,
      value,
    ]),
  );
}

/** https://git-scm.com/docs/git-config#Documentation/git-config.txt-httpextraHeader, passed by variables, so that no file holds it. */
function gitEnvironment(held: readonly Held[]): Readonly<Record<string, string>> {
  if (held.length === 0) return {};
  const pairs = held.flatMap((one, index) => [
    [`GIT_CONFIG_KEY_${index}`, `http.https://${placeOf(one)}.extraHeader`],
    [`GIT_CONFIG_VALUE_${index}`, `Authorization: Basic ${btoa(`${one.login}:${one.value}`)}`],
  ]);
  return { GIT_CONFIG_COUNT: `${held.length}`, ...Object.fromEntries(pairs) };
}
