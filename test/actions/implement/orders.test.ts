import { describe } from "vitest";
import { refusesOtherOrders } from "../refused-orders.ts";

describe("the door of implement refuses", () => refusesOtherOrders("implement"));
