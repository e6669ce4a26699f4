import { describe } from "vitest";
import { refusesOtherOrders } from "../refused-orders.ts";

describe("the door of judge refuses", () => refusesOtherOrders("judge"));
