import { describeInside } from "../../adapters/sandbox/sandboxes.ts";
import { LINE_FILES, zoneOrder } from "../line-fixture.ts";
import { survivesItsModel } from "../model-refusals.ts";

describeInside("the door of implement says why it has no change", () =>
  survivesItsModel({
    name: "implement",
    role: "architect",
    files: LINE_FILES,
    prepare: ({ base }) => ({ order: zoneOrder(base) }),
  }),
);
