#!/usr/bin/env node
import { runCommandLine } from "./command-line.ts";

// A program that closes a pipe, like `| head`, wants to read no more. Work that was begun is finished, so that no half of it stays.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
}

process.exitCode = await runCommandLine(process.argv.slice(2));
