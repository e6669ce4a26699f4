/** Resources that the kernel counts and limits in a control group. */
export type Controller = "pids" | "memory";

/** A folder of control groups below which new ones may be created, for these controllers. */
export interface Parent {
  readonly version: 1 | 2;
  readonly controllers: readonly Controller[];
  readonly folder: string;
}

/** The limits for processes and memory of commands. */
export interface Bound {
  /** `user`: the kernel counts the processes of the sandbox's own user namespace (`RLIMIT_NPROC`). */
  readonly processes: "control-group" | "user";
  /** `watch`: the supervisor checks it several times a second. */
  readonly memory: "control-group" | "watch";
  readonly parents: readonly Parent[];
}

/** Facts about the machine, from the kernel and the file system. */
export interface Found {
  /** Parents in which a group was created, entered and counted; the best first. */
  readonly usable: readonly Parent[];
  /** Root of the machine itself, which the kernel exempts from limits on the number of processes. */
  readonly isRoot: boolean;
  /** Whether a program that sets limits exists (`prlimit`). */
  readonly setsLimits: boolean;
}

/** Undefined if only a watch would protect the machine from a fork bomb. */
export function chooseBound({ usable, isRoot, setsLimits }: Found): Bound | undefined {
  const holding = (controller: Controller) =>
    usable.find(({ controllers }) => controllers.includes(controller));
  const [pids, memory] = [holding("pids"), holding("memory")];
  const both = usable.find(({ controllers }) => controllers.length === 2);
  const parents = both === undefined ? [pids, memory].filter((one) => one !== undefined) : [both];
  const isHeld = pids !== undefined;
  if (!isHeld && (isRoot || !setsLimits)) return undefined;
  return {
    processes: isHeld ? "control-group" : "user",
    memory: memory === undefined ? "watch" : "control-group",
    parents,
  };
}

/** Whether a user of `/proc/self/uid_map` is also root outside its own namespace. */
export function isRootOfMachine(user: number, userMap: string): boolean {
  for (const line of userMap.trim().split("\n")) {
    const [inside = 0, outside = 0, count = 0] = line.trim().split(/\s+/).map(Number);
    if (user >= inside && user < inside + count) return outside + user - inside === 0;
  }
  return user === 0;
}

/** The highest possible process limit, by `/proc/self/limits`: nothing inside may raise a hard limit. */
export function mostProcesses(limits: string): number {
  return Number(/^Max processes +\S+ +(\d+)/m.exec(limits)?.[1] ?? Number.POSITIVE_INFINITY);
}

/**
 * Possible places for groups, by `/proc/self/mountinfo` and `/proc/self/cgroup`: first the unified hierarchy, with the
 * own group and then each one above it, because only a group without processes gives controllers to its children. Below
 * the own group, the worker's limits apply to its commands too. Processes alone are better than nothing.
 */
export function possibleParents(mountInfo: string, ownGroups: string): readonly Parent[] {
  const mounts = mountInfo.split("\n").flatMap((line) => readMount(line) ?? []);
  const groups = ownGroups.split("\n").flatMap((line) => readGroup(line) ?? []);
  const placesOf = (version: 1 | 2, controller: string) => {
    const group = groups.find(({ controllers }) => controllers.includes(controller));
    const mount = mounts.find((one) => one.version === version && one.options.includes(controller));
    return group === undefined || mount === undefined ? [] : placesUpwards(mount, group.path);
  };
  const unified = (...controllers: readonly Controller[]) =>
    placesOf(2, "").map((folder): Parent => ({ version: 2, controllers, folder }));
  const old = (...controllers: readonly Controller[]) =>
    placesOf(1, controllers[0] ?? "")
      .slice(0, 1)
      .map((folder): Parent => ({ version: 1, controllers, folder }));
  const [pids, memory] = [old("pids"), old("memory")];
  const areOne = pids[0] !== undefined && pids[0].folder === memory[0]?.folder;
  return [
    ...unified("pids", "memory"),
    ...(areOne ? old("pids", "memory") : [...pids, ...memory]),
    ...unified("pids"),
  ];
}

interface Mount {
  readonly version: 1 | 2;
  readonly root: string;
  readonly point: string;
  /** Controllers of version 1; the unified hierarchy has none of its own here, as in `/proc/self/cgroup`. */
  readonly options: readonly string[];
}

function readMount(line: string): Mount | undefined {
  const [own = "", system = ""] = line.split(" - ");
  const [, , , root, point] = own.split(" ");
  const [kind, , options = ""] = system.split(" ");
  if (root === undefined || point === undefined) return undefined;
  const place = { root: unescaped(root), point: unescaped(point) };
  if (kind === "cgroup2") return { version: 2, ...place, options: [""] };
  return kind === "cgroup" ? { version: 1, ...place, options: options.split(",") } : undefined;
}

function readGroup(line: string) {
  const match = /^\d+:([^:]*):(\/.*)$/.exec(line);
  if (match === null) return undefined;
  return { controllers: (match[1] ?? "").split(","), path: match[2] ?? "/" };
}

/** The folder of a group and those above it, as far as they are mounted; none for a group outside the mount. */
function placesUpwards({ root, point }: Mount, path: string): readonly string[] {
  const above = root === "/" ? "" : root;
  if (path !== root && !path.startsWith(`${above}/`)) return [];
  const names = path
    .slice(above.length)
    .split("/")
    .filter((name) => name !== "");
  if (names.includes("..")) return [];
  return names
    .map((_, index) => [point, ...names.slice(0, names.length - index)].join("/"))
    .concat(point);
}

/** Spaces and backslashes are octal in `/proc/self/mountinfo`. */
function unescaped(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, digits) =>
    String.fromCharCode(Number.parseInt(digits, 8)),
  );
}
