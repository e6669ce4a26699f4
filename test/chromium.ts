import { findChromium } from "../src/adapters/browser/find-chromium.ts";

/** The browser of this machine; tests that need one are skipped without it, with the reason. */
export const CHROMIUM = findChromium(process.env);
