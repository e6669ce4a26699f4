import { z } from "zod";
import { Rebuilt } from "../ledger/rebuilt.ts";
import { Continued, Examined } from "./owned-pull-request.ts";

/** Fields of a build order about its issue's open pull request; absent if there is none. */
export const ON_OPEN_ONE = {
  continues: Continued.optional(),
  /** Ids of review comments that this attempt knows and answers. Absent: none. */
  told: z.array(z.int().positive()).max(50).optional(),
  /** A person only wants the pull request examined as it is, so the change is its own. Absent: it is built. */
  examines: Examined.optional(),
  /** The change of the pull request on a moved base, made by control instead of a coder. Absent: it is to be built. */
  rebuilt: Rebuilt.optional(),
};
