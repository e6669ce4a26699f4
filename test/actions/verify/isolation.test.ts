import { describe } from "vitest";
import { refusesToRunOutside } from "../isolation.ts";
import { implemented } from "../line-fixture.ts";

describe("the door of verify refuses", () =>
  refusesToRunOutside("verify", (order) => ({ implement: implemented(order) })));
