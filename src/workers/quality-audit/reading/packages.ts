import { z } from "zod";

export const LOCKFILE = "package-lock.json";

const Lockfile = z.looseObject({
  lockfileVersion: z.union([z.literal(2), z.literal(3)]),
  packages: z.record(z.string(), z.looseObject({ deprecated: z.unknown().optional() })),
});

/** Packages that their makers gave up, as npm wrote it down, sorted; undefined for what is no lockfile of npm 7 or later. */
export function deprecatedPackages(text: string): readonly string[] | undefined {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    // A lockfile that is no JSON says nothing; the measure is missing with its reason.
    return undefined;
  }
  const read = Lockfile.safeParse(content);
  if (!read.success) return undefined;
  return Object.entries(read.data.packages)
    .filter(([, { deprecated }]) => deprecated !== undefined && deprecated !== false)
    .map(([place]) => place.slice(place.lastIndexOf("node_modules/") + "node_modules/".length))
    .sort();
}
