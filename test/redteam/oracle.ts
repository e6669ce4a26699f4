import type { Invariant, InvariantName, Observation, Violation } from "./observation.ts";
import { alertsKeepTheirPlace } from "./oracle/alerts.ts";
import { runnerObeysUs } from "./oracle/commands.ts";
import { refsStand } from "./oracle/refs.ts";
import { nothingRemains } from "./oracle/remains.ts";
import { holdsNoRepository } from "./oracle/repositories.ts";
import { requestsAreAllowed } from "./oracle/requests.ts";
import { secretsStay } from "./oracle/secrets.ts";
import { textsAreInert } from "./oracle/shown.ts";
import { spendIsBounded } from "./oracle/spend.ts";
import { stopsAreARight } from "./oracle/stops.ts";
import { steeringStands, treesAreClean } from "./oracle/trees.ts";
import { verdictsHold } from "./oracle/verdicts.ts";

/** The invariants of threats §1.1, all asked after every attack. Each is proven to fire by a planted violation. */
export const ORACLE: Readonly<Record<InvariantName, readonly Invariant[]>> = {
  I1: [requestsAreAllowed, textsAreInert, alertsKeepTheirPlace],
  I2: [secretsStay],
  I3: [treesAreClean, holdsNoRepository],
  I4: [nothingRemains],
  I5: [refsStand],
  I6: [runnerObeysUs],
  I7: [spendIsBounded, stopsAreARight],
  I8: [steeringStands],
  I9: [verdictsHold],
};

/** An invariant that cannot be asked is violated: unknown means refuse. */
export function askOracle(seen: Observation): readonly Violation[] {
  return Object.entries(ORACLE).flatMap(([name, invariants]) =>
    invariants.flatMap((invariant) => {
      try {
        return invariant(seen);
      } catch (error) {
        const what = `could not be asked: ${error instanceof Error ? error.message : String(error)}`;
        return [{ invariant: name as InvariantName, kind: "landed" as const, what }];
      }
    }),
  );
}
