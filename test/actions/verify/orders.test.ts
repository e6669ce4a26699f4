import { describe } from "vitest";
import { refusesOtherOrders } from "../refused-orders.ts";

describe("the bundle of verify refuses", () => refusesOtherOrders("verify"));
