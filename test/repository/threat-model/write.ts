// Writes the derived sections of the threat model: after a new attack, a new test that holds something, a new station.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../bundles.ts";
import { DOCUMENT, withSections } from "./sections.ts";

const path = join(root, DOCUMENT);
writeFileSync(path, withSections(readFileSync(path, "utf8")));
