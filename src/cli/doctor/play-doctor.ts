import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Context } from "../command/context.ts";
import { terminalFor } from "../command/output.ts";
import { findOwnPin } from "../init/own-pin.ts";
import type { DoctorArguments } from "./arguments.ts";
import { diagnose } from "./diagnose.ts";
import { gatherFacts } from "./gather.ts";
import { sayFindings } from "./say-findings.ts";

/** Looks, says what it found, and answers the exit code: 1 where something is in the way. */
export async function playDoctor(
  asked: DoctorArguments,
  { millwright, environment, write }: Context,
): Promise<number> {
  const { repo, json } = asked;
  const { version } = JSON.parse(await readFile(join(millwright, "package.json"), "utf8"));
  const own = await findOwnPin(millwright, String(version));
  const now = new Date().toISOString();
  const findings = diagnose(
    await gatherFacts({ repo, millwright, environment, now, own: own?.ref }),
  );
  const ok = !findings.some(({ state }) => state === "bad");
  sayFindings(terminalFor(asked).results, findings);
  if (json) write(`${JSON.stringify({ ok, findings })}\n`);
  return ok ? 0 : 1;
}
