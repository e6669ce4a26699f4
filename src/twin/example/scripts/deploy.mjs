// Sends the sources of the checked-out commit to the host that runs them, and waits until they are live.
import { execFileSync } from "node:child_process";

const host = process.env.PRODUCTION_URL;
if (!host) throw new Error("PRODUCTION_URL is not set: add it to the repository's variables");
const commit = execFileSync("git", ["rev-parse", "HEAD"], { encoding: "utf8" }).trim();
const sources = execFileSync("git", ["archive", "--format=tar", "HEAD"], { maxBuffer: 2 ** 26 });
const response = await fetch(`${host}/.releases/${commit}`, { method: "PUT", body: sources });
if (!response.ok) throw new Error(`the host answered ${response.status}: ${await response.text()}`);
console.log(`${commit} is live at ${host}`);
