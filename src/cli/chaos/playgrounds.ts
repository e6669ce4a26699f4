import type { Disturbance } from "./disturbance.ts";
import { filesOf, LINES, type LineName } from "./lines.ts";
import { openPlayground, type Playground } from "./playground.ts";

/** Where lives are played. */
export interface Playgrounds {
  of(line: LineName, disturbance: Disturbance): Promise<Playground>;
  clear(): Promise<void>;
}

/** One playground for all lives of a line but those of other weather, which have one each. One life at a time is played there. */
export function createPlaygrounds(): Playgrounds {
  const raised = new Map<string, Playground>();
  return {
    async of(line, disturbance) {
      const listsLagMs = disturbance.kind === "lists-lag" ? disturbance.ms : 0;
      const name = `${line}, ${listsLagMs}`;
      const playground =
        raised.get(name) ?? (await openPlayground(filesOf(LINES[line]), { listsLagMs }));
      raised.set(name, playground);
      return playground;
    },
    async clear() {
      for (const playground of raised.values()) await playground[Symbol.asyncDispose]();
    },
  };
}
