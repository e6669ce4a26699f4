import fc from "fast-check";
import { cases } from "./cases.ts";

/** For properties that name no number: fast-check's own is 100. */
fc.configureGlobal(cases(100));
