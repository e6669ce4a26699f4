import type { CheckName } from "../check.ts";
import type { Config } from "../schema.ts";
import { PRESETS, type Preset, type ServicePlan } from "./presets.ts";
import { environmentFor, nameOf, portOf, type Service } from "./service.ts";

/** What a sandboxed program finds beside it. */
export interface ServicesBeside {
  readonly plans: readonly ServicePlan[];
  /** What commands beside them find in their environment. */
  readonly environment: Readonly<Record<string, string>>;
}

/** Bound of a service that names none, in seconds. */
const WITHIN_SECONDS = 60;

/**
 * The services that stand beside a check, or beside an agent, who may run any of them. Never beside `setup`: that one has the
 * host's network, in which ports belong to others. Undefined for none.
 */
export function servicesFor(
  { sandbox }: Pick<Config, "sandbox">,
  beside: CheckName | "agent",
): ServicesBeside | undefined {
  const isBeside = ({ checks }: Service) =>
    beside === "agent" ||
    (beside !== "setup" && (checks === undefined || checks.some((name) => name === beside)));
  const services = sandbox.services.filter(isBeside);
  if (services.length === 0) return undefined;
  return {
    plans: services.map(planOf),
    environment: Object.assign({}, ...services.map(environmentFor)),
  };
}

function planOf(service: Service): ServicePlan {
  const { use, prepare, run = "", ready, fill, withinSeconds = WITHIN_SECONDS } = service;
  const own = { name: nameOf(service), port: portOf(service), fill, withinSeconds };
  if (use !== undefined) {
    const { folders, programs, ...commands } = PRESETS[use] as Preset;
    const known = { prepare: commands.prepare, run: commands.run, ready: commands.ready };
    return { ...own, folders, programs, ...known };
  }
  const asked = typeof ready === "string" ? ready : undefined;
  return { ...own, folders: [], programs: [], prepare, run, ready: asked };
}
