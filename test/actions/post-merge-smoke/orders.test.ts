import { describe } from "vitest";
import { refusesOtherOrders } from "../refused-orders.ts";

describe("the bundle of post-merge-smoke refuses", () => refusesOtherOrders("post-merge-smoke"));
