import { foldPath } from "../../../src/domain/path.ts";
import { type Invariant, landed } from "../observation.ts";

/** What git looks for in a folder to take it for a repository whose config it obeys (threats GIT-11). */
const BARE = [/^head$/, /^objects\/./, /^refs\/./];

/** The part of I3 that is about repositories in the tree: no ref gets a folder that git would work in. */
export const holdsNoRepository: Invariant = ({ refs }) =>
  [...Map.groupBy(refs.changes, ({ ref }) => ref)].flatMap(([ref, changes]) => {
    const paths = changes.filter(({ mode }) => mode !== "000000").map(({ path }) => foldPath(path));
    return paths
      .flatMap((path) => /^(.*\/)?head$/.exec(path)?.[1] ?? [])
      .filter((folder) => isBare(folder, paths))
      .map((folder) => landed("I3", `${ref} holds a bare repository in ${folder}`));
  });

function isBare(folder: string, paths: readonly string[]): boolean {
  const below = paths
    .filter((path) => path.startsWith(folder))
    .map((path) => path.slice(folder.length));
  return BARE.every((pattern) => below.some((path) => pattern.test(path)));
}
