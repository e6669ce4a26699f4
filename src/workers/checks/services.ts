import type { Config } from "../../domain/config/schema.ts";
import { servicesFor } from "../../domain/config/services/plan.ts";
import type { Refusal } from "../../domain/refusal.ts";
import { cut } from "../../domain/text/cut.ts";
import { withoutEscapes } from "../../domain/text/without-escapes.ts";
import type { FailedService, SandboxResult, Workspace } from "../../ports/sandbox.ts";

/** `the service postgres was not ready: it ended with 1`. */
export function sayService({ name, reason }: FailedService): string {
  return `the service ${name} ${withoutEscapes(reason)}`;
}

/** Report of a service that stopped early, for the output of the command beside it; empty if none. */
export function sayServiceLog({ failedService }: SandboxResult): string {
  if (failedService === undefined) return "";
  const log =
    failedService.log === "" ? "its log is empty" : `its log ends with:\n${failedService.log}`;
  return `\n[${sayService(failedService)}; ${log}]\n`;
}

/**
 * Starts every service of a config once, alone, on base bytes only. A service that does not start there says nothing
 * about a change: somebody has to fix the config, or the preparation of the runner. Undefined if all start.
 */
export async function tryServices(
  workspace: Workspace,
  config: Config,
  remainingMs: number,
): Promise<Refusal | undefined> {
  const services = servicesFor(config, "agent");
  if (services === undefined) return undefined;
  const bound = services.plans.reduce((sum, { withinSeconds }) => sum + withinSeconds, 1);
  const timeoutMs = Math.max(1, Math.floor(Math.min(bound * 1_000, remainingMs)));
  const result = await workspace.run({ command: "true", timeoutMs, services });
  const { failedService, status, exitCode } = result;
  if (failedService === undefined && exitCode === 0) return undefined;
  const how =
    failedService !== undefined
      ? `${failedService.reason}: ${failedService.log.slice(-1_000)}`
      : status === "timed-out"
        ? `not ready within ${Math.round(timeoutMs / 1_000)} s`
        : `exit code ${exitCode}: ${result.output.trim().slice(-1_000)}`;
  return {
    code: "check-failed",
    subject: failedService === undefined ? "sandbox.services" : `the service ${failedService.name}`,
    found: cut(withoutEscapes(how).trim(), 2_000),
    accepted: "every service of `sandbox.services` gets ready on the base commit",
    hint: "mend-services",
  };
}
