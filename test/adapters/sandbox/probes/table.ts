import { DENIED_CALLS } from "../../../../src/adapters/sandbox/process/denied-calls.ts";
import type { Decoys } from "./decoys.ts";
import { networkProbes } from "./network-probes.ts";

/** One attempt to leave the sandbox, by its id in the catalogue of threats. */
export interface Probe {
  readonly id: string;
  readonly title: string;
  readonly command: string;
  /** What the whole output says where the sandbox holds. */
  readonly expect?: RegExp;
  /** What each of its lines says. */
  readonly each?: RegExp;
  readonly never?: RegExp;
  /** Takes more than its share, and is played after all other tests. */
  readonly flood?: true;
}

/** Reads all memory that it may of every process it sees; says only whether the canary was there. */
const MEMORY = `perl -e '
my $looked = "7d3c19a0f4-yranac"; my $control = "control-" . $$; my ($found, $own, $refused) = (0, 0, 0);
my $canary = "canary" . "-4f0a" . "91c7d3";
for my $p (grep { /^\\d+$/ } map { s{/proc/}{}r } glob("/proc/[0-9]*")) {
  open(my $maps, "<", "/proc/$p/maps") or do { $refused++; next };
  open(my $mem, "<", "/proc/$p/mem") or do { $refused++; next };
  for (<$maps>) { /^(\\w+)-(\\w+) r/ or next; my ($a, $b) = (hex $1, hex $2); next if $b - $a > 5e7;
    sysseek($mem, $a, 0) or next; sysread($mem, my $text, $b - $a) or next;
    $own++ if $p == $$ && index($text, $control) >= 0;
    $found++ if $p != $$ && index($text, $canary) >= 0 } }
print "found:$found own:", ($own ? "yes" : "no"), "\\n"'`;

const CALLS = DENIED_CALLS.flatMap(({ name, numbers }) => {
  const number = process.arch === "x64" || process.arch === "arm64" ? numbers[process.arch] : 0;
  return number === undefined ? [] : [[name, number] as const];
});
const CLONE = process.arch === "arm64" ? 220 : 56;

const SOCKET_CALLS = process.arch === "arm64" ? "198,199" : "41,53";

