import fc from "fast-check";
import { EVERY_CASE, SEED } from "./cases.ts";

/** For properties that name no number, because a case of theirs costs little: fast-check's own number is 100. */
fc.configureGlobal({ numRuns: EVERY_CASE ? 100 : 25, ...SEED });
