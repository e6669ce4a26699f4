import type { Context } from "hono";
import type { GlobalRoutes, RepositoryHandler } from "./routes/api.ts";
import { methodOf, type RepositoryRouteName, type RouteName } from "./routes.ts";
import type { Twin } from "./state/state.ts";

export interface RestRoutes {
  readonly global: GlobalRoutes;
  readonly repository: Readonly<Record<RepositoryRouteName, RepositoryHandler>>;
}

export interface Call {
  readonly twin: Twin;
  readonly routes: RestRoutes;
  readonly route: RouteName;
  readonly context: Context;
}

/** Writes of REST are all but GET; the twin serves no HEAD or OPTIONS. */
export function isWrite(route: RouteName): boolean {
  return methodOf(route) !== "GET";
}
