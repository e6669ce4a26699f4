import type { Config } from "../config/schema.ts";
import type { Contract } from "../contract.ts";
import type { ObjectId } from "../digest.ts";
import { foldPath } from "../path.ts";
import { assessRisk, type RiskAssessment } from "./assess-risk.ts";
import { natureOf } from "./file-nature.ts";
import { protectedPathsOf } from "./protection.ts";

/**
 * Predicts the risk of a change from the paths in its contract. They are globs, and each is judged by everything that it
 * matches. People see this before they approve; the tree is assessed again, and a person merges if it turns out riskier.
 */
export function predictRisk(
  contract: Contract,
  place: { readonly base: ObjectId; readonly config: Config },
): RiskAssessment {
  const { paths } = contract.boundaries;
  if (paths.length === 0) return { risk: "medium", reasons: ["the contract bounds no paths"] };
  const named = [...paths, ...contract.context.files];
  const assessed = assessRisk(
    { base: place.base, files: named.map((path) => ({ path, deleted: true as const })) },
    { changedLines: 0, protectedPaths: protectedPathsOf(place.config) },
  );
  const open = named.filter((path) => !letsInOnlyHarmless(path));
  if (open.length === 0) {
    return assessed.risk === "medium"
      ? { risk: "low", reasons: ["names documentation, pictures and tests only"] }
      : assessed;
  }
  return assessed.risk === "low"
    ? { risk: "medium", reasons: [`${open.length} of ${named.length} paths let in more`] }
    : assessed;
}

const HARMLESS_FOLDERS = new Set(["doc", "docs", "documentation", "test", "tests", "__tests__"]);
/** Signs that are not interpreted here: alternatives of patterns, classes, escapes, steps upwards, and braces within braces or with a slash. */
const UNREAD = /[!@+?*]\(|[[\]\\!]|\{[^}]*[{/]|\.\./;

/** Whether a glob matches only prose, pictures, tests by name, or files in a folder of such. */
function letsInOnlyHarmless(glob: string): boolean {
  if (UNREAD.test(glob)) return false;
  const segments = foldPath(glob).split("/");
  const first = segments.findIndex((segment) => /[*?{]/.test(segment));
  if (first < 0) return natureOf(glob) !== "other";
  if (segments.slice(0, first).some((folder) => HARMLESS_FOLDERS.has(folder))) return true;
  return alternativesOf(segments.at(-1) ?? "").every((name) => natureOf(name) !== "other");
}

/** `*.{md,png}` stands for `x.md` and `x.png`. */
function alternativesOf(name: string): readonly string[] {
  const brace = /^([^{]*)\{([^}]*)\}(.*)$/.exec(name);
  if (brace === null) return [name.replace(/[*?]+/g, "x")];
  const [, before = "", inside = "", after = ""] = brace;
  return inside.split(",").flatMap((each) => alternativesOf(`${before}${each}${after}`));
}
