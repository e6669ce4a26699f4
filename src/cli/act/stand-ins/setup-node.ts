import { input } from "./step.ts";

/** In place of actions/setup-node: the Node that plays the line is the one that jobs get. @throws Error for another one */
const [major = ""] = process.versions.node.split(".");
const asked = input("node-version");
if (asked !== "" && asked !== major)
  throw new Error(`node ${asked} is asked for, and this is ${major}`);
