import { describe } from "vitest";
import { refusesToRunOutside } from "../isolation.ts";

describe("the door of implement refuses", () => refusesToRunOutside("implement"));
