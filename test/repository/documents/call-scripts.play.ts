/**
 * Calls scripts one after the other in one process, as Node itself loads them, and writes how each ended. A process for each
 * call would load the same libraries each time.
 */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { holdOutput } from "../../held-output.ts";

/** Stands for the end of a process. */
class Ended extends Error {
  readonly status: number;
  constructor(status: number) {
    super(`ended with ${status}`);
    this.status = status;
  }
}

process.exit = ((status = process.exitCode ?? 0) => {
  throw new Ended(Number(status));
}) as typeof process.exit;

async function call([path = "", ...words]: readonly string[], index: number) {
  const place = resolve(path);
  process.argv = [process.execPath, place, ...words];
  process.exitCode = undefined;
  const held = holdOutput();
  try {
    // The same script again is read again: Node knows it by its address.
    await import(`${pathToFileURL(place).href}?${index}`);
    return ending(Number(process.exitCode ?? 0), held);
  } catch (error) {
    if (error instanceof Ended) return ending(error.status, held);
    const { stack } = error as Error;
    return { ...ending(1, held), stderr: `${held.stderr()}${stack}` };
  } finally {
    held.release();
  }
}

function ending(status: number, held: ReturnType<typeof holdOutput>) {
  return { status, stdout: held.stdout(), stderr: held.stderr() };
}

const calls = JSON.parse(readFileSync(0, "utf8")) as readonly (readonly string[])[];
const endings = [];
for (const [index, words] of calls.entries()) endings.push(await call(words, index));
process.exitCode = 0;
process.stdout.write(JSON.stringify(endings));
