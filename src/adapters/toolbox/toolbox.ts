// The program inside the sandbox: one JSON line in, one JSON line out, the tools on the working directory (threats AG-04).
import { toolsIn } from "./agent-toolset.ts";
import { serve } from "./serve.ts";

await serve(process.stdin, process.stdout, toolsIn(process.cwd()));
