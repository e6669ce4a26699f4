import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Command, type CommandUnknownOpts } from "@commander-js/extra-typings";
import { declareAct } from "./act/arguments.ts";
import { declareBench } from "./bench/arguments.ts";
import { declareBlastRadius, readBlastRadiusArguments } from "./blast-radius/arguments.ts";
import { declareWorkflows, readWorkflowsArguments } from "./branch-workflows/arguments.ts";
import { declareChaos, readChaosArguments } from "./chaos/arguments.ts";
import type { Context } from "./command/context.ts";
import { hushed, sayBelow } from "./command/declare.ts";
import { refusePaths } from "./command/named-path.ts";
import { outputOf } from "./command/output.ts";
import { declareCompletion } from "./completion/completion.ts";
import { declareDemo, readDemoArguments } from "./demo/arguments.ts";
import { declareDoctor, readDoctorArguments } from "./doctor/arguments.ts";
import { declareEval, readEvalArguments } from "./eval/arguments.ts";
import { declareGather, readGatherArguments } from "./gather/arguments.ts";
import { declareInit, readInitArguments } from "./init/arguments.ts";
import { declareUninstall, readUninstallArguments } from "./init/uninstall-arguments.ts";
import { declareUpgrade, readUpgradeArguments } from "./init/upgrade-arguments.ts";
import { declareLearn, readLearnArguments } from "./learn/arguments.ts";
import { declareLoop, readLoopArguments } from "./loop/arguments.ts";
import { declareProve, readProveArguments } from "./prove/arguments.ts";
import { declareRehearse, readRehearseArguments } from "./rehearse/arguments.ts";
import { declareReport, readReportArguments } from "./report/arguments.ts";
import { declareSimulate, readSimulateArguments } from "./simulate/arguments.ts";

/** What the list of commands ends with. */
const BELOW = [
  "Every command takes --json, for programs, and --quiet, which hides progress.",
  "Exit codes: 0 done, 1 it stopped and says why, 2 wrong usage, 130 interrupted.",
];

/**
 * Every command of `millwright`: its words, help, completion and the reference derive from it. Each command loads its own room
 * when it is called: all of them take a second and a half of processor, and help takes a tenth of that.
 */
export function createProgram(context: Context): CommandUnknownOpts {
  const { version } = JSON.parse(readFileSync(join(context.millwright, "package.json"), "utf8"));
  const program = hushed(new Command("millwright"))
    .description("A software factory for a GitHub repository, made of GitHub's own parts.")
    .version(String(version), "-V, --version", "prints the version")
    .usage("<command> [options]")
    .helpCommand("help [command]", "prints the help of a command")
    .addHelpText("after", ({ error }) => sayBelow(BELOW, error));
  for (const command of [...adopting(context), ...playing(context)]) program.addCommand(command);
  program.hook("preAction", (_program, command) => {
    refusePaths(command, context.placeOf(command.name()));
  });
  declareCompletion(program, context);
  return program;
}

/** What a repository that adopts the factory is looked at with. */
function adopting(context: Context): readonly CommandUnknownOpts[] {
  const { end, placeOf, say, write } = context;
  return [
    declareInit().action(async (options) => {
      const asked = readInitArguments(options, placeOf("init"));
      const { playInit } = await import("./init/play-init.ts");
      end(await playInit(asked, context));
    }),
    declareDoctor().action(async (options) => {
      const asked = readDoctorArguments(options, placeOf("doctor"));
      const { playDoctor } = await import("./doctor/play-doctor.ts");
      end(await playDoctor(asked, context));
    }),
    declareBlastRadius().action(async (options) => {
      const asked = readBlastRadiusArguments(options, placeOf("blast-radius"));
      const { tellBlastRadius } = await import("./blast-radius/blast-radius.ts");
      end(tellBlastRadius(asked, { ...context, write: asked.json ? write : say }));
    }),
    declareUpgrade().action(async (options) => {
      const asked = readUpgradeArguments(options, placeOf("upgrade"));
      const { playUpgrade } = await import("./init/play-init.ts");
      end(await playUpgrade(asked, context));
    }),
    declareUninstall().action(async (options) => {
      const asked = readUninstallArguments(options, placeOf("uninstall"));
      const { runUninstall } = await import("./init/uninstall.ts");
      end(await runUninstall(asked, write));
    }),
    declareLoop().action(async (what, name, options) => {
      const asked = readLoopArguments({ what, name }, options, placeOf("loop"));
      const { playLoop } = await import("./loop/play-loop.ts");
      end(await playLoop(asked, context));
    }),
    declareWorkflows().action(async (options) => {
      const asked = readWorkflowsArguments(options, placeOf("workflows"));
      const { tellBranchWorkflows } = await import("./branch-workflows/branch-workflows.ts");
      end(await tellBranchWorkflows(asked, asked.json ? write : say));
    }),
  ];
}

