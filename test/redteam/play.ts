import { scriptOf } from "../../src/twin/model/script-file.ts";
import { type ScriptedModel, startScriptedModel } from "../../src/twin/model/scripted-model.ts";
import type { Attack, Facts } from "./attack.ts";
import type { Lane } from "./lane.ts";
import type { Observation } from "./observation.ts";
import { observe, takeStart } from "./observe.ts";
import { actMeanwhile, type Scene, setScene } from "./scene.ts";
import { filesOf, HAPPY } from "./world.ts";

export interface Played {
  readonly seen: Observation;
  /** Why the attack did not happen as it says; empty when it did. */
  readonly missed: readonly string[];
}

/** Plays one attack in a repository of its own, and gathers everything that can be known about it. */
export async function playAttack(lane: Lane, attack: Attack, millwright: string): Promise<Played> {
  const started = performance.now();
  const name = `OWNER/${attack.id.toLowerCase()}-${Math.round(started).toString(36)}`;
  const mark = markOf(attack.id);
  const facts: Facts = {
    hostFile: lane.hostFile,
    gitHubUrl: lane.twin.github.url,
    listenerPort: lane.listener.port,
    apiKey: lane.apiKey,
    mark,
  };
  const roles = typeof attack.script === "function" ? attack.script(facts) : attack.script;
  const model = await startScriptedModel({
    script: scriptOf({ roles: { ...HAPPY, ...roles } }, attack.id),
    apiKey: lane.apiKey,
  });
  lane.aimModel(model.url);
  try {
    await lane.hostFiles(name, await filesOf(millwright, attack.world ?? {}), attack.world?.links);
    const start = await takeStart(lane, name);
    const { scene, deeds } = setScene(lane, attack, name);
    const meanwhile = actMeanwhile(lane, attack, scene);
    await (attack.play ?? ((own: Scene) => own.submit()))(scene);
    await scene.idle();
    const untaken = await meanwhile.done();
    await scene.idle();
    const ended = performance.now() - started;
    const seen = await observe({ lane, attack, name, start, scene, deeds, model, mark, ended });
    return {
      seen,
      missed: whatWasMissed({ attack, seen, model, roles: Object.keys(roles ?? {}), untaken }),
    };
  } finally {
    await model.close();
  }
}

/** Name for what an attack leaves behind: the oracle looks for it everywhere. */
export function markOf(id: string): string {
  return `mw-left-by-${id.toLowerCase()}`;
}

function whatWasMissed(played: {
  readonly attack: Attack;
  readonly seen: Observation;
  readonly model: ScriptedModel;
  readonly roles: readonly string[];
  readonly untaken: readonly number[];
}): readonly string[] {
  const { attack, seen, model, roles, untaken } = played;
  const unplayed = model
    .unplayed()
    .filter((turn) => roles.some((role) => turn.startsWith(`${role},`)));
  const lost = seen.model.flatMap(({ error }) => (error?.includes("cannot go on") ? [error] : []));
  const reason = attack.missed?.(seen);
  return [
    ...unplayed.map((turn) => `nobody asked for: ${turn}`),
    ...lost,
    ...untaken.map((index) => `meanwhile ${index + 1} never happened`),
    ...(reason === undefined ? [] : [reason]),
  ];
}
