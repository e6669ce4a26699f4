import type { Gathered } from "../../domain/loop/gathered.ts";
import { dependencyItems } from "../../wording/gathered/dependencies.ts";
import { jumpOf } from "./jump.ts";
import { ASKED, type Source } from "./options.ts";
import { readOutdated } from "./outdated.ts";

/** What a source printed. */
export interface Answered {
  readonly source: Source;
  readonly printed: string;
}

/** Dependencies that are not the newest: facts of their registries, as the package managers tell them. */
export function gatherDependencies(answers: readonly Answered[]): Gathered {
  const found = answers.flatMap(({ source, printed }) =>
    readOutdated(source.tool, printed).map((one) => ({
      ...one,
      tool: source.tool,
      folder: source.folder,
      command: source.run ?? ASKED[source.tool].run,
      jump: jumpOf(one.current, one.latest),
    })),
  );
  return dependencyItems(found);
}
