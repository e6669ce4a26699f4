import { describe } from "vitest";
import { refusesOtherOrders } from "../refused-orders.ts";

describe("the door of intake-normalize refuses", () => refusesOtherOrders("intake-normalize"));
