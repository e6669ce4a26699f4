import { realpathSync, statSync } from "node:fs";
import { delimiter, isAbsolute } from "node:path";
import { readBounded } from "../workspace/regular-file.ts";
import { isBelow } from "./toolchains.ts";

/** Addresses and lists of them: proxies, registries, checksum servers. Every list of names here is closed. */
const ADDRESSES = [
  "HTTP_PROXY",
  "HTTPS_PROXY",
  "ALL_PROXY",
  "NO_PROXY",
  "http_proxy",
  "https_proxy",
  "all_proxy",
  "no_proxy",
  "npm_config_registry",
  "NPM_CONFIG_REGISTRY",
  "npm_config_proxy",
  "npm_config_https_proxy",
  "npm_config_noproxy",
  "COREPACK_NPM_REGISTRY",
  "YARN_NPM_REGISTRY_SERVER",
  "PIP_INDEX_URL",
  "PIP_EXTRA_INDEX_URL",
  "PIP_FIND_LINKS",
  "PIP_PROXY",
  "PIP_TRUSTED_HOST",
  "UV_DEFAULT_INDEX",
  "UV_INDEX_URL",
  "UV_EXTRA_INDEX_URL",
  "GOPROXY",
  "GOPRIVATE",
  "GONOPROXY",
  "GONOSUMDB",
  "GOSUMDB",
  "CARGO_HTTP_PROXY",
];

/** Timeouts, in each tool's own unit: behind a slow proxy setup fails without them. */
const NUMBERS = [
  "PIP_DEFAULT_TIMEOUT",
  "PIP_RETRIES",
  "npm_config_fetch_timeout",
  "UV_HTTP_TIMEOUT",
];

/** A certificate bundle, or a folder of certificates. */
const CERTIFICATES = [
  "SSL_CERT_FILE",
  "SSL_CERT_DIR",
  "NODE_EXTRA_CA_CERTS",
  "npm_config_cafile",
  "PIP_CERT",
  "REQUESTS_CA_BUNDLE",
  "CURL_CA_BUNDLE",
  "GIT_SSL_CAINFO",
  "CARGO_HTTP_CAINFO",
  "BUNDLE_SSL_CA_CERT",
  "DENO_CERT",
  "NIX_SSL_CERT_FILE",
];

const BUNDLE_BYTES = 5_000_000;
/** A user name, with or without a password, before a host; or a secret as a parameter of an address. */
const CREDENTIAL =
  /(^|[\s,|]|\/\/)[^\s/,|@]+@|[?&][^=\s&]*(token|secret|password|key|sig)[^=\s&]*=/i;

/** The caller's variables for the one phase with a network. */
export interface NetworkEnvironment {
  readonly variables: Readonly<Record<string, string>>;
  /** Certificate bundles outside the visible folders, to be shown at their own place. */
  readonly files: readonly string[];
  /** One sentence for each omitted variable, without its value. */
  readonly notes: readonly string[];
}

type Verdict = { readonly files: readonly string[] } | { readonly fault: string };

/**
 * Chooses from the caller's environment how `setup` reaches registries: proxies, addresses and certificates. Nothing
 * with a credential, because a repository's commands read it. `visible` are folders that the phase sees anyway.
 */
export function chooseNetworkEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
  visible: readonly string[],
): NetworkEnvironment {
  const variables: Record<string, string> = {};
  const files = new Set<string>();
  const notes: string[] = [];
  for (const [name, judge] of judges(visible)) {
    const value = environment[name] ?? "";
    if (value === "") continue;
    const verdict = judge(value);
    if ("fault" in verdict) {
      notes.push(`${name} is not passed to setup: it ${verdict.fault}`);
      continue;
    }
    variables[name] = value;
    for (const file of verdict.files) files.add(file);
  }
  return { variables, files: [...files], notes };
}

type Judge = (value: string) => Verdict;

function judges(visible: readonly string[]): readonly (readonly [string, Judge])[] {
  const of = (names: readonly string[], judge: Judge) =>
    names.map((name) => [name, judge] as const);
  return [
    ...of(ADDRESSES, (value) => judgeAddress(value, visible)),
    ...of(NUMBERS, (value) =>
      /^\d{1,9}$/.test(value) ? { files: [] } : { fault: "is no number" },
    ),
    ...of(CERTIFICATES, (value) => judgeCertificates(value, visible)),
  ];
}

function judgeAddress(value: string, visible: readonly string[]): Verdict {
  if (CREDENTIAL.test(value)) return { fault: "holds a credential" };
  const hidden = value.split(/\s+/).some((part) => isAbsolute(part) && !isBelow(part, visible));
  return hidden ? { fault: "names a folder that setup cannot see" } : { files: [] };
}

function judgeCertificates(value: string, visible: readonly string[]): Verdict {
  const files: string[] = [];
  for (const path of value.split(delimiter)) {
    if (!isAbsolute(path)) return { fault: "is no absolute path" };
    const fault = faultOfCertificate(path, visible);
    if (fault !== undefined) return { fault };
    if (!isVisible(path, visible)) files.push(path);
  }
  return { files };
}

function faultOfCertificate(path: string, visible: readonly string[]): string | undefined {
  const state = statSync(path, { throwIfNoEntry: false });
  if (state === undefined) return "names a file that is not there";
  if (isVisible(path, visible)) return undefined;
  if (!state.isFile()) return "names a folder that setup cannot see";
  return isBundle(path) ? undefined : "names a file that is no plain certificate bundle";
}

/** Certificates are public; other content of a file may not be. */
function isBundle(path: string): boolean {
  try {
    const real = realpathSync(path);
    const text = readBounded(real, path, BUNDLE_BYTES)?.toString("latin1") ?? "";
    return text.includes("-----BEGIN CERTIFICATE-----") && !text.includes("PRIVATE KEY-----");
  } catch {
    return false;
  }
}

function isVisible(path: string, visible: readonly string[]): boolean {
  try {
    return isBelow(path, visible) && isBelow(realpathSync(path), visible);
  } catch {
    return false;
  }
}
