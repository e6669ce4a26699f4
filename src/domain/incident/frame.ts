import { z } from "zod";
import { lastOf, maybeCount, maybeLine } from "./bounded.ts";
import type { Frame } from "./incident.ts";

/** Folders that package managers fill. Code below them is foreign here. */
const DEPENDENCIES: ReadonlySet<string> = new Set([
  "node_modules",
  "bower_components",
  "site-packages",
  "dist-packages",
  "vendor",
  "gems",
  ".cargo",
  ".rustup",
  ".m2",
  ".venv",
  "GOROOT",
]);
/** How Node names its own modules. */
const RUNTIME = /^node:/;
const MOST_FRAMES = 50;
const PATH = 300;

/** A frame in the form that Sentry and our own payload share. */
const RawFrame = z.object({
  path: maybeLine(PATH),
  filename: maybeLine(PATH),
  abs_path: maybeLine(PATH),
  function: maybeLine(200),
  line: maybeCount,
  lineno: maybeCount,
  in_app: z.unknown().optional(),
});
/** A list of frames, of which the last are kept. */
export const Frames = lastOf(RawFrame, MOST_FRAMES);

export function frameOf(raw: z.infer<typeof RawFrame>): Frame | undefined {
  const written = raw.path ?? raw.filename ?? raw.abs_path;
  if (written === undefined) return undefined;
  const path = normalPath(written);
  if (path === "") return undefined;
  const line = raw.line ?? raw.lineno;
  const segments = path.split("/");
  const foreign =
    raw.in_app === false ||
    RUNTIME.test(written) ||
    segments.some((segment) => DEPENDENCIES.has(segment)) ||
    path.includes("go/pkg/mod/");
  return {
    path,
    ...(raw.function === undefined ? {} : { function: raw.function }),
    ...(line === undefined ? {} : { line }),
    foreign,
  };
}

export function framesOf(raw: z.infer<typeof Frames>): readonly Frame[] {
  return raw.flatMap((one) => (one === null ? [] : (frameOf(one) ?? [])));
}

/** A path as a tree would write it: no scheme, host separators, drive, query or steps upward. */
function normalPath(written: string): string {
  const [path = ""] = written.replaceAll("\\", "/").split("?");
  return path
    .replace(/^[a-z][a-z0-9+.-]{0,30}:/i, "")
    .split("/")
    .filter((segment) => segment !== "" && segment !== "." && segment !== "..")
    .join("/");
}
