import { generateKeyPairSync, randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import { suspect } from "../../../src/domain/secrets/scan.ts";

/** Made at run time, so that no scanner finds this file. */
function random(length: number, alphabet = "base64"): string {
  const digits = alphabet === "hex" ? "0123456789abcdef" : "k7QwZ2LrT9nVx0BcMd5FsGh1Jp3Ky8Ue4Io6Ra";
  return Array.from(randomBytes(length), (byte, at) => digits[(byte + at) % digits.length]).join(
    "",
  );
}
const upper = (length: number) => "K7QZ2LRTN5VXBCM4DF3G6HJP".slice(0, length);
const segment = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
const webToken = (claims: object, algorithm = "RS256") =>
  `${segment({ alg: algorithm })}.${segment(claims)}.${random(86)}`;
const ed25519 = () =>
  generateKeyPairSync("ed25519").privateKey.export({ type: "pkcs8", format: "pem" }).toString();
const rsa = () =>
  generateKeyPairSync("rsa", { modulusLength: 1_024 })
    .privateKey.export({ type: "pkcs1", format: "pem" })
    .toString();

const FOUND: readonly (readonly [rule: string, text: string])[] = [
  ["github-app-token", `ghs_${random(36)}`],
  ["github-app-token", `ghs_1234567_${webToken({ iss: "a" })}`],
  ["github-token", `ghp_${random(36)}`],
  ["github-token", `gho_${random(36)}`],
  ["github-fine-grained-token", `github_pat_${random(82)}`],
  ["model-key", `sk-ant-api03-${random(93)}AA`],
  ["openai-key", `sk-proj-${random(58)}T3BlbkFJ${random(58)}`],
  ["openai-key", `sk-${random(20)}T3BlbkFJ${random(20)}`],
  ["aws-access-key-id", `id = AKIA${upper(16)}`],
  ["aws-access-key-id", `ASIA${upper(16)}`],
  ["aws-secret-key", `AWS_SECRET_ACCESS_KEY=${random(40)}`],
  ["google-api-key", `AIza${random(35)}`],
  ["private-key", ed25519()],
  ["private-key", rsa()],
  ["private-key", JSON.stringify({ private_key: ed25519() })],
  [
    "private-key",
    ed25519()
      .split("\n")
      .map((line) => `  "${line}\\n" +`)
      .join("\n"),
  ],
  ["json-web-token", `Bearer ${webToken({ sub: "42" })}`],
  ["npm-token", `//registry.npmjs.org/:_authToken=npm_${random(36)}`],
  ["pypi-token", `pypi-AgEIcHlwaS5vcmc${random(60)}`],
  ["slack-token", `xoxb-123456789012-1234567890123-${random(24)}`],
  ["slack-webhook", `https://hooks.slack.com/services/T0${upper(8)}/B0${upper(8)}/${random(24)}`],
  ["stripe-key", `sk_live_${random(24)}`],
  ["gitlab-token", `glpat-${random(20)}`],
  ["sendgrid-key", `SG.${random(22)}.${random(43)}`],
  ["databricks-token", `dapi${random(32, "hex")}`],
  ["digitalocean-token", `dop_v1_${random(64, "hex")}`],
  ["grafana-token", `glsa_${random(32)}_${random(8, "hex")}`],
  ["azure-storage-key", `AccountName=a;AccountKey=${random(86)}==;`],
];

const HARMLESS: readonly (readonly [string, string])[] = [
  ["an integrity hash", `"integrity": "sha512-${randomBytes(64).toString("base64")}"`],
  ["a commit", "264bdd6268280f03a83e949a1343b2c358c84b6b"],
  ["a SHA-256", `sha256:${random(64, "hex")}`],
  ["a UUID", "3f2504e0-4f89-41d3-9a0c-0305e82c3301"],
  ["an image", `data:image/png;base64,iVBORw0KGgo${randomBytes(600).toString("base64")}`],
  [
    "a source map",
    `//# sourceMappingURL=data:application/json;base64,eyJ2ZXJzaW9uIjoz${random(400)}`,
  ],
  ["the documentation's AWS key", "AKIAIOSFODNN7EXAMPLE"],
  ["its secret", "aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"],
  ["a longer word with AKIA", `MAKIAVELLI AKIA${upper(16)}XYZ`],
  [
    "jwt.io's token",
    `${segment({ alg: "HS256", typ: "JWT" })}.${segment({ sub: "1234567890", name: "John Doe", iat: 1516239022 })}.${random(43)}`,
  ],
  ["an unsigned token", webToken({ sub: "42" }, "none")],
  ["a word like a token", "eyJhbGciOi.eyJzdWIi.signature"],
  ["base64 of an object, dots behind", `${segment({ a: 1 })}.map.js`],
  ["a placeholder token", `ghp_${"x".repeat(36)}`],
  ["another", "ghp_abcdefghijklmnopqrstuvwxyz0123456789"],
  ["a token that a program makes", 'const token = "ghp_" + "a".repeat(36);'],
  ["a pattern for tokens", "/gh[pousr]_[A-Za-z0-9_]{36}/"],
  ["a model key's shape", "sk-ant-api03-..."],
  ["a model key's example", "ANTHROPIC_API_KEY=sk-ant-api03-your-key-goes-here-0123456789"],
  ["a secret of a workflow", "token: ${{ secrets.GITHUB_TOKEN }}"],
  [
    "a public key",
    "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n-----END PUBLIC KEY-----",
  ],
  ["a certificate", `-----BEGIN CERTIFICATE-----\n${random(64)}\n-----END CERTIFICATE-----`],
  [
    "words about a private key",
    "if (text.includes('-----BEGIN PRIVATE KEY-----')) throw new Error('no');",
  ],
  ["a key cut away", "-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----"],
  ["a local database", "postgres://postgres:postgres@localhost:5432/app"],
  ["a test key of Stripe", `sk_test_${random(24)}`],
  [
    "minified code",
    "var e=t(412),n=function(r){return r&&r.__esModule?r:{default:r}}(e);n.default.hf_a=1",
  ],
  ["a CSS class", "SG.button.primary xoxo- hvs. dapi npm_config_registry npm_lifecycle_event"],
  [
    "an environment name",
    "ghs_token_of_the_installation_is_read_from_the_environment".slice(0, 30),
  ],
  ["snake case", "npm_package_dependencies_with_a_long_name_of_many_words"],
  ["a snapshot", `exports[\`renders 1\`] = \`<div class="sc-${random(6)}">\``],
  ["a lock of cargo", `checksum = "${random(64, "hex")}"`],
  ["a go.sum line", `golang.org/x/text v0.3.0 h1:${randomBytes(32).toString("base64")}`],
];

describe("what looks like a secret", () => {
  test.each(FOUND)("%s is found in its line", (rule, text) => {
    expect(suspect(`one\ntwo ${text}\nthree`)).toEqual({ rule, line: 2 });
  });

  test.each(HARMLESS)("%s is none", (_name, text) => {
    expect(suspect(text)).toBeUndefined();
  });

  test("is none where the base held the very same, and one beside it is", () => {
    const [old, fresh] = [`ghp_${random(36)}`, `ghp_${random(36)}`];
    const after = `const a = "${old}";\nconst b = "${fresh}";\n`;
    expect(suspect(`${old}\n`, `x = ${old}`)).toBeUndefined();
    expect(suspect(after, `const a = "${old}";`)).toEqual({ rule: "github-token", line: 2 });
  });

  test.each([
    ["begins of tokens", "eyJ".repeat(400_000)],
    ["begins of keys", "-----BEGIN PRIVATE KEY-----".repeat(40_000)],
    ["one long word", `ghs_${"a".repeat(1_000_000)}`],
  ])("stays linear on %s", (_name, text) => {
    suspect(text);
  });
});
