import picomatch from "picomatch";
import type { Refusal } from "./refusal.ts";

const MAXIMUM_BYTES = 200;
const WINDOWS_DEVICE = /^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)/i;
const CONTROL = /[\p{Cc}\p{Zl}\p{Zp}]/u;
const IGNORABLE = /[\p{Default_Ignorable_Code_Point}\p{Cf}]/u;

/**
 * Case- and Unicode-folded form in which policy compares paths, because HFS+ and NTFS would open the same file
 * (CVE-2014-9390 and similar; threats GIT-09).
 */
export function foldPath(path: string): string {
  // Ignored characters are removed first, because they separate a letter from its accent; characters that folding creates are removed afterwards.
  return withoutIgnored(withoutIgnored(path).normalize("NFKC")).toLowerCase();
}

function withoutIgnored(path: string): string {
  return path.replace(/[\p{Default_Ignorable_Code_Point}\p{Cf}]/gu, "");
}

function faultOfSegment(segment: string): string | undefined {
  const folded = foldPath(segment);
  if (segment === "") return "an empty segment";
  if (segment === "." || segment === "..") return "a relative segment";
  if (/^\.git([ .]*)$/.test(folded)) return "a .git segment";
  if (/^git~[0-9]+$/.test(folded)) return "an NTFS short name of .git";
  if (/^\.gitmodules$|^gitmod~[0-9]+$/.test(folded)) return "a submodule file";
  if (/[. ]$/.test(segment)) return "a trailing dot or space";
  if (WINDOWS_DEVICE.test(segment)) return "a reserved device name";
  return undefined;
}

const PATH_FAULTS: readonly { readonly fault: string; readonly of: (path: string) => boolean }[] = [
  { fault: "an empty path", of: (path) => path === "" },
  { fault: "a lone surrogate", of: (path) => !path.isWellFormed() },
  {
    fault: `more than ${MAXIMUM_BYTES} bytes`,
    of: (path) => new TextEncoder().encode(path).length > MAXIMUM_BYTES,
  },
  { fault: "an absolute path", of: (path) => path.startsWith("/") || /^[a-zA-Z]:/.test(path) },
  { fault: "a backslash or colon", of: (path) => /[\\:]/.test(path) },
  { fault: "a control character", of: (path) => CONTROL.test(path) },
  { fault: "an invisible character", of: (path) => IGNORABLE.test(path) },
  { fault: "a name that is not NFC", of: (path) => path.normalize("NFC") !== path },
];

function faultOf(path: string): string | undefined {
  const whole = PATH_FAULTS.find(({ of }) => of(path))?.fault;
  if (whole !== undefined) return whole;
  return path
    .split("/")
    .map(faultOfSegment)
    .find((fault) => fault !== undefined);
}

/** Undefined for a path that is allowed in a tree; otherwise a refusal that names the fault. */
export function refusePath(path: string): Refusal | undefined {
  const fault = faultOf(path);
  if (fault === undefined) return undefined;
  return {
    code: "change-set-invalid",
    subject: JSON.stringify(path).slice(0, 300),
    found: fault,
    accepted: "a relative path of visible NFC characters that never enters .git",
  };
}

/**
 * Whether a path matches one of the globs; compared folded, dot files included. A glob also stands for the folder that is
 * called like it: frameworks name folders `app/(shop)`, `app/[id]` and `app/@modal`.
 */
export function matchesAny(path: string, globs: readonly string[]): boolean {
  const folded = foldPath(path);
  return globs.some((glob) => matcherOf(glob)(folded));
}

/** Compiled globs: the same few are used for every path, and compiling one takes longer than a thousand matches. */
const matchers = new Map<string, (folded: string) => boolean>();
const MOST_MATCHERS = 1_000;

/** Signs of a glob that are letters of a name as well. */
const SIGNS_IN_NAMES = /[()[\]+@!|]/g;

function matcherOf(glob: string): (folded: string) => boolean {
  const known = matchers.get(glob);
  if (known !== undefined) return known;
  if (matchers.size >= MOST_MATCHERS) matchers.clear();
  const folded = foldPath(glob);
  const asNames = folded.replace(SIGNS_IN_NAMES, "\\$&");
  const matcher = picomatch([...new Set([folded, asNames])], { dot: true });
  matchers.set(glob, matcher);
  return matcher;
}
