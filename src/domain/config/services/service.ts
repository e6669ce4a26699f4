import { z } from "zod";
import { CheckName } from "../check.ts";
import { PRESET_NAMES, PRESETS } from "./presets.ts";

const Command = z.string().min(1).max(1_000);

const PresetName = z.enum(
  PRESET_NAMES,
  `expected a service whose commands are known: ${PRESET_NAMES.join(", ")}; any other is written with name, run and ready`,
);

const Port = z.int().min(1_024).max(65_535);

/** Names of variables for programs. `SERVICE_…` is reserved for a service's own commands. */
const Environment = z
  .record(
    z
      .string()
      .regex(
        /^(?!SERVICE_)[A-Za-z_][A-Za-z0-9_]{0,99}$/,
        "expected the name of a variable that does not begin with SERVICE_",
      ),
    z.string().max(2_000),
  )
  .refine((variables) => Object.keys(variables).length <= 40, "expected at most 40 variables");

const FIELDS = {
  use: PresetName.optional(),
  name: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,39}$/, "expected lower-case letters, digits and dashes")
    .optional(),
  port: Port.optional(),
  prepare: Command.optional(),
  run: Command.optional(),
  ready: z.union([Command, z.strictObject({ port: Port })]).optional(),
  fill: Command.optional(),
  withinSeconds: z.int().positive().max(600).optional(),
  environment: Environment.optional(),
  checks: z
    .array(CheckName.exclude(["setup"]))
    .min(1)
    .optional(),
} as const;

const Fields = z.strictObject(FIELDS);
type Fields = z.infer<typeof Fields>;

/** A known service by its name, or a mapping. */
const Service = z.union([
  PresetName.transform((use): Fields => ({ use })),
  Fields.superRefine(refineService),
]);
export type Service = z.infer<typeof Service>;

/** Keys that a known service has, and a custom one has to state. */
const WRITTEN_OUT = ["run", "ready"] as const;

function refineService(service: Fields, context: z.RefinementCtx): void {
  const fault = (message: string, ...path: string[]) =>
    context.addIssue({ code: "custom", message, path });
  const { use } = service;
  if (use !== undefined) {
    for (const key of [...WRITTEN_OUT, "prepare"] as const) {
      if (service[key] === undefined) continue;
      fault(`${use} brings it: leave it out, or write the service out under a name`, key);
    }
    return;
  }
  if (service.name === undefined) {
    fault(`expected use (one of ${PRESET_NAMES.join(", ")}), or name, run and ready`);
    return;
  }
  for (const key of WRITTEN_OUT) {
    if (service[key] === undefined) fault(`expected ${key}: ${MEANING[key]}`, key);
  }
  if (service.port !== undefined)
    fault("belongs to use: write the port into run and ready", "port");
}

const MEANING = {
  run: "the command that serves, in the foreground",
  ready: "a command that succeeds once it serves, or the port that answers then",
} as const;

/** Name of a service: its own, or that of the known one. */
export function nameOf({ name, use }: Service): string {
  return name ?? use ?? "service";
}

/** The port by which others find it, if known. */
export function portOf({ use, port, ready }: Service): number | undefined {
  if (use !== undefined) return port ?? PRESETS[use].port;
  return typeof ready === "object" ? ready.port : undefined;
}

/** Environment of the commands beside it: the variables of its own clients, and those of the config. */
export function environmentFor(service: Service): Readonly<Record<string, string>> {
  const { use, environment } = service;
  const known = use === undefined ? {} : PRESETS[use].environment(portOf(service) ?? 0);
  return { ...known, ...environment };
}

/** Services beside the checks, in the order in which they start. */
export const Services = z.array(Service).max(10).superRefine(refineServices);

/** Names, ports and variables have to be unique, because one would hide another. */
function refineServices(services: readonly Service[], context: z.RefinementCtx): void {
  const taken = new Map<string, { readonly by: string; readonly value: string }>();
  for (const [index, service] of services.entries()) {
    const name = nameOf(service);
    const port = portOf(service);
    const claims: readonly (readonly [string, string, string])[] = [
      [`the name ${name}`, `${index}`, "name"],
      ...(port === undefined ? [] : [[`the port ${port}`, `${index}`, "port"] as const]),
      ...Object.entries(environmentFor(service)).map(
        ([key, value]) => [`the variable ${key}`, value, "environment"] as const,
      ),
    ];
    for (const [what, value, key] of claims) {
      const other = taken.get(what);
      if (other === undefined) taken.set(what, { by: name, value });
      else if (other.value !== value) {
        const message = `${what} is taken by the service ${other.by} above: give one of them another`;
        context.addIssue({ code: "custom", message, path: [index, key] });
      }
    }
  }
}
