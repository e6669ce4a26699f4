import { describe } from "vitest";
import { intakeOrder } from "../../workers/orders.ts";
import { survivesItsModel } from "../model-refusals.ts";

describe("the door of intake-normalize says why it has no contract", () =>
  survivesItsModel({
    name: "intake-normalize",
    role: "intake",
    files: { "src/zones.ts": "export const zones = {};\n" },
    prepare: ({ base }) => ({ order: intakeOrder({ base }) }),
  }));