const SYSTEM: readonly Probe[] = [
  {
    id: "RT-01",
    title: "the environment of every process",
    command: "env; cat /proc/[0-9]*/environ /proc/[0-9]*/task/*/environ | tr '\\0' '\\n'",
    expect: /^HOME=\/ws$/m,
    never: /ACTIONS_|GITHUB_|RUNNER_|ANTHROPIC_|MILLWRIGHT_|SEAL/,
  },
  {
    id: "RT-01",
    title: "the command line of every process",
    command: "cat /proc/[0-9]*/cmdline | tr '\\0' '\\n'",
    expect: /bwrap/,
    never: /prober|ACTIONS_|GITHUB_|sk-ant/,
  },
  {
    id: "RT-01",
    title: "the memory of every process",
    command: MEMORY,
    expect: /^found:0 own:yes$/m,
  },
  {
    id: "RT-02",
    title: "descriptors that the worker had open",
    command: "for n in 3 4 5 9 20 200 251; do cat <&$n; done 2>&1; ls /proc/self/fd | tr '\\n' ' '",
    expect: /^(.*Bad file descriptor\n){7}0 1 2 3 $/,
  },
  {
    id: "RT-02",
    title: "descriptors of the first process",
    command:
      "ls -l /proc/1/fd 2>&1 | grep -o -- '-> .*'; for f in /proc/1/fd/*; do timeout 1 cat $f; done 2>/dev/null; echo end",
    expect: /end\n$/,
    never: /-> \/(home|work|root|tmp|var|usr)/,
  },
  {
    id: "RT-03",
    title: "processes of the host",
    command:
      "ls -d /proc/[0-9]* | wc -l; kill -0 HOSTPID 2>&1; cat /proc/HOSTPID/environ /proc/HOSTPID/mem 2>&1 | head -c 300",
    expect: /^[1-7]\n[\s\S]*No such process[\s\S]*No such file/,
  },
  {
    id: "RT-03",
    title: "sudo, su and a set-user-id program of its own",
    command:
      "(sudo -n true || su -c true) >/dev/null 2>&1 </dev/null && echo GAINED; cp /usr/bin/bash b; chmod 4755 b; ./b -p -c 'grep -E \"^Cap|NoNew\" /proc/self/status'; rm b",
    expect: /^(Cap(Inh|Prm|Eff|Bnd|Amb):\t0+\n){5}NoNewPrivs:\t1\n$/,
  },
  {
    id: "RT-06",
    title: "the runner's command files",
    command:
      "echo PATH=evil >> COMMANDFILE; ls RUNNERFOLDER SECRETFILE; for v in GITHUB_ENV GITHUB_PATH GITHUB_OUTPUT GITHUB_STEP_SUMMARY; do printenv $v; done; true",
    expect: /set_env_1: No such file[\s\S]*secret': No such file/,
  },
  {
    id: "RT-07",
    title: "system calls of the kernel's far corners",
    command: `perl -e '${CALLS.map(([name, number]) => `$!=0; syscall(${number},0,0,0,0,0); print "${name} ",$!+0,"\\n";`).join(" ")}'`,
    each: / 1$/,
  },
  {
    id: "RT-07",
    title: "sockets and pairs of every family",
    command: `perl -e 'for my $call (${SOCKET_CALLS}) { for my $family (0..64) { $!=0; my $pair = "x" x 8; my $got = syscall($call, $family, 2, 0, $pair); print "$call $family\\n" if $got >= 0 || $! != 97 } }' | cut -d' ' -f2 | sort -nu | tr '\\n' ' '`,
    expect: /^1 2 (10 )?16 $/,
  },
  {
    id: "RT-07",
    title: "keys of the host's users, and what tells of its kernel",
    command:
      'for f in /proc/[!0-9]*; do { : < "$f"; } 2>/dev/null && echo "${f#/proc/}"; done; cat /proc/keys /proc/key-users /proc/cmdline 2>&1; echo end',
    expect: /^cgroups\n[\s\S]*end\n$/,
    never:
      /^(key|kall|kcore|kmsg|kpage|cmdline|modules|interrupts|timer_list|driver|bus|fs$|slabinfo|[0-9a-f]{8} I)/m,
  },
  {
    id: "RT-07",
    title: "nested namespaces, by the old call, the new one and the tools",
    command: `perl -e '$!=0; syscall(${CLONE},0x10000011,0,0,0,0); print $!+0," "; $!=0; syscall(${CLONE},0x40000011,0,0,0,0); print $!+0," "; $!=0; syscall(435,0,0); print $!+0," "'; unshare -Ur true 2>/dev/null && echo NESTED; unshare -n true 2>/dev/null && echo NESTED; bwrap --ro-bind / / true 2>/dev/null && echo NESTED; echo end`,
    expect: /^1 1 38 end$/m,
  },
  {
    id: "RT-07",
    title: "mounts, and control groups of the host",
    command:
      "mount -t tmpfs x /tmp 2>/dev/null && echo MOUNTED; umount /ws 2>/dev/null && echo MOUNTED; mount -o remount,rw / 2>/dev/null && echo MOUNTED; ls /sys 2>&1; ls -A /proc/sys/fs/binfmt_misc | head -3; ls -A /sys/fs/cgroup 2>/dev/null; echo end",
    expect: /\/sys': No such file[\s\S]*end\n$/,
    never: /MOUNTED/,
  },
  {
    id: "RT-07",
    title: "every switch of the kernel, opened for writing and never written",
    command:
      'find /proc -path \'/proc/[0-9]*\' -prune -o -type f -print 2>/dev/null | while IFS= read -r f; do { : <>"$f"; } 2>/dev/null && echo "$f"; done; for f in sys/kernel/core_pattern sys/kernel/modprobe sysrq-trigger self/uid_map; do [ -e /proc/$f ] && (exec 8<>/proc/$f) 2>&1; done; echo end',
    expect: /core_pattern: (Read-only file system|Permission denied)[\s\S]*^end$/m,
    never: /^\/proc/m,
  },
  {
    id: "RT-08",
    title: "typing into the terminal",
    command:
      'perl -e \'for (0x5412, 0x541c) { $!=0; my $x = "x"; ioctl(STDIN, $_, $x); print $!+0, " " }\'; (: < /dev/tty) 2>&1; ls /dev/console 2>&1',
    expect: /^1 1 .*\/dev\/tty: No such device/,
  },
  {
    id: "RT-09",
    title: "survivors of a command",
    command:
      "for how in setsid nohup 'setsid nohup'; do $how bash -c 'exec >/dev/null 2>&1 </dev/null; sleep 600; : SURVIVOR' & done; (bash -c 'sleep 600; : SURVIVOR' &); (setsid bash -c '(sleep 600; : SURVIVOR) &' &); disown -a; sleep 0.1; ls -d /proc/[0-9]* | wc -l",
    expect: /^\d+\n$/,
  },
  {
    id: "RT-09",
    title: "what the next command sees of them",
    command: "ls -d /proc/[0-9]* | wc -l",
    expect: /^[1-7]\n$/,
  },
  {
    id: "RT-06",
    title: "writes outside, into .git and hooks of the host",
    command:
      "for p in / /usr /usr/bin /etc /dev /proc/sys/kernel /program RUNNERFOLDER /cache /tmp /dev/shm /ws; do (: > $p/new) 2>/dev/null && echo $p; done; rm -f /cache/new /ws/new; mkdir -p /.git/hooks ~/../.git 2>/dev/null && echo MADE; ls /.git ../.git 2>/dev/null; true",
    expect: /^\/cache\n\/tmp\n\/dev\/shm\n\/ws\n$/,
  },
  {
    id: "RT-12",
    title: "folders of the host",
    command:
      "ls -d /home /root /var /run /mnt /media /boot /sys 2>/dev/null; ls /etc | tr '\\n' ' '; cat /etc/shadow 2>&1",
    expect: /^(alternatives )?group hosts nsswitch\.conf passwd cat: .*No such file/,
  },
  {
    id: "RT-11",
    title: "a flood of memory",
    flood: true,
    command: "node -e 'const a = []; for (;;) a.push(Buffer.alloc(10_000_000, 1))'",
    expect: /\[stopped: more than 400000000 bytes of memory\]/,
  },
  {
    id: "RT-11",
    title: "a large file, and a full temporary folder",
    command:
      "head -c 9000000 /dev/zero > big; stat -c %s big; rm big; for i in 1 2 3; do head -c 4000000 /dev/zero > /tmp/$i || break; done 2>&1; echo end",
    expect: /^5000000$[\s\S]*No space left on device[\s\S]*end/m,
  },
];

export function probeTable(decoys: Decoys): readonly Probe[] {
  const words: Readonly<Record<string, string>> = {
    HOSTPID: `${process.pid}`,
    COMMANDFILE: decoys.commandFile,
    RUNNERFOLDER: decoys.folder,
    SECRETFILE: decoys.secretFile,
    SURVIVOR: `survivor-${decoys.port}`,
  };
  const told = SYSTEM.map((probe) => ({
    ...probe,
    command: Object.entries(words).reduce(
      (command, [word, value]) => command.replaceAll(word, value),
      probe.command,
    ),
  }));
  return [...told, ...networkProbes(decoys)];
}
