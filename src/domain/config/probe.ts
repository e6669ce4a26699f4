import { z } from "zod";
import { readJsonPath } from "./json-path.ts";

/** A path below the root, without `..`, of a file that Node runs. */
const SCRIPT = /^(?!\.{0,2}\/)(?!.*(?:^|\/)\.\.?(?:\/|$))[\w@./ -]+\.[cm]?[jt]s$/;

/** The expected value at one place of a JSON answer. */
const JsonExpectation = z.strictObject({
  path: z
    .string()
    .max(200)
    .refine(
      (path) => readJsonPath(path) !== undefined,
      "expected a path to one value, like $.db[0].state",
    ),
  equals: z.union([z.string().max(500), z.number(), z.boolean(), z.null()]),
});
export type JsonExpectation = z.infer<typeof JsonExpectation>;

const Expectation = z.strictObject({
  status: z.int().min(100).max(599).default(200),
  bodyMatches: z.string().max(500).optional(),
  json: z.array(JsonExpectation).min(1).max(10).optional(),
  withinMs: z.int().positive().max(60_000).optional(),
});

const WebAddress = z.url({
  protocol: /^https?$/,
  error: "expected an address that begins with https:// or http://",
});

/** One of three kinds, by its first key. `refineProbe` refuses a probe of no kind or of two. */
export const Probe = z
  .strictObject({
    get: WebAddress.optional(),
    /** A command line for a shell, in the tree on which the change was made. */
    run: z.string().min(1).max(1_000).optional(),
    /** A browser script of that tree, run by Node. */
    playwright: z
      .string()
      .max(300)
      .regex(
        SCRIPT,
        "expected the path of a .js, .mjs, .cjs, .ts, .mts or .cts file below the root",
      )
      .optional(),
    expect: Expectation.optional(),
    timeoutSeconds: z.int().positive().max(600).optional(),
    /** Addresses of hosts that a program may reach, besides those of the other probes and of the deploy. */
    hosts: z.array(WebAddress).max(20).optional(),
  })
  .superRefine(refineProbe);

export type Probe = z.infer<typeof Probe>;

const KINDS = ["get", "run", "playwright"] as const;
const OF_PROGRAMS = ["timeoutSeconds", "hosts"] as const;

type Keys = Partial<
  Readonly<Record<(typeof KINDS)[number] | (typeof OF_PROGRAMS)[number], unknown>>
>;

function refineProbe(probe: Keys & { readonly expect?: unknown }, context: z.RefinementCtx): void {
  const kinds = KINDS.filter((kind) => probe[kind] !== undefined);
  const fault = (message: string, ...path: string[]) =>
    context.addIssue({ code: "custom", message, path });
  if (kinds.length === 0) fault("expected what is asked: get, run or playwright");
  if (kinds.length > 1) fault(`expected one of ${kinds.join(", ")}: a probe is one question`);
  if (kinds.length !== 1) return;
  const isProgram = probe.get === undefined;
  if (isProgram && probe.expect !== undefined) {
    fault("belongs to get: of a program the exit code 0 is expected", "expect");
  }
  for (const key of isProgram ? [] : OF_PROGRAMS) {
    if (probe[key] !== undefined) fault("belongs to run and playwright: leave it out", key);
  }
}

/** A probe that asks an address. */
export interface WebProbe {
  readonly get: string;
  readonly expect: z.infer<typeof Expectation>;
}

/** The web probe; undefined for a program. */
export function webProbeOf({ get, expect }: Probe): WebProbe | undefined {
  return get === undefined ? undefined : { get, expect: expect ?? { status: 200 } };
}

/** A probe that is a program of the repository, and its origin. */
export type ProgramProbe = Pick<Probe, "hosts" | "timeoutSeconds"> &
  ({ readonly run: string } | { readonly playwright: string });

/** The program probe; undefined for one that asks an address. */
export function programProbeOf({ run, playwright, ...bounds }: Probe): ProgramProbe | undefined {
  const { hosts, timeoutSeconds } = bounds;
  const known = {
    ...(hosts === undefined ? {} : { hosts }),
    ...(timeoutSeconds === undefined ? {} : { timeoutSeconds }),
  };
  if (run !== undefined) return { run, ...known };
  return playwright === undefined ? undefined : { playwright, ...known };
}

/** Keys that people look for in a probe, and what to write instead. */
export const REFUSED_PROBE_KEYS: Readonly<Record<string, string>> = {
  command: "a command is written as run",
  script: "a script for a browser is written as playwright, any other as a command in run",
};

interface SmokeHosts {
  readonly deploy?: { readonly sha?: string | undefined } | undefined;
  readonly probes: readonly Probe[];
}

/** Hosts that a program may reach, as `host:port`: its own list, those of the other probes, and of the deploy. */
export function hostsOf(
  { deploy, probes }: SmokeHosts,
  { hosts = [] }: ProgramProbe,
): readonly string[] {
  const addresses = [deploy?.sha, ...probes.map(({ get }) => get), ...hosts];
  return [...new Set(addresses.flatMap((address) => (address ? [hostOf(address)] : [])))];
}

/** Text that is no address stays as it is: this runs while the config is still being validated, and reports it there. */
function hostOf(address: string): string {
  if (!URL.canParse(address)) return address;
  const { hostname, port, protocol } = new URL(address);
  return `${hostname}:${port === "" ? (protocol === "https:" ? "443" : "80") : port}`;
}
