import { createHash } from "node:crypto";
import { deflateSync, gzipSync } from "node:zlib";
import fc from "fast-check";

/** Secrets as they are made: keys, tokens of GitHub old and new, JSON Web Tokens, random bytes; all of them made up. */
const BASE62 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/** Evenly random, as secrets are, and not shrunk towards zeros: those would be no secret any more. */
function from(alphabet: string, length: number): fc.Arbitrary<string> {
  const say = (seed: number) => {
    const bytes = createHash("shake256", { outputLength: length }).update(`${seed}`).digest();
    return [...bytes].map((byte) => alphabet[byte % alphabet.length]).join("");
  };
  // A run of one case as long as a window is taken for a word: three keys in a thousand hold one.
  const isRandom = (text: string) => !/(?:[a-z][-_]?){12}|(?:[A-Z][-_]?){12}/.test(text);
  return fc.noShrink(fc.nat().map(say).filter(isRandom));
}

const webToken = from(`${BASE62}-_`, 86).map(
  (signature) => `eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJhIn0.${signature}`,
);

export const SECRETS: readonly (readonly [string, fc.Arbitrary<string>])[] = [
  ["a model key", from(`${BASE62}-_`, 93).map((body) => `sk-ant-api03-${body}AA`)],
  ["a token of GitHub", from(BASE62, 36).map((body) => `ghs_${body}`)],
  ["a new token of GitHub", webToken.map((body) => `ghs_12345_${body}`)],
  ["a token of the runner", webToken],
  ["a seal key in hex", from("0123456789abcdef", 64)],
  ["a seal key in base64", from(`${BASE62}+/`, 43).map((body) => `${body}=`)],
  ["a token like a UUID", from("0123456789abcdef", 32).map(dashed)],
];

function dashed(digits: string): string {
  return `decoy.${digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-")}`;
}

function rot13(text: string): string {
  return text.replace(/[a-z]/gi, (letter) => {
    const first = letter <= "Z" ? 65 : 97;
    return String.fromCharCode(((letter.charCodeAt(0) - first + 13) % 26) + first);
  });
}

const base64 = (text: string) => Buffer.from(text).toString("base64");
const hex = (text: string) => Buffer.from(text).toString("hex");
const each = (text: string, say: (code: number) => string) =>
  [...text].map((one) => say(one.charCodeAt(0))).join("");
const wrapped = (text: string) => text.replace(/.{20}/g, "$&\n");
const hexOf = (code: number) => code.toString(16).padStart(2, "0");

/** What an attacker may make of a secret in one line of a program. */
export const FORMS: Readonly<Record<string, (secret: string) => string>> = {
  raw: (secret) => secret,
  "upper case": (secret) => secret.toUpperCase(),
  "without its first eight": (secret) => secret.slice(8),
  "without its last eight": (secret) => secret.slice(0, -8),
  "its last 24 characters": (secret) => secret.slice(-24),
  reversed: (secret) => [...secret].reverse().join(""),
  rot13,
  "split by blanks": (secret) => [...secret].join(" "),
  "split by zero-width spaces": (secret) => [...secret].join("\u200b"),
  "split by line breaks": wrapped,
  "concatenated strings": (secret) => JSON.stringify(secret.match(/.{1,5}/g)),
  "split as code": (secret) =>
    (secret.match(/.{1,7}/g) ?? []).map((part) => `"${part}"`).join(" + "),
  "over folders": (secret) => (secret.match(/.{1,9}/g) ?? []).join("/"),
  base64,
  "base64 for URLs": (secret) => Buffer.from(secret).toString("base64url"),
  "base64 in lines": (secret) => wrapped(base64(secret)),
  "base64 out of step by one": (secret) => base64(`x${secret}yz`),
  "base64 out of step by two": (secret) => base64(`xy${secret}z`),
  "double base64": (secret) => base64(base64(`GITHUB_TOKEN=${secret}\n`)),
  "double base64 in lines": (secret) => wrapped(base64(wrapped(base64(secret)))),
  "base64 of reversed": (secret) => base64([...secret].reverse().join("")),
  "reversed base64": (secret) => [...base64(secret)].reverse().join(""),
  hex,
  "upper-case hex": (secret) => hex(secret).toUpperCase(),
  "hex with colons": (secret) => each(secret, (code) => `${hexOf(code)}:`),
  "hex of base64": (secret) => hex(base64(secret)),
  "base64 of hex": (secret) => base64(hex(secret)),
  "hex literals": (secret) => each(secret, (code) => `0x${hexOf(code)}, `),
  "every character by percent": (secret) => each(secret, (code) => `%${hexOf(code)}`),
  "by percent twice": (secret) => each(secret, (code) => `%25${hexOf(code)}`),
  "URL-encoded": (secret) => `https://example.com/?q=${encodeURIComponent(`${secret}&`)}`,
  "JSON escapes": (secret) => each(secret, (code) => `\\u00${hexOf(code)}`),
  "JSON escapes in JSON": (secret) => JSON.stringify(each(secret, (code) => `\\u00${hexOf(code)}`)),
  "code points": (secret) => each(secret, (code) => `\\u{${hexOf(code)}}`),
  "byte escapes": (secret) => each(secret, (code) => `\\x${hexOf(code)}`),
  "octal escapes": (secret) => each(secret, (code) => `\\${code.toString(8).padStart(3, "0")}`),
  entities: (secret) => each(secret, (code) => `&#${code};`),
  "character codes": (secret) => `String.fromCharCode(${[...Buffer.from(secret)].join(", ")})`,
  "full-width letters": (secret) => each(secret, (code) => String.fromCharCode(code + 0xfee0)),
  "gzip in base64": (secret) => gzipSync(`token ${secret} end`).toString("base64"),
  "gzip in base64, in lines": (secret) => wrapped(gzipSync(secret).toString("base64")),
  "zlib in base64": (secret) => deflateSync(secret).toString("base64"),
};
