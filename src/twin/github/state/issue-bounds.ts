import { validationFailed } from "../routes/refusals.ts";

/** GitHub's limit of a body, in characters. */
export const LONGEST_BODY = 65_536;

const LONGEST_TITLE = 256;

/** @throws the refusal of a body that is too long */
export function assertBody(resource: string, body: string | null | undefined): void {
  if ((body ?? "").length <= LONGEST_BODY) return;
  const message = `body is too long (maximum is ${LONGEST_BODY} characters)`;
  throw validationFailed({ resource, code: "custom", field: "body", message });
}

/** @throws the refusal of a title that is empty or too long */
export function assertTitle(resource: string, title: string): void {
  if (title.trim() === "")
    throw validationFailed({ resource, code: "missing_field", field: "title" });
  if (title.length <= LONGEST_TITLE) return;
  const message = `title is too long (maximum is ${LONGEST_TITLE} characters)`;
  throw validationFailed({ resource, code: "custom", field: "title", message });
}
