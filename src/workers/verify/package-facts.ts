import { z } from "zod";
import type { Config } from "../../domain/config/schema.ts";
import type { LockedPackage } from "../../domain/dependencies/npm-entry.ts";
import type { AddedPackage } from "../../domain/evidence.ts";
import { lookAlikeOf } from "../../domain/text/look-alike.ts";
import type { Web } from "../../ports/web.ts";

/** The most packages that a registry is asked about; for the others age and downloads are unknown. */
const ASKED = 50;
/** The description of a package with thousands of versions is longer than that, and its age is then unknown (bytes). */
const DESCRIPTION_BYTES = 20_000_000;
const TIMEOUT_MS = 10_000;
const AT_ONCE = 6;
/** Downloads are counted for this registry only, and names from other registries must not leak to it. */
const PUBLIC = "https://registry.npmjs.org/";

const Published = z.object({ time: z.record(z.string(), z.iso.datetime()) });
const Downloads = z.object({ downloads: z.int().nonnegative() });

/**
 * Facts for a person about packages that an approved lockfile adds. Only asked in the fetch phase, after the approval.
 * Facts that a registry does not give, or gives in an unknown form, are null and never a guess.
 */
export async function describePackages(
  added: readonly LockedPackage[],
  given: {
    readonly known: readonly string[];
    readonly config: Config["dependencies"];
    readonly web: Web;
  },
): Promise<readonly AddedPackage[]> {
  const described: AddedPackage[] = [];
  for (let index = 0; index < added.length; index += AT_ONCE) {
    const batch = added.slice(index, index + AT_ONCE);
    const describing = batch.map((one, place) =>
      describe(one, { ...given, asked: index + place < ASKED }),
    );
    described.push(...(await Promise.all(describing)));
  }
  return described;
}

async function describe(
  one: LockedPackage,
  given: {
    readonly known: readonly string[];
    readonly config: Config["dependencies"];
    readonly web: Web;
    readonly asked: boolean;
  },
): Promise<AddedPackage> {
  const { name, version, resolved, integrity, installScript } = one;
  const { web, config, asked } = given;
  const registry = resolved.slice(0, resolved.lastIndexOf(`/${name}/-/`));
  const description = asked
    ? await readJson(web, `${registry}/${name.replace("/", "%2f")}`, Published)
    : undefined;
  const counted = asked && config.downloads !== null && resolved.startsWith(PUBLIC);
  const counts = counted
    ? await readJson(web, `${config.downloads}/${name}`, Downloads)
    : undefined;
  return {
    name,
    version,
    host: new URL(resolved).host,
    integrity,
    publishedAt: description?.time[version] ?? null,
    weeklyDownloads: counts?.downloads ?? null,
    lookAlike: lookAlikeOf(name, given.known) ?? null,
    installScript,
  };
}

async function readJson<Value>(
  web: Web,
  url: string,
  schema: z.ZodType<Value>,
): Promise<Value | undefined> {
  const bounds = { timeoutMs: TIMEOUT_MS, maximumBytes: DESCRIPTION_BYTES };
  const answer = await web.get(url, bounds);
  if (answer.kind === "unreachable" || answer.status !== 200) return undefined;
  try {
    return schema.safeParse(JSON.parse(answer.body)).data;
  } catch {
    return undefined;
  }
}
