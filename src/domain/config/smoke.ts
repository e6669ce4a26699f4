import { z } from "zod";
import { hostsOf, Probe, programProbeOf } from "./probe.ts";

const NO_HOST =
  "expected a host that it may reach: name addresses in hosts, or a probe with get, or smoke.deploy.sha";

/** How a merge goes live, and what must answer then. */
export const Smoke = z
  .strictObject({
    deploy: z
      .strictObject({
        workflow: z
          .string()
          .regex(/^[A-Za-z0-9._-]+\.ya?ml$/, "expected a file name in .github/workflows")
          .optional(),
        /** The environment whose deployment GitHub reports. */
        status: z.string().min(1).max(255).optional(),
        /** A URL whose answer contains the live commit. */
        sha: z.url({ protocol: /^https?$/ }).optional(),
        timeoutSeconds: z.int().positive().max(3_600).default(600),
      })
      .refine(
        ({ workflow, status, sha }) => (workflow ?? status ?? sha) !== undefined,
        "expected what deploys or where that is seen: workflow, status or sha",
      )
      .optional(),
    probes: z.array(Probe).max(20).default([]),
    /** Seconds over which the tries of a failing probe are spread. */
    spreadSeconds: z.int().nonnegative().max(300).default(20),
  })
  .superRefine((smoke, context) => {
    for (const [index, probe] of smoke.probes.entries()) {
      const program = programProbeOf(probe);
      if (program === undefined || hostsOf(smoke, program).length > 0) continue;
      context.addIssue({ code: "custom", message: NO_HOST, path: ["probes", index] });
    }
  });

export type Smoke = z.infer<typeof Smoke>;
