import type { Decoys } from "./decoys.ts";
import type { Probe } from "./table.ts";

/** The metadata services of clouds, in every spelling that some resolver or parser takes (threats NET-03). */
const METADATA = [
  "169.254.169.254",
  "2852039166",
  "0xa9fea9fe",
  "0251.0376.0251.0376",
  "0xa9.254.0251.254",
  "169.254.43518",
  "::ffff:169.254.169.254",
  "::ffff:a9fe:a9fe",
  "64:ff9b::a9fe:a9fe",
  "fd00:ec2::254",
  "fe80::a9fe:a9fe",
  "168.63.129.16",
  "100.100.100.200",
  "192.0.0.192",
  "metadata.google.internal",
  "instance-data.ec2.internal",
  "169.254.169.254.nip.io",
] as const;

/** One line a target: the system's word for what happened. */
const connect = (targets: readonly (string | object)[]) => `node -e '
const net = require("net");
const targets = ${JSON.stringify(targets)};
(async () => { for (const t of targets) await new Promise((done) => {
  const s = net.connect(typeof t === "string" ? { host: t, port: 80 } : t);
  const say = (word) => { console.log(JSON.stringify(t), word); s.destroy(); done(); };
  s.on("connect", () => say("CONNECTED")); s.on("error", (e) => say(e.code ?? e.errors?.[0]?.code)); s.setTimeout(3000, () => say("SILENT"));
}); })();' 2>&1`;

const NOWHERE = /(ENETUNREACH|ENOTFOUND|EAI_AGAIN|EADDRNOTAVAIL|EINVAL|EHOSTUNREACH)$/;

export function networkProbes(decoys: Decoys): readonly Probe[] {
  const targets = [
    { host: "127.0.0.1", port: decoys.port },
    { host: "localhost", port: decoys.port },
    { host: "0.0.0.0", port: decoys.port },
    ...(decoys.portOfVersion6 === undefined ? [] : [{ host: "::1", port: decoys.portOfVersion6 }]),
  ];
  return [
    {
      id: "NET-01",
      title: "addresses of the internet over TCP",
      command: connect(["1.1.1.1", "8.8.8.8", "2606:4700:4700::1111", "140.82.112.3"]),
      each: NOWHERE,
    },
    {
      id: "NET-01",
      title: "datagrams, QUIC among them",
      command:
        "for t in 1.1.1.1/53 1.1.1.1/443 224.0.0.251/5353 255.255.255.255/9; do (echo x > /dev/udp/$t) 2>&1; done",
      each: /unreachable|ermission denied|line 1: echo: write error/,
    },
    {
      id: "NET-01",
      title: "raw, packet and tunnel sockets",
      command:
        'perl -e \'for ([2,3,1],[17,3,768],[10,3,58],[40,1,0]) { print socket(my $s, $$_[0], $$_[1], $$_[2]) ? "$$_[0] " : "no " }\'; ls /dev/net 2>&1',
      expect: /^no no no (no|40) .*No such file/,
    },
    {
      id: "NET-01",
      title: "interfaces and routes",
      command:
        "tail -n +3 /proc/net/dev | cut -d: -f1; tail -n +2 /proc/net/route; cat /proc/net/fib_trie | grep -c 'link'",
      expect: /^\s*lo\n/,
      never: /eth|docker|wlan|ens|veth/,
    },
    {
      id: "NET-01",
      title: "a way around by proxy variables",
      command: "env | grep -ic proxy",
      expect: /^0$/m,
    },
    {
      id: "NET-02",
      title: "names",
      command:
        "cat /etc/resolv.conf 2>&1; getent hosts canary.example.com || echo none; ls /run /var/run 2>&1 | head -4; (echo x > /dev/udp/127.0.0.53/53) && echo sent-to-nobody",
      expect: /resolv.conf: No such file[\s\S]*none\n/,
    },
    {
      id: "NET-03",
      title: "metadata services in every spelling",
      command: connect(METADATA),
      each: NOWHERE,
    },
    {
      id: "NET-06",
      title: "services on the host's loopback",
      command: connect(targets),
      each: /(ECONNREFUSED|EADDRNOTAVAIL|ENETUNREACH)$/,
    },
    {
      id: "NET-06",
      title: "unix and abstract sockets",
      command: connect([
        { path: decoys.socket },
        { path: `\0${decoys.abstractSocket}` },
        { path: "/run/docker.sock" },
        { path: "/var/run/docker.sock" },
        { path: "/run/containerd/containerd.sock" },
        { path: "/run/dbus/system_bus_socket" },
        { path: "/run/systemd/private" },
        { path: "/run/nscd/socket" },
      ]),
      each: /(ECONNREFUSED|ENOENT)$/,
    },
    {
      id: "NET-06",
      title: "what the host listens on",
      command: "tail -qn +2 /proc/net/tcp /proc/net/tcp6 /proc/net/unix | wc -l",
      expect: /^0$/m,
    },
  ];
}
