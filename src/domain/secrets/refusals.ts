import type { ChangedFile, ChangeSet } from "../change-set.ts";
import type { Refusal } from "../refusal.ts";
import { type Leak, type SecretScan, type Suspicion, suspect } from "./scan.ts";
import { bytesOfBase64 } from "./views.ts";

/**
 * Finds a known secret in a JSON value. Neighboring strings, and file names without their folders, are also read as one,
 * so that a secret split across fields or names is found. A changed file is named by its path, anything else by its
 * place, like `verdict.findings.0.claim`. The refusal never contains the value.
 */
export function refuseLeak(value: unknown, scan: SecretScan): Refusal | undefined {
  const pieces = piecesOf(value, "");
  const whole = pieces.map(({ text }) => text).join("\n");
  const spread = scan(whole) ?? scan(fileNames(pieces));
  if (spread === undefined) return undefined;
  for (const { place, text } of pieces) {
    const leak = scan(text);
    if (leak !== undefined) return leakRefusal(leak, place, scan);
  }
  return leakRefusal({ name: spread.name, form: spread.form }, "several places together", scan);
}

/** The refusal of a known secret at a place. A place that contains the secret itself is not named. */
export function leakRefusal(leak: Leak, place: string, scan: SecretScan): Refusal {
  const where = leak.line === undefined ? place : `${place}:${leak.line}`;
  return {
    code: "secret-leaked",
    subject: scan(where) === undefined ? where.slice(0, 300) : "a place whose name holds it",
    found: `the value of ${leak.name}${leak.form === "" ? "" : `, as ${leak.form}`}`,
    accepted: "no secret of this run, in no form",
  };
}

/**
 * Apparent secrets in the names or content of a change. `base` is the joint content of the changed paths on the base, so
 * that moved and untouched lines do not count; empty if unknown, and then all lines count.
 */
export function refuseSuspicious(
  changeSet: ChangeSet,
  base: readonly Uint8Array[] = [],
): Refusal | undefined {
  const texts = base.map((bytes) => new TextDecoder().decode(bytes)).join("\n");
  const characters = base.map((bytes) => LATIN1.decode(bytes)).join("\n");
  for (const file of changeSet.files) {
    // Binary bytes are searched one character per byte, before and after alike.
    const before = "encoding" in file && file.encoding === "base64" ? characters : texts;
    const name = suspect(file.path, texts);
    if (name !== undefined) return suspicionRefusal(name, "the name of a changed file");
    const content = suspect(contentOf(file), before);
    if (content !== undefined) return suspicionRefusal(content, file.path);
  }
  return undefined;
}

/** The refusal of an apparent secret at a place. */
export function suspicionRefusal({ rule, line }: Suspicion, place: string): Refusal {
  return {
    code: "secret-found",
    subject: `${place}:${line}`.slice(0, 300),
    found: `what the rule ${rule} looks for`,
    accepted: "values made at run time, read from the environment, or plainly not real",
  };
}

/** Content of the file as text; binary content byte by byte, so that embedded text is visible. */
function contentOf(file: ChangedFile): string {
  if ("deleted" in file) return "";
  return file.encoding === "utf-8" ? file.content : latin1(file.content);
}

function latin1(base64: string): string {
  return LATIN1.decode(bytesOfBase64(base64));
}

const LATIN1 = new TextDecoder("latin1");

interface Piece {
  readonly place: string;
  readonly text: string;
}

/** Every string inside, in order; then the keys, which are untrusted before a schema was applied. */
function piecesOf(value: unknown, place: string): readonly Piece[] {
  if (typeof value === "string") return [{ place, text: value }];
  if (typeof value !== "object" || value === null) return [];
  if ("path" in value && typeof value.path === "string" && "content" in value) {
    return piecesOfFile({ ...value, path: value.path }, place);
  }
  const members = Object.entries(value);
  const keys = Array.isArray(value)
    ? []
    : [{ place: `keys of ${place || "the whole"}`, text: Object.keys(value).join("\n") }];
  return [
    ...members.flatMap(([key, member]) => piecesOf(member, place === "" ? key : `${place}.${key}`)),
    ...keys,
  ];
}

function piecesOfFile(
  { path, content, ...rest }: { readonly path: string; readonly content: unknown },
  place: string,
): readonly Piece[] {
  const inside = piecesOf(content, path);
  const bytes =
    "encoding" in rest && rest.encoding === "base64" && typeof content === "string"
      ? [{ place: path, text: latin1(content) }]
      : [];
  return [{ place: `${place}.path`, text: path }, ...inside, ...bytes, ...piecesOf(rest, place)];
}

function fileNames(pieces: readonly Piece[]): string {
  const paths = pieces.filter(({ place }) => place.endsWith(".path"));
  return paths.map(({ text }) => text.replace(/^.*\//s, "").replace(/\.\w{1,5}$/, "")).join("\n");
}
