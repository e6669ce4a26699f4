import type { CheckName } from "../check.ts";
import type { Config } from "../schema.ts";
import { PRESETS, type Preset, type ServicePlan } from "./presets.ts";
import { environmentFor, nameOf, portOf, type Service } from "./service.ts";

/** Services that a sandboxed program can use. */
export interface ServicesBeside {
  readonly plans: readonly ServicePlan[];
  /** Environment of the commands beside them. */
  readonly environment: Readonly<Record<string, string>>;
}

/** Time limit of a service that names none, in seconds. */
const WITHIN_SECONDS = 60;

/**
 * Services beside a check, or beside an agent, who may run any check. Never beside `setup`, which uses the host's
 * network, where ports belong to others. Undefined if none.
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
