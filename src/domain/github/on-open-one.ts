import { z } from "zod";
import { Rebuilt } from "../ledger/rebuilt.ts";
import { Continued, Examined } from "./owned-pull-request.ts";

/** What an order to build says of the open pull request of its issue; nothing where there is none. */
export const ON_OPEN_ONE = {
  continues: Continued.optional(),
  /** Comments of review threads that this attempt is told of, by their ids: they are answered. Absent: none. */
  told: z.array(z.int().positive()).max(50).optional(),
  /** A person asks for nothing but a look at the pull request as it stands: then the change is its own. Absent: it is built. */
  examines: Examined.optional(),
  /** The change of the pull request on a base that moved, made by control: nobody writes it again. Absent: it is to be built. */
  rebuilt: Rebuilt.optional(),
};
