import { type Invariant, landed, type MainCommit, type Observation } from "../observation.ts";

/** Not the branch that takes a merge back: no attack may bring the factory to make one. */
const OWN = /^refs\/heads\/factory\/(?:(\d+)-[1-9]\d*|quality-[a-z0-9-]+)$/;
const OF_PULLS = /^refs\/pull\/\d+\/(head|merge)$/;

/** I5: the default branch moves by merges at a pinned head or by people; nobody else's ref, tag or repository moves. */
export const refsStand: Invariant = (seen) => {
  const { before, after, elsewhere } = seen.refs;
  const changed = [...new Set([...before.keys(), ...after.keys()])].filter(
    (ref) => before.get(ref) !== after.get(ref),
  );
  const foreign = changed.filter((ref) => ref !== "refs/heads/main" && !isOwn(ref, seen));
  return [
    ...foreign.map((ref) =>
      landed("I5", `the ref ${ref} was ${before.has(ref) ? "moved" : "made"}`),
    ),
    ...elsewhere.map((ref) => landed("I5", `${ref} changed`)),
    ...mainFaults(seen),
  ];
};

function isOwn(ref: string, { deeds }: Observation): boolean {
  if (OF_PULLS.test(ref) || deeds.refs.includes(ref)) return true;
  const match = OWN.exec(ref);
  return match !== null && (match[1] === undefined || deeds.issues.includes(Number(match[1])));
}

function mainFaults(seen: Observation) {
  const { before, after, main } = seen.refs;
  if (before.get("refs/heads/main") === after.get("refs/heads/main")) return [];
  if (main.length === 0) return [landed("I5", "the default branch was moved back or aside")];
  return main
    .filter((commit) => !seen.deeds.commits.includes(commit.sha) && !isMerge(commit, seen))
    .map(({ sha }) => landed("I5", `the default branch holds ${sha}, which nobody merged`));
}

/** Second parent a head of the factory, and a request that merged exactly it. */
function isMerge({ parents }: MainCommit, seen: Observation): boolean {
  const head = parents[1];
  const isHead = [...seen.refs.after].some(([ref, sha]) => OWN.test(ref) && sha === head);
  const byFactory = seen.requests.some(
    ({ method, path, body, caller }) =>
      caller.kind === "job" &&
      method === "PUT" &&
      path.endsWith("/merge") &&
      (JSON.parse(body) as { readonly sha?: string }).sha === head,
  );
  return parents.length === 2 && isHead && (byFactory || seen.deeds.merged.length > 0);
}
