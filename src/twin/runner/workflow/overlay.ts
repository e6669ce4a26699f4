import { isMap, isScalar, type Pair, parseDocument, type YAMLMap } from "yaml";

/**
 * Keys that GitHub has and the present parser does not know yet. They are blanked in a file before it is parsed, so
 * that lines and columns stay. Their values are checked and enforced here.
 * test/twin/runner/overlay.test.ts fails once the parser knows one: then its line is removed here.
 *
 * `cache-mode` (2026-09-10): github.blog/changelog/2026-09-10-control-github-actions-cache-access-with-cache-mode
 */
export const KEYS_UNKNOWN_TO_PARSER = ["cache-mode"] as const;

const CACHE_MODES = ["none", "read", "write", "write-only"] as const;
export type CacheMode = (typeof CACHE_MODES)[number];

export interface Overlay {
  /** The file without the keys, same length and lines. */
  readonly content: string;
  readonly workflowCacheMode: CacheMode | undefined;
  /** By job id. */
  readonly jobCacheModes: ReadonlyMap<string, CacheMode>;
  readonly errors: readonly string[];
}

/** Removes the new keys from a workflow file. A file that is no YAML is returned unchanged. */
export function applyOverlay(name: string, content: string): Overlay {
  const found = findKeys(content);
  const errors: string[] = [];
  const jobCacheModes = new Map<string, CacheMode>();
  let workflowCacheMode: CacheMode | undefined;
  for (const key of found) {
    const mode = CACHE_MODES.find((known) => known === key.value);
    if (mode === undefined) {
      const line = content.slice(0, key.start).split("\n").length;
      errors.push(
        `${name} (Line: ${line}): Unexpected value '${key.value}' for 'cache-mode'. Write one of: ${CACHE_MODES.join(", ")}`,
      );
    } else if (key.job === undefined) {
      workflowCacheMode = mode;
    } else {
      jobCacheModes.set(key.job, mode);
    }
  }
  return { content: found.reduce(blank, content), workflowCacheMode, jobCacheModes, errors };
}

function findKeys(content: string): readonly FoundKey[] {
  const document = parseDocument(content);
  const root = document.contents;
  if (document.errors.length > 0 || !isMap(root)) {
    return [];
  }
  const jobs = root.get("jobs", true);
  const inJobs = (isMap(jobs) ? jobs.items : []).flatMap((pair) =>
    isMap(pair.value) ? keysOf(pair.value, textOf(pair.key)) : [],
  );
  return [...keysOf(root, undefined), ...inJobs];
}

/** Cache access of a called job: the requested one, never more than its caller's. */
export function narrowCacheMode(
  asked: CacheMode | undefined,
  granted: CacheMode | undefined,
): CacheMode | undefined {
  if (granted === undefined) {
    return asked;
  }
  const both = accessOf(asked ?? granted).filter((access) => accessOf(granted).includes(access));
  return CACHE_MODES.find((mode) => accessOf(mode).join() === both.join());
}

function accessOf(mode: CacheMode): readonly string[] {
  return { none: [], read: ["read"], write: ["read", "write"], "write-only": ["write"] }[mode];
}

interface FoundKey {
  readonly job: string | undefined;
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

function keysOf(map: YAMLMap, job: string | undefined): FoundKey[] {
  return map.items.flatMap((pair: Pair) => {
    const known = KEYS_UNKNOWN_TO_PARSER.some((key) => key === textOf(pair.key));
    if (!known || !isScalar(pair.key) || !pair.key.range) {
      return [];
    }
    const value = isScalar(pair.value) ? pair.value : undefined;
    const end = value?.range?.[1] ?? pair.key.range[1] + 1;
    return [{ job, value: String(value?.value ?? ""), start: pair.key.range[0], end }];
  });
}

function textOf(key: unknown): string {
  return isScalar(key) ? String(key.value) : String(key);
}

function blank(content: string, key: FoundKey): string {
  // In a flow mapping the comma after the pair is removed too; a comma before it may stay.
  const comma = /^\s*,/.exec(content.slice(key.end))?.[0].length ?? 0;
  const end = key.end + comma;
  const spaces = content.slice(key.start, end).replace(/[^\n]/g, " ");
  return content.slice(0, key.start) + spaces + content.slice(end);
}
