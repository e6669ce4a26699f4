/** The architectures of GitHub's Linux runners, by Node's names. */
export type Architecture = "x64" | "arm64";

type Numbers = Readonly<Record<Architecture, number>>;

export interface DeniedCall {
  readonly name: string;
  /** `arch/x86/entry/syscalls/syscall_64.tbl` and `include/uapi/asm-generic/unistd.h`; none if the call does not exist. */
  readonly numbers: Readonly<Partial<Record<Architecture, number>>>;
}

/** Decided by their arguments. */
export const CLONE: Numbers = { x64: 56, arm64: 220 };
export const CLONE3: Numbers = { x64: 435, arm64: 435 };
export const IOCTL: Numbers = { x64: 16, arm64: 29 };
export const SOCKET: Numbers = { x64: 41, arm64: 198 };
export const SOCKETPAIR: Numbers = { x64: 53, arm64: 199 };

/**
 * `AF_UNIX`, `AF_INET`, `AF_INET6` and `AF_NETLINK`, by which libraries list interfaces. Others may ignore namespaces:
 * `AF_VSOCK` reaches the hypervisor, `AF_ALG` and many protocols of old modules reach rarely used kernel code.
 */
export const ALLOWED_FAMILIES: readonly number[] = [1, 2, 10, 16];

/** From this number on, calls belong to another convention under the same architecture (x32). */
export const FOREIGN_CALLS_FROM: Readonly<Record<Architecture, number | undefined>> = {
  x64: 0x40000000,
  arm64: undefined,
};

const call = (name: string, x64: number, arm64: number): DeniedCall => ({
  name,
  numbers: { x64, arm64 },
});

/**
 * Calls that no build or test needs and that kernel exploits begin with, or that need a privilege that nothing inside
 * has. Debuggers and tracers (`strace`, `gdb`, the leak check of AddressSanitizer) are the price of `ptrace`.
 */
export const DENIED_CALLS: readonly DeniedCall[] = [
  // Programs inside the kernel, and rings that execute calls which a filter never sees.
  call("bpf", 321, 280),
  call("perf_event_open", 298, 241),
  call("io_uring_setup", 425, 425),
  call("io_uring_enter", 426, 426),
  call("io_uring_register", 427, 427),
  call("userfaultfd", 323, 282),
  // Keyrings ignore namespaces: they belong to the host user.
  call("add_key", 248, 217),
  call("request_key", 249, 218),
  call("keyctl", 250, 219),
  // Other processes' memory and descriptors.
  call("ptrace", 101, 117),
  call("process_vm_readv", 310, 270),
  call("process_vm_writev", 311, 271),
  call("pidfd_getfd", 438, 438),
  // Mounts and namespaces.
  call("mount", 165, 40),
  call("umount2", 166, 39),
  call("pivot_root", 155, 41),
  call("open_tree", 428, 428),
  call("move_mount", 429, 429),
  call("fsopen", 430, 430),
  call("fsconfig", 431, 431),
  call("fsmount", 432, 432),
  call("fspick", 433, 433),
  call("mount_setattr", 442, 442),
  call("open_tree_attr", 467, 467),
  call("open_by_handle_at", 304, 265),
  call("unshare", 272, 97),
  call("setns", 308, 268),
  // The machine itself.
  call("kexec_load", 246, 104),
  call("kexec_file_load", 320, 294),
  call("init_module", 175, 105),
  call("finit_module", 313, 273),
  call("delete_module", 176, 106),
  call("swapon", 167, 224),
  call("swapoff", 168, 225),
  call("reboot", 169, 142),
  call("quotactl", 179, 60),
  call("quotactl_fd", 443, 443),
  call("acct", 163, 89),
  call("syslog", 103, 116),
  { name: "iopl", numbers: { x64: 172 } },
  { name: "ioperm", numbers: { x64: 173 } },
];
