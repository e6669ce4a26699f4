#!/usr/bin/env node
// What `millwright` starts: the word on which Node is needed comes before anything that needs it.
import "./require-node.mjs";

await import("../build/cli/main.js");
