// What a door does first, without a door: in a process that was started to read, this never comes back.
import { openApart } from "../../../src/adapters/apart/apart.ts";
import { answerReports } from "../../../src/workers/checks/reports/read-apart.ts";

await openApart(answerReports);
process.exitCode = 3;
