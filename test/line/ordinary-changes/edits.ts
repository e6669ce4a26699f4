import { bytes, type OrdinaryChange, text } from "./changes.ts";

/** Pointer as git-lfs writes it. */
const POINTER =
  "version https://git-lfs.github.com/spec/v1\noid sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08\nsize 4\n";
const LATIN = Buffer.from("// caf\xe9 and man\xf1ana\nexport const open = 9;\n", "latin1");
const LICENSE = "// Copyright the authors. SPDX-License-Identifier: MIT\n";
const DEEP = `docs/${Array.from({ length: 30 }, (_, index) => `l${index}`).join("/")}`;

/** Files that stand there already, each with a habit of its own, and one honest edit of them. */
export const EDITS: readonly OrdinaryChange[] = [
  {
    name: "a source with Windows line ends keeps them",
    before: { "src/windows.js": "export const a = 1;\r\nexport const b = 2;\r\n" },
    after: { "src/windows.js": text("export const a = 1;\r\nexport const b = 3;\r\n") },
  },
  {
    name: "a source in Latin-1 keeps its bytes",
    before: { "src/menu.js": LATIN },
    after: {
      "src/menu.js": bytes(Buffer.from(LATIN.toString("latin1").replace("= 9", "= 8"), "latin1")),
    },
  },
  {
    name: "pointers of LFS stay as they are beside an edit",
    before: {
      "art/.gitattributes": "*.psd filter=lfs diff=lfs merge=lfs -text\n",
      "art/logo.psd": POINTER,
      "art/about.md": "# Art\n",
    },
    after: { "art/about.md": text("# Art\n\nThe logo.\n"), "art/logo.psd": text(POINTER) },
  },
  {
    name: "files whose names Windows does not take are repaired",
    before: { "src/aux.js": "export const aux = 1;\n", "docs/12:30.md": "# Noon\n" },
    after: {
      "src/aux.js": text("export const aux = 2;\n"),
      "docs/12:30.md": text("# Half past\n"),
    },
  },
  {
    name: "a name that a Mac wrote in parts",
    before: { "docs/Cafe\u0301.md": "# Coffee\n" },
    after: { "docs/Cafe\u0301.md": text("# Coffee and tea\n") },
  },
  {
    name: "comments alone",
    before: { "src/clock.js": "export const hours = 24;\n" },
    after: { "src/clock.js": text("// A day of UTC.\nexport const hours = 24;\n") },
  },
  {
    name: "formatting alone",
    before: { "src/list.js": "export const list=[1,2,\n3]\n" },
    after: { "src/list.js": text("export const list = [1, 2, 3];\n") },
  },
  {
    name: "types alone",
    before: { "src/name.d.ts": "export type Name = string;\n" },
    after: { "src/name.d.ts": text("export type Name = string | undefined;\n") },
  },
  {
    name: "the header of a license",
    before: {
      "src/first.js": "export const first = 1;\n",
      "src/second.js": "export const two = 2;\n",
    },
    after: {
      "src/first.js": text(`${LICENSE}export const first = 1;\n`),
      "src/second.js": text(`${LICENSE}export const two = 2;\n`),
    },
  },
  {
    name: "a very long line in a source",
    before: { "src/words.js": "export const words = [];\n" },
    after: {
      "src/words.js": text(
        `export const words = ${JSON.stringify(Array.from({ length: 3_000 }, (_, index) => `word ${index}`))};\n`,
      ),
    },
  },
  { name: "thirty folders down", after: { [`${DEEP}/end.md`]: text("# The end\n") } },
  {
    name: "a line end that is added at the end",
    before: { "docs/unended.md": "# No end" },
    after: { "docs/unended.md": text("# No end\n") },
  },
  {
    name: "a file that is emptied, and one that is filled",
    before: { "docs/full.md": "# Full\n", "docs/hollow.md": "" },
    after: { "docs/full.md": text(""), "docs/hollow.md": text("# Filled\n") },
  },
  {
    name: "two packages of one repository",
    before: {
      "packages/web/src/page.js": "export const page = 1;\n",
      "packages/api/src/route.js": "export const route = 1;\n",
    },
    after: {
      "packages/web/src/page.js": text("export const page = 2;\n"),
      "packages/api/src/route.js": text("export const route = 2;\n"),
    },
  },
  {
    name: "folders whose names say test or docs and that hold programs",
    before: { "packages/spec/src/read.js": "export const read = 1;\n" },
    after: { "packages/spec/src/read.js": text("export const read = 2;\n") },
  },
  {
    name: "a picture in the place of another",
    before: { "docs/shot.png": Buffer.from("89504e470d0a1a0a00", "hex") },
    after: { "docs/shot.png": bytes(Buffer.from("89504e470d0a1a0a0102", "hex")) },
  },
];
