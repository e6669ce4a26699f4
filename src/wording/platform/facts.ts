import type { Facts } from "../../domain/platform/fact.ts";
import { AUTHORITY, SWITCHES } from "./authority.ts";
import { COMPOSITION, LIMITS, RUNNERS } from "./jobs.ts";
import { RELEASES, TIMES, WRITES } from "./writes.ts";

/** By section of the page, in its order. */
export const SECTIONS: Readonly<Record<string, Facts>> = {
  "1 Tokens and what they set off": AUTHORITY,
  "2 Workflows and jobs": COMPOSITION,
  "3 Limits and artifacts": LIMITS,
  "4 Runners": RUNNERS,
  "5 Switches and settings": SWITCHES,
  "6 Commits and merges": WRITES,
  "7 Late, twice, again": TIMES,
  "8 Releases": RELEASES,
};

/** Every fact by its number. */
export const FACTS: Facts = Object.assign({}, ...Object.values(SECTIONS)) as Facts;
