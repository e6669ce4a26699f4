// The program inside the sandbox: one JSON line in, one JSON line out, the tools on the working directory (threats AG-04).
import { serve, toolsIn } from "./serve.ts";

await serve(process.stdin, process.stdout, toolsIn(process.cwd()));
