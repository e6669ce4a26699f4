import { delimiter } from "node:path";
import { installedPrograms, toolStores } from "./tool-stores.ts";

/** Where a command sees its folders: inside the sandbox, or on the host without one. */
export interface View {
  readonly workspace: string;
  /** Kept between the commands of one workspace and never collected: package caches, results of `setup`. */
  readonly cache: string;
  readonly temporary: string;
}

export const VIEW_INSIDE: View = { workspace: "/ws", cache: "/cache", temporary: "/tmp" };

/** A command's whole environment, without the worker's own variables (threats RT-05). */
export function environmentOf(options: {
  readonly path: string;
  readonly view: View;
  readonly additional?: Readonly<Record<string, string>>;
}): Readonly<Record<string, string>> {
  const { path, view, additional = {} } = options;
  for (const [name, value] of Object.entries(additional)) {
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name) || value.includes("\0")) {
      throw new Error(`${JSON.stringify(name)} is no environment variable that a command can get`);
    }
  }
  return {
    PATH: [path, ...installedPrograms(view.cache)].join(delimiter),
    HOME: view.workspace,
    LANG: "C.UTF-8",
    TMPDIR: view.temporary,
    ...toolStores(view.cache),
    ...additional,
  };
}
