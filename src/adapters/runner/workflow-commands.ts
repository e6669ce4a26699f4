import { randomUUID } from "node:crypto";
import { closeSync, constants, openSync, writeFileSync } from "node:fs";
import { EOL } from "node:os";

/**
 * Messages of a step to GitHub's runner, by the protocol of "Workflow commands for GitHub Actions" and of
 * `@actions/core`, against which the tests check these functions. They are here because that package loads an HTTP
 * client for tokens that our actions never request: a quarter of a bundle's start time.
 */

/** The input of that name, trimmed; "" if it was not given. */
export function getInput(name: string): string {
  return (process.env[`INPUT_${name.replaceAll(" ", "_").toUpperCase()}`] ?? "").trim();
}

/** Throws if the job names no file for outputs, or a missing one. */
export function setOutput(name: string, value: string): void {
  const path = process.env.GITHUB_OUTPUT ?? "";
  if (path === "") throw new Error("GITHUB_OUTPUT is not set: an action runs in a job");
  // Nobody can write a value that ends it early, because the mark is new each time.
  const mark = `ghadelimiter_${randomUUID()}`;
  append(path, `${name}<<${mark}${EOL}${value}${EOL}${mark}${EOL}`);
}

/** Throws if there is no file at the path. */
export function addSummary(path: string, markdown: string): void {
  append(path, `${markdown}${EOL}`);
}

export function info(line: string): void {
  process.stdout.write(`${line}${EOL}`);
}

export function warning(message: string): void {
  issue("warning", message);
}

export function setSecret(value: string): void {
  issue("add-mask", value);
}

/** Reports the error, and lets the process end red once it has nothing left to do. */
export function setFailed(message: string): void {
  process.exitCode = 1;
  issue("error", message);
}

function issue(command: string, message: string): void {
  const data = message.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
  process.stdout.write(`::${command}::${data}${EOL}`);
}

/** The runner created the file. If it is missing, the job is wrong, and none is created. */
function append(path: string, text: string): void {
  const file = openSync(path, constants.O_WRONLY | constants.O_APPEND);
  try {
    writeFileSync(file, text);
  } finally {
    closeSync(file);
  }
}