/** What is played and measured on this machine. */
function playing(context: Context): readonly CommandUnknownOpts[] {
  const { millwright, environment, end, placeOf } = context;
  return [
    declareDemo(millwright).action(async (options) => {
      const asked = await readDemoArguments(options, placeOf("demo"));
      const { playDemo } = await import("./demo/play-demo.ts");
      end(await playDemo(asked, context));
    }),
    declareRehearse().action(async (options) => {
      const asked = readRehearseArguments(options, placeOf("rehearse"));
      const { playRehearsal } = await import("./rehearse/play-rehearsal.ts");
      end(await playRehearsal(asked, context));
    }),
    declareProve().action(async (options) => {
      const asked = readProveArguments(options, placeOf("prove"));
      const { proofExitCode, runProof } = await import("./prove/prove.ts");
      const { untilInterrupted } = await import("./command/until-interrupted.ts");
      const given = { arguments: asked, millwright, environment };
      end(await untilInterrupted(asked, (live) => runProof({ ...given, ...live }), proofExitCode));
    }),
    ...measuringCommands(context),
  ];
}

/** Those that measure something, or read what is there. */
function measuringCommands(context: Context): readonly CommandUnknownOpts[] {
  const { millwright, environment, end, placeOf, say, write } = context;
  return [
    declareBench().action(async ({ tests = false, ...options }) => {
      const { benchTests, runBench } = await import("./bench/bench.ts");
      end(await (tests ? benchTests : runBench)({ millwright, ...outputOf(options) }));
    }),
    declareChaos().action(async (options) => {
      const { tellChaos } = await import("./chaos/tell-chaos.ts");
      end(await tellChaos(readChaosArguments(options)));
    }),
    declareSimulate().action(async (options) => {
      const place = { millwright, from: placeOf("simulate") };
      const { runSimulate } = await import("./simulate/simulate.ts");
      const asked = readSimulateArguments(options, place);
      end(await runSimulate(asked, asked.json ? write : say));
    }),
    declareReport().action(async (options) => {
      const place = { from: placeOf("report"), now: new Date() };
      const asked = readReportArguments(options, place);
      const { playReport } = await import("./report/command.ts");
      end(await playReport(asked, environment));
    }),
    declareGather().action(async (name, options) => {
      const asked = readGatherArguments(name, options, placeOf("gather"));
      const { playGather } = await import("./gather/play-gather.ts");
      end(await playGather(asked, context));
    }),
    declareLearn().action(async (options) => {
      const place = { from: placeOf("learn"), now: new Date() };
      const asked = readLearnArguments(options, place);
      const { playLearn } = await import("./learn/learn.ts");
      end(await playLearn(asked, environment));
    }),
    declareEval().action(async (options) => {
      const asked = readEvalArguments(options, placeOf("eval"));
      const { playEval } = await import("./eval/eval.ts");
      end(await playEval(asked, { millwright, environment, write }));
    }),
    declareAct().action(async (options) => {
      const { runAct } = await import("./act/act.ts");
      const { untilInterrupted } = await import("./command/until-interrupted.ts");
      const play = (live: Parameters<Parameters<typeof untilInterrupted>[1]>[0]) =>
        runAct({ millwright, environment, ...live });
      end(await untilInterrupted(outputOf(options), play, ({ ok }) => (ok ? 0 : 1)));
    }),
  ];
}
