import { matchesAny } from "../../domain/path.ts";
import type { AreaOf } from "./history.ts";

/** The first area of the config that names the path, else the first folder of the path, `./` for a file beside it. */
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
