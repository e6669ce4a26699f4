import { gzipSync } from "node:zlib";

/** A file as a person would expect to find it after the merge; null: it is gone. */
export type Expected = { readonly bytes: Buffer; readonly mode: "100644" | "100755" } | null;

/** Something that people do to repositories every day, and that nobody should have to ask a person for twice. */
export interface OrdinaryChange {
  readonly name: string;
  /** What stood there before. */
  readonly before?: Readonly<Record<string, string | Uint8Array>>;
  readonly after: Readonly<Record<string, Expected>>;
}

export const text = (content: string, mode: "100644" | "100755" = "100644"): Expected => ({
  bytes: Buffer.from(content),
  mode,
});
export const bytes = (content: Uint8Array): Expected => ({
  bytes: Buffer.from(content),
  mode: "100644",
});
const repeated = (count: number, line: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => line(index)).join("");

const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
/** The example of https://jwt.io. */
const TOKEN =
  "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIiwiaWF0IjoxNTE2MjM5MDIyfQ.SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c";
const PART = 'export function part(name) {\n  return "Bye " + name;\n}\n';

/** Texts and where they stand. */
export const TEXTS: readonly OrdinaryChange[] = [
  {
    name: "a new function in a new folder",
    after: { "src/kind/thank.js": text("export const thank = () => 1;\n") },
  },
  {
    name: "a new test",
    after: {
      "test/thank.test.js": text(
        'import test from "node:test";\nimport { thank } from "../src/kind/thank.js";\ntest("thanks", () => thank());\n',
      ),
    },
  },
  { name: "a folder far down", after: { "docs/a/b/c/d/e/f/g/h/deep.md": text("# Deep\n") } },
  {
    name: "text in many scripts",
    after: { "docs/scripts.md": text("Grüße, 你好, こんにちは, مرحبا, שלום, Привет, नमस्ते\n") },
  },
  {
    name: "emoji that are joined from several",
    after: { "docs/emoji.md": text("Family 👩‍👩‍👧‍👦, flag 🏳️‍🌈, heart ❤️\n") },
  },
  {
    name: "names in other scripts",
    after: { "docs/Überblick.md": text("# Ü\n"), "docs/日本語.md": text("# 日本\n") },
  },
  {
    name: "names with blanks and signs",
    after: {
      "docs/a file (1) & [draft].md": text("x\n"),
      "src/routes/[id]/page.js": text("export const id = 1;\n"),
      "src/routes/$name+@x,y=z~'#%!.js": text("export const name = 1;\n"),
    },
  },
  { name: "Windows line ends", after: { "docs/windows.txt": text("one\r\ntwo\r\n") } },
  {
    name: "no line end at the end, and an empty file",
    after: { "docs/short.txt": text("x"), "docs/empty.txt": text("") },
  },
  { name: "a byte order mark", after: { "docs/marked.csv": text("\uFEFFname;age\nAda;36\n") } },
  {
    name: "big Markdown",
    after: {
      "docs/big.md": text(repeated(150, (index) => `${index} ${"long words ".repeat(60)}\n`)),
    },
  },
  {
    name: "Markdown with mentions, closing words, comments and images",
    after: {
      "docs/guide.md": text(
        "Thanks @OWNER and @team/x. Fixes #1.\n<!-- note -->\n![logo](https://example.com/logo.png)\n```sh\nrm -rf build\n```\n",
      ),
    },
  },
];

/** Bytes, modes, and what tools make. */
export const BYTES: readonly OrdinaryChange[] = [
  { name: "a picture", after: { "test/fixtures/pixel.png": bytes(PNG) } },
  { name: "an archive", after: { "test/fixtures/data.gz": bytes(gzipSync("data")) } },
  {
    name: "Latin-1 and UTF-16",
    after: {
      "test/fixtures/latin.txt": bytes(Buffer.from("caf\xe9\n", "latin1")),
      "test/fixtures/wide.txt": bytes(Buffer.from("\uFEFFwide\n", "utf16le")),
    },
  },
  {
    name: "bytes without a meaning",
    after: {
      "test/fixtures/noise.bin": bytes(
        Buffer.from(Array.from({ length: 20_000 }, (_, index) => (index * 7919) % 256)),
      ),
    },
  },
  {
    name: "a generated snapshot",
    after: {
      "test/__snapshots__/greet.test.js.snap": text(
        repeated(120, (index) => `exports[\`greets ${index}\`] = \`"Hello ${index}"\`;\n`),
      ),
    },
  },
  {
    name: "one long line of JSON",
    after: {
      "test/fixtures/answer.json": text(
        JSON.stringify({
          rows: Array.from({ length: 1_000 }, (_, id) => ({ id, name: `row ${id}` })),
        }),
      ),
    },
  },
  {
    name: "a drawing",
    after: {
      "docs/logo.svg": text(
        '<svg xmlns="http://www.w3.org/2000/svg"><script>1</script><path d="M0 0h1v1z"/></svg>\n',
      ),
    },
  },
  {
    name: "the token that documentation uses",
    after: { "test/fixtures/token.json": text(`{ "token": "${TOKEN}" }\n`) },
  },
  {
    name: "digests, identifiers and placeholders of keys",
    after: {
      "test/fixtures/known.json": text(
        `${JSON.stringify({ sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", id: "3f2504e0-4f89-41d3-9a0c-0305e82c3301", key: "AKIAIOSFODNN7EXAMPLE", token: `ghp_${"x".repeat(36)}` })}\n`,
      ),
    },
  },
];

/** What moves and goes. */
export const MOVES: readonly OrdinaryChange[] = [
  {
    name: "a file that is renamed",
    before: { "src/part.js": PART },
    after: { "src/part.js": null, "src/farewell.js": text(PART) },
  },
  {
    name: "a name that changes its case",
    before: { "docs/readme.md": "# Read me\n" },
    after: { "docs/readme.md": null, "docs/README.md": text("# Read me\n") },
  },
  {
    name: "a file that goes",
    before: { "docs/old.md": "# Old\n" },
    after: { "docs/old.md": null },
  },
  {
    name: "a folder that moves",
    before: {
      "lib/one.js": "export const one = 1;\n",
      "lib/deep/two.js": "export const two = 2;\n",
    },
    after: {
      "lib/one.js": null,
      "lib/deep/two.js": null,
      "src/lib/one.js": text("export const one = 1;\n"),
      "src/lib/deep/two.js": text("export const two = 2;\n"),
    },
  },
  {
    name: "a file that becomes a folder of its name",
    before: { "src/parse": "export {};\n" },
    after: { "src/parse": null, "src/parse/index.js": text("export {};\n") },
  },
  {
    name: "a folder that becomes a file of its name",
    before: { "src/format/index.js": "export {};\n" },
    after: { "src/format/index.js": null, "src/format": text("export {};\n") },
  },
];
