import { z } from "zod";
import { LOCKFILE } from "./packages.ts";

/** Places of a committed advisory report; the first existing one counts. */
export const ADVISORY_REPORTS = ["reports/npm-audit.json", "reports/osv.json"] as const;

/** `npm audit --json` of npm 7 or later: a package is listed for its own advisory, or for another package. */
const NpmAudit = z.looseObject({
  auditReportVersion: z.literal(2),
  vulnerabilities: z.record(
    z.string(),
    z.looseObject({
      via: z.array(
        z.union([z.string(), z.looseObject({ name: z.string(), url: z.string().min(1) })]),
      ),
    }),
  ),
});

/** `osv-scanner --format json`. */
const Osv = z.looseObject({
  results: z.array(
    z.looseObject({
      source: z.looseObject({ path: z.string().min(1) }),
      packages: z.array(
        z.looseObject({
          package: z.looseObject({ name: z.string() }),
          vulnerabilities: z.array(z.looseObject({ id: z.string().min(1) })).default([]),
        }),
      ),
    }),
  ),
});

/** Each advisory once, however many packages have it. */
export interface AdvisoryReport {
  readonly source: string;
  readonly advisories: readonly { readonly id: string; readonly of: string }[];
  /** Its lockfiles: paths of the repository, or of the machine that made it. */
  readonly about: readonly string[];
}

/** Undefined if it is no report of either kind. */
export function readAdvisories(path: string, text: string): AdvisoryReport | undefined {
  const content = parseJson(text);
  const npm = NpmAudit.safeParse(content);
  if (npm.success) {
    const found = Object.values(npm.data.vulnerabilities).flatMap(({ via }) =>
      via.flatMap((one) => (typeof one === "string" ? [] : [{ id: one.url, of: one.name }])),
    );
    return { source: path, advisories: once(found), about: [LOCKFILE] };
  }
  const osv = Osv.safeParse(content);
  if (!osv.success) return undefined;
  const { results } = osv.data;
  const found = results.flatMap(({ packages }) =>
    packages.flatMap((one) => one.vulnerabilities.map(({ id }) => ({ id, of: one.package.name }))),
  );
  return {
    source: path,
    advisories: once(found),
    about: results.map(({ source }) => source.path),
  };
}

function once(found: AdvisoryReport["advisories"]): AdvisoryReport["advisories"] {
  const byId = new Map(found.map((one) => [one.id, one]));
  return [...byId.values()].sort((left, right) => (left.id < right.id ? -1 : 1));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Text that is not JSON is no report, like any other that does not fit.
    return undefined;
  }
}
