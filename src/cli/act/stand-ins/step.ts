import { appendFileSync } from "node:fs";

/** What every stand-in for an action of GitHub's needs of its step: Node alone, since each runs where it was copied to. */
export function input(name: string): string {
  return (process.env[`INPUT_${name.replaceAll(" ", "_").toUpperCase()}`] ?? "").trim();
}

/** @throws Error where the runner did not say it */
export function environment(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === "") throw new Error(`${name} is not set`);
  return value;
}

export function output(name: string, value: string): void {
  appendFileSync(environment("GITHUB_OUTPUT"), `${name}=${value}\n`);
}
