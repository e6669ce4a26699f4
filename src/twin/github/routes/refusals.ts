/** One element of `errors` in GitHub's 422 answers. */
export interface ValidationError {
  readonly resource: string;
  readonly code: string;
  readonly field?: string;
  readonly message?: string;
  readonly value?: unknown;
}

export interface RefusalDetail {
  readonly errors?: readonly (ValidationError | string)[];
  readonly headers?: Readonly<Record<string, string>>;
}

/** A refusal in GitHub's form: thrown by handlers, turned into the JSON answer in one place. */
export class ApiRefusal extends Error {
  readonly status: 301 | 400 | 401 | 403 | 404 | 405 | 409 | 422 | 429 | 502;
  readonly detail: RefusalDetail;

  constructor(status: ApiRefusal["status"], message: string, detail: RefusalDetail = {}) {
    super(message);
    this.name = "ApiRefusal";
    this.status = status;
    this.detail = detail;
  }
}

/** GitHub's error shape: docs.github.com/en/rest/using-the-rest-api/troubleshooting-the-rest-api */
export function refusalBody(refusal: ApiRefusal): Record<string, unknown> {
  return {
    message: refusal.message,
    ...(refusal.detail.errors === undefined ? {} : { errors: refusal.detail.errors }),
    documentation_url: "https://docs.github.com/rest",
    status: String(refusal.status),
  };
}

export function notFound(message = "Not Found"): ApiRefusal {
  return new ApiRefusal(404, message);
}

/** GitHub's answer to every question about commits before there is one. */
export function emptyRepository(): ApiRefusal {
  return new ApiRefusal(409, "Git Repository is empty.");
}

export function forbidden(message: string): ApiRefusal {
  return new ApiRefusal(403, message);
}

export function unprocessable(message: string): ApiRefusal {
  return new ApiRefusal(422, message);
}

export function validationFailed(...errors: readonly ValidationError[]): ApiRefusal {
  return new ApiRefusal(422, "Validation Failed", { errors });
}

/** GitHub's words for a workflow file in a push or a merge; a job's token can never get `workflows`. */
export function workflowFileRefusal(path: string): ApiRefusal {
  return forbidden(
    `refusing to allow a GitHub App to create or update workflow \`${path}\` without \`workflows\` permission`,
  );
}

/** The answer to a job's token, or an App, with insufficient permissions. */
export function notAccessible(accepted?: string): ApiRefusal {
  return new ApiRefusal(403, "Resource not accessible by integration", {
    headers: accepted === undefined ? {} : { "x-accepted-github-permissions": accepted },
  });
}
