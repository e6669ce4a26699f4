import { type Invariant, landed } from "../observation.ts";

/** I4: no process, mount, connection or file outside the workspace outlives the sandbox. */
export const nothingRemains: Invariant = (seen) => seen.survivors.map((what) => landed("I4", what));
