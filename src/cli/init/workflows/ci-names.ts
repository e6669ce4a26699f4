import {
  at,
  entriesOf,
  type Parsed,
  parseWorkflow,
  textsOf,
  type WorkflowText,
} from "../../../control/exposure/workflow-holdings.ts";
import type { Survey } from "../../source/survey.ts";
import { calledOfMillwright, isStart } from "./calls-millwright.ts";

/**
 * What `workflow_run` calls the workflows that run on pull requests: by their name, else by their path (GitHub docs, Events
 * that trigger workflows). One that cannot be read is left out, and so is one that calls Millwright: the factory would wait
 * for the end of itself.
 */
export function ciNames(files: readonly WorkflowText[]): readonly string[] {
  const names = files.flatMap((file) => {
    const workflow = parseWorkflow(file);
    if (!eventsOf(at(workflow, "on")).includes("pull_request")) return [];
    if (calledOfMillwright(file).length > 0) return [];
    const name = at(workflow, "name");
    return [typeof name === "string" && name.trim() !== "" ? name : file.path];
  });
  return [...new Set(names)].sort();
}

/** Paths of the workflows that start the factory. */
export function startsIn(files: readonly WorkflowText[]): readonly string[] {
  return files.filter(isStart).map(({ path }) => path);
}

/** The workflows of a repository at its base. */
export async function workflowsOf(survey: Survey): Promise<readonly WorkflowText[]> {
  const files = survey.workflows.map(async (path) => {
    return { path, text: (await survey.read(path)) ?? "" };
  });
  return Promise.all(files);
}

function eventsOf(on: Parsed): readonly string[] {
  return typeof on === "object" && !Array.isArray(on)
    ? entriesOf(on).map(([event]) => event)
    : textsOf(on);
}
