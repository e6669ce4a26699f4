import { createHash } from "node:crypto";
import type { LockedPackage } from "../../domain/dependencies/npm-entry.ts";
import type { Refusal } from "../../domain/refusal.ts";
import { cut } from "../../domain/text/cut.ts";
import type { Web } from "../../ports/web.ts";

/** Limits of one fetch phase, in packages, bytes and ms. */
export const FETCH_LIMITS = {
  packages: 1_000,
  packageBytes: 50_000_000,
  totalBytes: 300_000_000,
  eachMs: 60_000,
} as const;

/** Few enough for a registry's limits, and for memory. */
const AT_ONCE = 6;

/** A tarball with exactly the bytes in the approved lockfile. */
export interface FetchedPackage {
  /** SHA-512 in hexadecimal, by which npm's cache finds it. */
  readonly hash: string;
  readonly bytes: Uint8Array;
}

/**
 * The fetch phase: the worker itself gets each tarball from the checked address in the lockfile, and compares its
 * SHA-512. No package manager, script or code of the repository runs; only the address is sent. `keep` gets a few
 * packages at a time. Resolves with the refusal of the first that fails.
 */
export async function fetchPackages(
  packages: readonly LockedPackage[],
  given: {
    readonly web: Web;
    readonly keep: (fetched: readonly FetchedPackage[]) => Promise<void>;
    /** Time left for the run, in ms. */
    readonly remainingMs: () => number;
  },
): Promise<Refusal | undefined> {
  if (packages.length > FETCH_LIMITS.packages) {
    const found = `${packages.length}`;
    return tooMuch("packages to fetch", found, `at most ${FETCH_LIMITS.packages}`);
  }
  let total = 0;
  for (let index = 0; index < packages.length; index += AT_ONCE) {
    const batch = packages.slice(index, index + AT_ONCE);
    const fetched = await Promise.all(batch.map((one) => fetchOne(one, given)));
    const refused = fetched.find((one) => "code" in one);
    if (refused !== undefined && "code" in refused) return refused;
    const kept = fetched.filter((one) => "bytes" in one);
    total += kept.reduce((sum, { bytes }) => sum + bytes.length, 0);
    if (total > FETCH_LIMITS.totalBytes) {
      return tooMuch("bytes of packages", `${total}`, `at most ${FETCH_LIMITS.totalBytes}`);
    }
    await given.keep(kept);
  }
  return undefined;
}

async function fetchOne(
  one: LockedPackage,
  { web, remainingMs }: { readonly web: Web; readonly remainingMs: () => number },
): Promise<FetchedPackage | Refusal> {
  const timeoutMs = Math.floor(Math.min(FETCH_LIMITS.eachMs, remainingMs()));
  if (timeoutMs <= 0) return unfetched(one, "the time of this run is used up");
  const maximumBytes = FETCH_LIMITS.packageBytes;
  const answer = await web.download(one.resolved, { timeoutMs, maximumBytes });
  if (answer.kind === "unreachable") return unfetched(one, answer.reason);
  if (answer.status !== 200) return unfetched(one, `status ${answer.status}`);
  if (!answer.complete) return tooMuch(one.resolved, "more", `at most ${maximumBytes} bytes`);
  const hash = createHash("sha512").update(answer.bytes).digest();
  const integrity = `sha512-${hash.toString("base64")}`;
  if (integrity !== one.integrity) {
    return {
      code: "dependencies-refused",
      subject: cut(one.resolved, 300),
      found: `the registry gave ${integrity}`,
      accepted: one.integrity,
      hint: "refuse-the-packages",
    };
  }
  return { hash: hash.toString("hex"), bytes: answer.bytes };
}

function unfetched({ resolved }: LockedPackage, reason: string): Refusal {
  return { code: "dependencies-unfetched", subject: cut(resolved, 300), found: cut(reason, 500) };
}

function tooMuch(subject: string, found: string, accepted: string): Refusal {
  return { code: "limit-exceeded", subject: cut(subject, 300), found, accepted };
}
