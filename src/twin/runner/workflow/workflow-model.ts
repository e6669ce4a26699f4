import type { CacheMode } from "./overlay.ts";
import type { PermissionRequest } from "./permissions.ts";
import type { Template, TemplateMapping } from "./template.ts";

/** Where a workflow or an action was read: `$/` in it means this repository at this commit. */
export interface Source {
  /** OWNER/NAME. */
  readonly repository: string;
  /** Full commit id. */
  readonly commit: string;
  /** The requested ref, e.g. "v1" or "refs/heads/main". */
  readonly ref: string;
}

export interface WorkflowFile {
  readonly source: Source;
  /** Path in its repository, e.g. ".github/workflows/ci.yml". */
  readonly path: string;
  /** `name`, or the path if there is none. */
  readonly name: string;
  readonly runName: Template | undefined;
  readonly triggers: TemplateMapping;
  readonly permissions: PermissionRequest | undefined;
  readonly cacheMode: CacheMode | undefined;
  readonly env: TemplateMapping;
  readonly defaults: RunDefaults;
  readonly concurrency: Template | undefined;
  readonly jobs: readonly JobDefinition[];
}

export interface RunDefaults {
  readonly shell: Template | undefined;
  readonly workingDirectory: Template | undefined;
}

export interface JobDefinition {
  readonly id: string;
  /** Line of the job in its file, from 1. */
  readonly line: number;
  readonly name: Template | undefined;
  readonly needs: readonly string[];
  readonly condition: Template | undefined;
  readonly permissions: PermissionRequest | undefined;
  readonly cacheMode: CacheMode | undefined;
  readonly concurrency: Template | undefined;
  readonly strategy: Template | undefined;
  /** `uses` of a job that calls a reusable workflow. */
  readonly uses: string | undefined;
  readonly with: TemplateMapping;
  /** "inherit" or the passed secrets. */
  readonly secrets: TemplateMapping | "inherit";
  readonly runsOn: Template;
  readonly env: TemplateMapping;
  readonly defaults: RunDefaults;
  readonly outputs: TemplateMapping;
  readonly timeoutMinutes: Template | undefined;
  readonly continueOnError: Template | undefined;
  readonly steps: readonly StepDefinition[];
  /** Keys that the twin cannot imitate, e.g. `container`: the job is refused, never run without them. */
  readonly unsupported: readonly string[];
}

export interface StepDefinition {
  readonly id: string | undefined;
  readonly name: Template | undefined;
  readonly condition: Template | undefined;
  readonly uses: string | undefined;
  readonly run: Template | undefined;
  readonly with: TemplateMapping;
  readonly env: TemplateMapping;
  readonly shell: Template | undefined;
  readonly workingDirectory: Template | undefined;
  readonly timeoutMinutes: Template | undefined;
  readonly continueOnError: Template | undefined;
}
