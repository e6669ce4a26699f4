/**
 * Forms of credentials that are not known secrets. Ported: the formats of secretlint's recommended preset 13.0.7 (MIT)
 * and of gitleaks at b58d3f1 (MIT), and those that both miss (threats OUT-05). The preset itself is not used: it lets
 * comments in the scanned text switch it off, opens files by the names it is given, and reports placeholders as secrets.
 */
export interface SecretRule {
  readonly name: string;
  /** Literal text that every match contains, so that ordinary text costs one search. */
  readonly marks: readonly string[];
  /**
   * Global; the first group is the secret if the match is longer. Linear: no nested repetition, no character that two
   * alternatives of a repetition accept, and no start within text that an earlier start has read in vain.
   */
  readonly pattern: RegExp;
  /** The whole credential, if part of it is before the match. */
  readonly whole?: (match: RegExpExecArray) => string;
  /** Further condition on the whole match. */
  readonly holds?: (match: string) => boolean;
}

/** A pattern that does not start inside a longer word. */
function token(source: string, flags = ""): RegExp {
  return new RegExp(`(?<![A-Za-z0-9])${source}`, `g${flags}`);
}

export const SECRET_RULES: readonly SecretRule[] = [
  // The new form contains dots and has no fixed length: github.blog/changelog/2026-05-15, threats OUT-05.
  { name: "github-app-token", marks: ["ghs_"], pattern: token("ghs_([A-Za-z0-9._-]{36,2000})") },
  {
    name: "github-token",
    marks: ["ghp_", "gho_", "ghu_", "ghr_"],
    pattern: token("gh[pour]_([A-Za-z0-9_]{36})"),
  },
  {
    name: "github-fine-grained-token",
    marks: ["github_pat_"],
    pattern: token("github_pat_([A-Za-z0-9_]{82})"),
  },
  // Not named after its vendor: that name in a bundle proves that it can call the model.
  {
    name: "model-key",
    marks: ["sk-ant-"],
    pattern: token("sk-ant-(?:[a-z]{2,10}\\d{2}-)?([A-Za-z0-9_-]{32,128})"),
  },
  {
    name: "openai-key",
    marks: ["T3BlbkFJ"],
    pattern: token("sk-(?:proj-|svcacct-|admin-)?([A-Za-z0-9_-]{20,74}?T3BlbkFJ[A-Za-z0-9_-]{20})"),
  },
  {
    name: "aws-access-key-id",
    marks: ["AKIA", "ASIA"],
    pattern: token("(?:AKIA|ASIA)([A-Z2-7]{16})(?![A-Za-z0-9])"),
  },
  {
    name: "aws-secret-key",
    marks: ["secret", "SECRET", "Secret"],
    pattern:
      /aws_?(?:account_?)?secret_?(?:access_?)?key["']? ?(?:=>|[:=]) ?["']?([A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])/gi,
  },
  { name: "google-api-key", marks: ["AIza"], pattern: token("AIza([0-9A-Za-z_-]{35})") },
  {
    name: "google-client-secret",
    marks: ["GOCSPX-"],
    pattern: token("GOCSPX-([A-Za-z0-9_-]{28})"),
  },
  {
    // Blanks, quotes and escaped line ends may separate the lines of a key in a program.
    name: "private-key",
    marks: ["PRIVATE KEY"],
    pattern:
      /-----BEGIN (?:[A-Z0-9]{2,12} ){0,2}PRIVATE KEY(?: BLOCK)?-----(?:[\s"'`,+\\]|\\[nr]){0,40}((?:[A-Za-z0-9+/=:, -]|\\[nr]|[^\S ]|["'`]){40,400})/g,
    holds: (match) => /[A-Za-z0-9+/=]{40}/.test(match),
  },
  {
    name: "json-web-token",
    marks: ["eyJ"],
    // Found by the dot between its parts. Nothing before it is read twice, because no part contains one.
    pattern:
      /(?<=(?<![A-Za-z0-9])(eyJ[A-Za-z0-9_-]{8,4000}))\.(eyJ[A-Za-z0-9_-]{8,16000}\.[A-Za-z0-9_-]{20,2000})/g,
    whole: ([, header, rest]) => `${header}.${rest}`,
    holds: isSignedToken,
  },
  { name: "npm-token", marks: ["npm_"], pattern: token("npm_([A-Za-z0-9]{36})") },
  { name: "pypi-token", marks: ["pypi-AgE"], pattern: token("pypi-AgE([A-Za-z0-9_-]{50,300})") },
  {
    name: "slack-token",
    marks: ["xox", "xapp-"],
    pattern: token("(?:xox[abeoprs]|xapp)-(?:[A-Z0-9]{1,14}-){1,3}([A-Za-z0-9-]{16,120})"),
  },
  {
    name: "slack-webhook",
    marks: ["hooks.slack.com/"],
    pattern:
      /hooks\.slack\.com\/services\/(T[A-Za-z0-9]{6,40}\/B[A-Za-z0-9]{6,40}\/[A-Za-z0-9]{16,40})/g,
  },
  { name: "stripe-key", marks: ["k_live_"], pattern: token("[sr]k_live_([A-Za-z0-9]{24,99})") },
  { name: "gitlab-token", marks: ["glpat-"], pattern: token("glpat-([A-Za-z0-9_-]{20,128})") },
  { name: "hugging-face-token", marks: ["hf_"], pattern: token("hf_([A-Za-z]{34})(?![A-Za-z])") },
  { name: "groq-key", marks: ["gsk_"], pattern: token("gsk_([A-Za-z0-9]{52})") },
  {
    name: "sendgrid-key",
    marks: ["SG."],
    pattern: token("SG\\.([A-Za-z0-9_-]{22}\\.[A-Za-z0-9_-]{43})"),
  },
  {
    name: "shopify-token",
    marks: ["shppa_", "shpca_", "shpat_", "shpss_"],
    pattern: token("shp(?:pa|ca|at|ss)_([A-Fa-f0-9]{32})"),
  },
  {
    name: "databricks-token",
    marks: ["dapi"],
    pattern: token("dapi([a-f0-9]{32})(?![A-Za-z0-9])"),
  },
  {
    name: "digitalocean-token",
    marks: ["_v1_"],
    pattern: token("do[opr]_v1_([a-f0-9]{64})"),
  },
  { name: "docker-token", marks: ["dckr_pat_"], pattern: token("dckr_pat_([A-Za-z0-9_-]{27})") },
  { name: "figma-token", marks: ["figd_"], pattern: token("figd_([A-Za-z0-9_-]{40,200})") },
  {
    name: "cloudflare-token",
    marks: ["cfk_", "cfut_", "cfat_"],
    pattern: token("cf(?:k|ut|at)_([A-Za-z0-9]{40}[0-9a-f]{8})"),
  },
  { name: "linear-key", marks: ["lin_api_"], pattern: token("lin_api_([A-Za-z0-9_]{32,128})") },
  { name: "notion-token", marks: ["ntn_"], pattern: token("ntn_([0-9]{11}[A-Za-z0-9]{35})") },
  {
    name: "grafana-token",
    marks: ["glc_", "glsa_"],
    pattern: token("(?:glc_([A-Za-z0-9+/]{32,400})|glsa_([A-Za-z0-9]{32}_[A-Fa-f0-9]{8}))"),
  },
  {
    name: "vault-token",
    marks: ["hvs.", "hvb.", "hvr."],
    pattern: token("hv[sbr]\\.([A-Za-z0-9_-]{90,300})"),
  },
  {
    name: "tailscale-key",
    marks: ["tskey-"],
    pattern: token("tskey-[a-z]{2,20}-([0-9A-Za-z_]{8,40}-[0-9A-Za-z_]{16,60})"),
  },
  {
    name: "azure-storage-key",
    marks: ["AccountKey="],
    pattern: /AccountKey=([A-Za-z0-9+/]{86}==)/g,
  },
  {
    name: "age-key",
    marks: ["AGE-SECRET-KEY-1"],
    pattern: token("AGE-SECRET-KEY-1([QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58})"),
  },
];

/** Words of documentation, runs of one character, and sequences, which people write in place of a secret. */
const PLACEHOLDER =
  /example|placeholder|dummy|redacted|change.?me|your.?(?:api|key|token|secret)|not.?a?.?real|(.)\1{5}|(?:0?123456789)|abcdefgh/i;

/** Whether this cannot be a real secret. A person who hides one behind such a word could as well encode it, so this is only defense in depth. */
export function isPlaceholder(secret: string): boolean {
  return PLACEHOLDER.test(secret) || new Set(secret).size < 8;
}

/** Examples from documentation: jwt.io's, and the keys of Supabase's local stack. */
const EXAMPLE_CLAIMS = /"iat":\s*1516239022|"name":\s*"John Doe"|"iss":\s*"supabase-demo"/;

/** Whether it is a signed JSON Web Token by its content (RFC 7519), and not an example from documentation. */
function isSignedToken(match: string): boolean {
  const [header = "", claims = ""] = match.split(".").map(decodeSegment);
  return /"alg":\s*"(?!none")/i.test(header) && isObject(claims) && !EXAMPLE_CLAIMS.test(claims);
}

function decodeSegment(segment: string): string {
  try {
    return atob(segment.replaceAll("-", "+").replaceAll("_", "/"));
  } catch {
    return "";
  }
}

function isObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null;
  } catch {
    return false;
  }
}
