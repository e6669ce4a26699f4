// Builds the command line to JavaScript after an installation, so that it runs from a git address. An installation without
// development packages has no compiler; it gets no command line, and its actions are bundles anyway.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

const compiler = "node_modules/typescript/bin/tsc";
if (!existsSync(compiler)) {
  console.log("millwright: no compiler here, the command line is not built");
} else {
  const { status } = spawnSync(process.execPath, [compiler, "--project", "tsconfig.build.json"], {
    stdio: "inherit",
  });
  process.exitCode = status ?? 1;
}
