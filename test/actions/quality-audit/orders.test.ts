import { describe } from "vitest";
import { refusesOtherOrders } from "../refused-orders.ts";

describe("the door of quality-audit refuses", () => refusesOtherOrders("quality-audit"));
