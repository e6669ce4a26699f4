import { globSync, readFileSync } from "node:fs";
import type { Sent } from "../../twin/github/requests.ts";

export interface NamedRoute {
  /** As the source names it, below the repository. */
  readonly route: string;
  /** A request for it, each parameter filled with something. */
  readonly example: Sent;
}

/** Every route that the sources of a folder name. */
export function routesNamedIn(folder: string): readonly NamedRoute[] {
  const files = globSync(`${folder}/**/*.ts`);
  const routes = files.flatMap((file) =>
    [...readFileSync(file, "utf8").matchAll(/"((?:GET|POST|PUT|PATCH|DELETE) \/[^"…]*)"/g)].map(
      ([, route = ""]) => route,
    ),
  );
  return [...new Set(routes)].sort().map((route) => ({ route, example: exampleOf(route) }));
}

function exampleOf(route: string): Sent {
  const [method = "", template = ""] = route.split(" ");
  const below = template.startsWith("/users/") ? "" : "/repos/OWNER/app";
  const filled = template.replaceAll(/\{\+?\w+\}/g, "1").replace(/\/$/, "");
  return { method, path: `${below}${filled}`, body: undefined };
}
