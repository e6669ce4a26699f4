import { describe } from "vitest";
import { refusesToRunOutside } from "../isolation.ts";

describe("the bundle of implement refuses", () => refusesToRunOutside("implement"));
