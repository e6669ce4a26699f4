#!/usr/bin/env node
// Entry point of `millwright`, on any Node since 14: one that is too old starts the installed newer one.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { adviceFor, isNewEnough, ownNode } from "./require-node.mjs";

/** A clone runs its sources, which people read and change; a package runs built files, because Node strips no types there. */
const PLACES = ["../src/cli/main.ts", "../build/cli/main.js"];
const here = new URL(import.meta.url);
const isPackage = here.pathname.includes("/node_modules/");
const places = PLACES.map((place) => new URL(place, here)).filter(
  (place) => existsSync(fileURLToPath(place)) && !(isPackage && place.pathname.endsWith(".ts")),
);
const [main] = places;

if (main === undefined) {
  stop("The command line is not built here: install with its development packages, by `npm ci`.");
} else if (isNewEnough()) {
  await import(main.href);
} else {
  const node = ownNode();
  if (node === undefined) {
    stop(`Millwright needs Node 24, this is ${process.versions.node}. ${adviceFor()}`);
  } else handOver(node, main);
}

function handOver(node, place) {
  const child = spawn(node, [fileURLToPath(place), ...process.argv.slice(2)], { stdio: "inherit" });
  // Ctrl-C reaches both; a signal to this one alone is meant for the other.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.on(signal, () => signal !== "SIGINT" && child.kill(signal));
  }
  child.on("error", (error) => stop(`${node} cannot be started: ${error.message}`));
  child.on("exit", (code, signal) => {
    process.exitCode = code === null ? 128 + (signal === "SIGINT" ? 2 : 15) : code;
  });
}

function stop(reason) {
  console.error(reason);
  process.exitCode = 1;
}
