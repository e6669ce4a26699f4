/** Most entries that wait in one group under `queue: max`. */
const LONGEST_QUEUE = 100;

interface ConcurrencyRequest {
  /** OWNER/NAME: groups are per repository. */
  readonly repository: string;
  /** Compared without regard to case. */
  readonly group: string;
  readonly cancelInProgress: boolean;
  readonly queue: "single" | "max";
  /** Called at most once, when the group wants this one gone, whether it waits or holds. */
  cancel(reason: string): void;
}

interface ConcurrencyTicket {
  /** True when the slot is held, false when it was cancelled or given up while waiting. */
  readonly granted: Promise<boolean>;
  /** Releases the slot, or the place in the queue. Safe to call twice. */
  release(): void;
}

export interface ConcurrencyGroups {
  request(request: ConcurrencyRequest): ConcurrencyTicket;
}

interface Entry {
  readonly request: ConcurrencyRequest;
  settle(granted: boolean): void;
}

interface Group {
  holder: Entry | undefined;
  waiting: Entry[];
}

/**
 * Concurrency groups as on GitHub: one holder, followed by either only the newest or, under `queue: max`, up to 100 in
 * the order of arrival. Source:
 * docs.github.com/en/actions/how-tos/write-workflows/choose-when-workflows-run/control-workflow-concurrency
 */
export function createConcurrencyGroups(): ConcurrencyGroups {
  const groups = new Map<string, Group>();

  function groupOf(request: ConcurrencyRequest): Group {
    const key = `${request.repository}\n${request.group}`.toLowerCase();
    const group = groups.get(key) ?? { holder: undefined, waiting: [] };
    groups.set(key, group);
    return group;
  }

  function advance(group: Group): void {
    if (group.holder === undefined) {
      group.holder = group.waiting.shift();
      group.holder?.settle(true);
    }
  }

  return {
    request(request) {
      const group = groupOf(request);
      const { promise: granted, resolve: settle } = Promise.withResolvers<boolean>();
      const entry: Entry = { request, settle };
      enter(group, entry);
      advance(group);
      return {
        granted,
        release() {
          settle(false);
          group.waiting = group.waiting.filter((waiting) => waiting !== entry);
          group.holder = group.holder === entry ? undefined : group.holder;
          advance(group);
        },
      };
    },
  };
}

function enter(group: Group, entry: Entry): void {
  const { request } = entry;
  if (request.queue === "max" && !request.cancelInProgress) {
    if (group.waiting.length >= LONGEST_QUEUE) {
      drop(entry, `the queue of '${request.group}' is full: ${LONGEST_QUEUE} are waiting already`);
      return;
    }
    group.waiting.push(entry);
    return;
  }
  const replaced = group.waiting;
  group.waiting = [entry];
  for (const older of replaced) {
    drop(older, `a higher priority waiting request for '${request.group}' exists`);
  }
  if (request.cancelInProgress) {
    group.holder?.request.cancel(
      `a newer request for '${request.group}' cancels what is in progress`,
    );
  }
}

function drop(entry: Entry, reason: string): void {
  entry.settle(false);
  entry.request.cancel(`Canceling since ${reason}`);
}
