import { describe } from "vitest";
import { refusesOtherOrders } from "../refused-orders.ts";

describe("the door of run-loop refuses", () => refusesOtherOrders("run-loop"));
