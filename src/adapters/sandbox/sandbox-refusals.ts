import type { Refusal } from "../../domain/refusal.ts";
import { messageOf } from "../../domain/text/message-of.ts";

export const MISSING: Refusal = {
  code: "sandbox-missing",
  subject: "bubblewrap",
  found: "no bwrap on PATH",
  accepted: "bubblewrap 0.8 or later on Linux; no command of a repository runs without it",
};

export const UNKNOWN_MACHINE: Refusal = {
  code: "sandbox-missing",
  subject: "the system call filter",
  found: `a machine of architecture ${process.arch}`,
  accepted:
    "x64 or arm64, whose system calls are known; no command of a repository runs without it",
  hint: "choose-a-known-architecture",
};

export const UNBOUND: Refusal = {
  code: "sandbox-missing",
  subject: "the bound on processes",
  found:
    "root, whom the kernel sets no limit, without a control group to make, or no prlimit for another user",
  accepted:
    "control groups for pids and memory that the worker may make, or a user other than root and util-linux; no command of a repository runs without it",
  hint: "bound-the-processes",
};

export function leaking(faults: readonly string[]): Refusal {
  return {
    code: "sandbox-missing",
    subject: "the self-test of the sandbox",
    found: faults.join("; ").slice(0, 2_000),
    accepted:
      "no network, no environment but the given one, no capability, no descriptor, no host folder, no file that tells of the host's kernel, a system call filter",
    hint: "allow-user-namespaces",
  };
}

export function badFolder(error: unknown): Refusal {
  return {
    code: "config-invalid",
    subject: "sandbox.read",
    found: messageOf(error).slice(0, 2_000),
    accepted: "absolute folders of toolchains, like /opt/hostedtoolcache",
    hint: "correct-sandbox-read",
  };
}
