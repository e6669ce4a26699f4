import { registerHooks } from "node:module";

/** GitHub's own parser of workflow and action files, and its own expression language. */
export interface GitHubLanguage {
  readonly workflow: typeof import("@actions/workflow-parser");
  readonly action: typeof import("@actions/workflow-parser/actions/action-parser");
  readonly expressions: typeof import("@actions/expressions");
}

/**
 * Loads both packages. They import their JSON schemas without import attributes, which Node refuses
 * (ERR_IMPORT_ATTRIBUTE_MISSING), so a load hook is active while they are loaded. Needs Node 22.15 or newer.
 */
export async function loadGitHubLanguage(): Promise<GitHubLanguage> {
  const hook = registerHooks({
    load(url, context, nextLoad) {
      return url.endsWith(".json")
        ? nextLoad(url, { ...context, importAttributes: { type: "json" } })
        : nextLoad(url, context);
    },
  });
  try {
    const [workflow, action, expressions] = await Promise.all([
      import("@actions/workflow-parser"),
      import("@actions/workflow-parser/actions/action-parser"),
      import("@actions/expressions"),
    ]);
    return { workflow, action, expressions };
  } finally {
    hook.deregister();
  }
}
