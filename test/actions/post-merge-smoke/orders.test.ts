import { describe } from "vitest";
import { refusesOtherOrders } from "../refused-orders.ts";

describe("the door of post-merge-smoke refuses", () => refusesOtherOrders("post-merge-smoke"));
