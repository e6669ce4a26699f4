import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { chooseNetworkEnvironment } from "../../../../src/adapters/sandbox/toolchains/network-environment.ts";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "network-"));
  mkdirSync(join(root, "visible"));
  mkdirSync(join(root, "hidden"));
});
afterEach(() => rmSync(root, { recursive: true }));

const choose = (environment: Readonly<Record<string, string | undefined>>) =>
  chooseNetworkEnvironment(environment, [join(root, "visible")]);

const CERTIFICATE = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";
const put = (path: string, content = CERTIFICATE) => {
  writeFileSync(join(root, path), content);
  return join(root, path);
};

describe("the network's environment", () => {
  test.each([
    ["HTTPS_PROXY", "http://proxy.example:3128"],
    ["no_proxy", "localhost,127.0.0.1,.example.com,[::1]"],
    ["npm_config_registry", "https://registry.example/npm/"],
    ["PIP_EXTRA_INDEX_URL", "https://a.example/simple https://b.example/simple"],
    ["GOPROXY", "https://proxy.golang.org,direct"],
    ["GOSUMDB", "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8"],
    ["npm_config_registry", "https://registry.example/@scope/"],
    ["PIP_DEFAULT_TIMEOUT", "180"],
  ])("holds %s=%s", (name, value) => {
    expect(choose({ [name]: value })).toEqual({
      variables: { [name]: value },
      files: [],
      notes: [],
    });
  });

  test.each([
    ["HTTPS_PROXY", "http://user:hush@proxy.example:3128"],
    ["https_proxy", "user:hush@proxy.example:3128"],
    ["HTTP_PROXY", "http://hush@proxy.example"],
    ["PIP_INDEX_URL", "https://hush:@pypi.example/simple"],
    ["PIP_EXTRA_INDEX_URL", "https://a.example/simple https://__token__:hush@b.example/simple"],
    ["GOPROXY", "https://u:hush@a.example,direct"],
    ["GOPROXY", "https://a.example|https://u:hush@b.example"],
    ["npm_config_registry", "https://a.example/?access_token=hush"],
    ["UV_INDEX_URL", "https://a.example/?x=1&SIG=hush"],
  ])("never holds a credential: %s=%s", (name, value) => {
    const chosen = choose({ [name]: value });
    expect(chosen.variables).toEqual({});
    expect(chosen.notes).toEqual([`${name} is not passed to setup: it holds a credential`]);
  });

  test.each([
    "GITHUB_TOKEN",
    "NPM_TOKEN",
    "ANTHROPIC_API_KEY",
    "PIP_PASSWORD",
    "npm_config__auth",
    "NODE_OPTIONS",
    "LD_PRELOAD",
    "JAVA_TOOL_OPTIONS",
    "PATH",
    "HOME",
  ])("is a closed list, without %s", (name) => {
    expect(choose({ [name]: "hush" })).toEqual({ variables: {}, files: [], notes: [] });
  });

  test("shows certificate bundles, and takes what is visible as it is", () => {
    const [seen, unseen] = [put("visible/ca.pem"), put("hidden/ca.pem")];
    expect(
      choose({ NODE_EXTRA_CA_CERTS: unseen, PIP_CERT: seen, SSL_CERT_DIR: join(root, "visible") }),
    ).toEqual({
      variables: {
        NODE_EXTRA_CA_CERTS: unseen,
        PIP_CERT: seen,
        SSL_CERT_DIR: join(root, "visible"),
      },
      files: [unseen],
      notes: [],
    });
    symlinkSync(unseen, join(root, "visible/link.pem"));
    expect(choose({ PIP_CERT: join(root, "visible/link.pem") }).files).toEqual([
      join(root, "visible/link.pem"),
    ]);
  });

  test.each<readonly [string, () => string, RegExp]>([
    ["a key beside", () => put("hidden/a", `${CERTIFICATE}-----BEGIN PRIVATE KEY-----`), /plain/],
    ["another file", () => put("hidden/a", "secret"), /plain/],
    ["a large file", () => put("hidden/a", `${CERTIFICATE}${"x".repeat(5_000_000)}`), /plain/],
    ["a hidden folder", () => join(root, "hidden"), /folder that setup cannot see/],
    ["a file that is not there", () => join(root, "visible/none"), /not there/],
    ["a relative path", () => "ca.pem", /absolute/],
  ])("leaves out %s", (_, make, reason) => {
    const chosen = choose({ SSL_CERT_FILE: make() });
    expect(chosen).toMatchObject({ variables: {}, files: [] });
    expect(chosen.notes).toEqual([expect.stringMatching(reason)]);
  });

  test("leaves out folders that cannot be seen, numbers that are none, and takes empty for absent", () => {
    const chosen = choose({
      PIP_FIND_LINKS: join(root, "hidden"),
      PIP_RETRIES: "many",
      HTTP_PROXY: "",
      HTTPS_PROXY: undefined,
    });
    expect(chosen.variables).toEqual({});
    expect(chosen.notes).toHaveLength(2);
    expect(JSON.stringify(chosen.notes)).not.toContain(root);
    expect(choose({ PIP_FIND_LINKS: join(root, "visible") }).notes).toEqual([]);
  });

  test("never passes what stands before an @ of an address, wherever it is", () => {
    const word = fc.stringMatching(/^[a-z0-9:.%_-]{1,12}$/);
    fc.assert(
      fc.property(
        fc.constantFrom(
          "",
          "http://",
          "https://a.example,http://",
          "https://a.example ",
          "socks5h://",
        ),
        word,
        (before, secret) => {
          const value = `${before}${secret}@host.example:80/path`;
          expect(choose({ ALL_PROXY: value }).variables).toEqual({});
        },
      ),
    );
  });
});
