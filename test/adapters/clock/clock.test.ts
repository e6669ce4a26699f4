import { createClock } from "../../../src/adapters/clock/clock.ts";
import { createFakeClock } from "../../fakes/clock.ts";
import { clockSuite } from "../../ports/clock.suite.ts";

clockSuite("system", createClock);
clockSuite("fake", () => createFakeClock());
