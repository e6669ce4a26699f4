import { describeInside } from "../../adapters/sandbox/sandboxes.ts";
import { implemented, LINE_FILES, zoneOrder } from "../line-fixture.ts";
import { refusesOtherProposals } from "../other-proposals.ts";

describeInside("the door of verify refuses", () =>
  refusesOtherProposals({
    name: "verify",
    of: "implement",
    files: LINE_FILES,
    withoutIt: "failed",
    prepare: ({ base }) => {
      const order = zoneOrder(base);
      return { order, proposals: { implement: implemented(order) } };
    },
  }),
);
