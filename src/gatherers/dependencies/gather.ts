import type { Gathered } from "../../domain/loop/gathered.ts";
import { dependencyItems } from "../../wording/gathered/dependencies.ts";
import type { Outdated } from "./dependency.ts";
import { jumpOf } from "./jump.ts";
import { type Asked, notesBetween } from "./notes.ts";
import { ASKED, type Source } from "./options.ts";
import { readOutdated } from "./outdated.ts";

/** Output of a source, and the notes of each dependency by name; empty if not asked. */
export interface Answered {
  readonly source: Source;
  readonly printed: string;
  readonly notes?: ReadonlyMap<string, Asked>;
}

/** Dependencies that are not the newest: facts of their registries, by the package managers. */
export function gatherDependencies(answers: readonly Answered[]): Gathered {
  const found = answers.flatMap(({ source, printed, notes }) =>
    readOutdated(source.tool, printed).map((one) => ({
      ...one,
      tool: source.tool,
      folder: source.folder,
      command: source.run ?? ASKED[source.tool].run,
      jump: jumpOf(one.current, one.latest),
      notes: notesOf(one, notes),
    })),
  );
  return dependencyItems(found);
}

function notesOf({ name, current, latest }: Outdated, notes: Answered["notes"]) {
  const asked = notes?.get(name);
  return asked === undefined ? undefined : notesBetween(asked, { from: current, to: latest });
}
