import type { Reports } from "./report.ts";
import { BYTES } from "./reports/bytes.ts";
import { DOUBLES } from "./reports/doubles.ts";
import { FILES } from "./reports/files.ts";
import { INJECTION } from "./reports/injection.ts";
import { MERGES } from "./reports/merges.ts";
import { MONEY } from "./reports/money.ts";
import { PEOPLE } from "./reports/people.ts";
import { PROOFS } from "./reports/proofs.ts";
import { SILENCE } from "./reports/silence.ts";
import { TRIGGERS } from "./reports/triggers.ts";
import { VERDICTS } from "./reports/verdicts.ts";

/** Every room, by the name of the test that plays it. */
export const ROOMS: Readonly<Record<string, Reports>> = {
  triggers: TRIGGERS,
  silence: SILENCE,
  doubles: DOUBLES,
  verdicts: VERDICTS,
  merges: MERGES,
  injection: INJECTION,
  people: PEOPLE,
  proofs: PROOFS,
  bytes: BYTES,
  files: FILES,
  money: MONEY,
};
