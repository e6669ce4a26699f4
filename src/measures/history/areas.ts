import { matchesAny } from "../../domain/path.ts";
import type { AreaOf } from "./history.ts";

/** The first area of the config that names the path, or else its first folder; `./` for a file at the root. */
export function areasBy(
  areas: readonly { readonly name: string; readonly paths: readonly string[] }[],
): AreaOf {
  return (path) => {
    const area = areas.find(({ paths }) => matchesAny(path, paths));
    if (area !== undefined) return area.name;
    const slash = path.indexOf("/");
    return slash < 0 ? "./" : `${path.slice(0, slash)}/`;
  };
}
