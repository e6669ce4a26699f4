import { ghIn } from "../../../../src/cli/init/github/gh.ts";

/** A process that asks `gh`, says how that ended, and ends when nothing holds it any more. */
const { code } = await ghIn(".", process.env)(["auth", "status"]);
process.stdout.write(`${code}\n`);
