import type { Disturbance } from "./disturbance.ts";
import { filesOf, LINES, type LineName } from "./lines.ts";
import { raiseStage, type Stage } from "./stage.ts";

/** The stages on which lives are played. */
export interface Stages {
  of(line: LineName, disturbance: Disturbance): Promise<Stage>;
  clear(): Promise<void>;
}

/** One stage for all lives of a line but those of other weather, which have one each. One life at a time is played there. */
export function createStages(): Stages {
  const raised = new Map<string, Stage>();
  return {
    async of(line, disturbance) {
      const listsLagMs = disturbance.kind === "lists-lag" ? disturbance.ms : 0;
      const name = `${line}, ${listsLagMs}`;
      const stage = raised.get(name) ?? (await raiseStage(filesOf(LINES[line]), { listsLagMs }));
      raised.set(name, stage);
      return stage;
    },
    async clear() {
      for (const stage of raised.values()) await stage[Symbol.asyncDispose]();
    },
  };
}
