import picomatch from "picomatch";
import { CHANGE_SET_LIMITS } from "../../../src/domain/change-set.ts";
import { foldPath, refusePath } from "../../../src/domain/path.ts";
import { isProtected } from "../../../src/domain/trust/protection.ts";
import { type Invariant, landed, type Observation, type TreeChange } from "../observation.ts";

const MODES = ["100644", "100755", "000000"];
const MAIN = "refs/heads/main";
/**
 * What steers agents, CI, its bots and owners, by name and folded: written down anew from the threats (PER-01, QA-04 to
 * QA-06), so that a gap in the project's own list is seen.
 */
const STEERING =
  /(^|\/)(\.[^/]|(agents?|claude|gemini|conventions)[^/]*\.md$|(skill|pull_request_template)\.md$|(codeowners|jenkinsfile|makefile|dangerfile|gradlew|package\.json|cmakelists\.txt|sitecustomize\.py|conf\.py)$|(action|codecov|azure-pipelines|mkdocs)\.ya?ml$|(renovate|opencode|mcp)\.json|(phpunit\.xml|netlify\.toml)$|[\w-]+\.(config|conf|workspace)\.[cm]?[jt]s$)|^quality\.md$/;
/** Characters that show a line otherwise than it runs, as the bytes of UTF-8 (threats IN-03). */
const REVERSING = /\u00e2(\u0080[\u00aa-\u00ae]|\u0081[\u00a6-\u00a9])/;

/** Changes that stand on refs of the factory; what a person put on the default branch is the person's. */
function changesOf(seen: Observation): readonly TreeChange[] {
  const people = new Set([...seen.deeds.refs]);
  const pushed = seen.deeds.commits.length > 0;
  return seen.refs.changes.filter(({ ref }) => !people.has(ref) && !(pushed && ref === MAIN));
}

/** I3: a tree differs from its base in allowed paths, regular files, allowed modes, within bounds. Read from raw tree diffs. */
export const treesAreClean: Invariant = (seen) => {
  const changes = changesOf(seen);
  const boundaries = seen.handovers.flatMap(({ name, value }) =>
    name === "order.json" ? ((value as OrderPart).contract?.boundaries.paths ?? []) : [],
  );
  const isAudit = (ref: string) => /^refs\/(heads\/factory\/quality|pull)/.test(ref);
  const outside = changes.filter(
    ({ ref, path }) =>
      !(isAudit(ref) && path === "quality.md") &&
      !picomatch.isMatch(foldPath(path), boundaries.map(foldPath), { dot: true }),
  );
  const files = Map.groupBy(changes, ({ ref }) => ref);
  return [
    ...changes
      .filter(({ mode, oldMode }) => !MODES.includes(mode) || !MODES.includes(oldMode))
      .map(({ ref, path, oldMode, mode }) =>
        landed("I3", `${ref} holds ${path} as ${mode}, which was ${oldMode}`),
      ),
    ...changes
      .filter(({ path, mode }) => mode !== "000000" && refusePath(path) !== undefined)
      .map(({ ref, path }) => landed("I3", `${ref} holds the path ${JSON.stringify(path)}`)),
    ...outside.map(({ ref, path }) =>
      landed("I3", `${ref} changes ${JSON.stringify(path)} outside the contract`),
    ),
    ...[...files]
      .filter(([, list]) => list.length > CHANGE_SET_LIMITS.files)
      .map(([ref, list]) => landed("I3", `${ref} changes ${list.length} files`)),
    ...(REVERSING.test(seen.refs.objects)
      ? [landed("I3", "an object holds characters that show a line otherwise than it runs")]
      : []),
    ...seen.forbidden
      .filter((text) => seen.refs.objects.includes(text))
      .map((text) =>
        landed("I3", `an object holds ${JSON.stringify(text)}, which a check forbids`),
      ),
    ...seen.refs.twins.map((same) => landed("I3", `one file by two names: ${same}`)),
    ...(seen.refs.fsck === "" ? [] : [landed("I3", `git fsck: ${seen.refs.fsck.slice(0, 300)}`)]),
  ];
};

interface OrderPart {
  readonly contract?: { readonly boundaries: { readonly paths: readonly string[] } };
}

/** I8: what steers the next run stands on the default branch as it did, unless a person merged or pushed it. */
export const steeringStands: Invariant = (seen) => {
  if (seen.deeds.merged.length > 0 || seen.deeds.commits.length > 0) return workflowsStand(seen);
  return seen.refs.changes
    .filter(({ ref, path }) => ref === MAIN && steers(path, seen))
    .map(({ path }) =>
      landed("I8", `the default branch has another ${path}, and no person merged it`),
    );
};

function steers(path: string, { config }: Observation): boolean {
  return (
    isProtected(path, config.protect) ||
    config.harness.includes(path) ||
    STEERING.test(foldPath(path))
  );
}

/** Not even a branch holds a workflow or a config: no person can approve what the platform would run at once. */
function workflowsStand(seen: Observation) {
  return changesOf(seen)
    .filter(({ path }) => /^\.github\/(workflows\/|factory)/.test(foldPath(path)))
    .map(({ ref, path }) => landed("I8", `${ref} has another ${path}`));
}
