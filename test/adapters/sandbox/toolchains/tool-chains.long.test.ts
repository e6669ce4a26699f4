import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { skippedFor } from "../../../skipped.ts";
import { describeInside, useSandboxes } from "../sandboxes.ts";

const { open } = useSandboxes();

/** Go compiles its standard library beside other tests: two minutes on a busy machine, and nothing here is about time. */
const PATIENCE_MS = 600_000;

/** The folder that a tool chain says it lives in; undefined where it is not installed. */
function homeOf(program: string, arguments_: readonly string[]): string | undefined {
  const { status, stdout } = spawnSync(program, [...arguments_], { encoding: "utf8" });
  return status === 0 ? stdout.trim() : undefined;
}

const NODE_TEST = `
import { test } from "node:test";
import { equal } from "node:assert";
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { readFile, watch } from "node:fs/promises";
import { Worker } from "node:worker_threads";
import { once } from "node:events";
import { createServer } from "node:net";
test("a child, a thread, a file, a watch, a port", async () => {
  equal((await promisify(execFile)(process.execPath, ["-p", "6*7"])).stdout, "42\\n");
  const worker = new Worker("require('worker_threads').parentPort.postMessage(43)", { eval: true });
  equal((await once(worker, "message"))[0], 43);
  equal((await readFile("name.txt", "utf8")), "kept");
  watch(".")[Symbol.asyncIterator]().return?.();
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  server.close();
});`;
const GO_TEST = `package sum
import ("os/exec"; "sync"; "testing"; "time")
func TestSum(t *testing.T) {
	var group sync.WaitGroup
	for i := 0; i < 50; i++ { group.Add(1); go func() { defer group.Done(); time.Sleep(time.Millisecond) }() }
	group.Wait()
	if out, err := exec.Command("echo", "a").Output(); err != nil || string(out) != "a\\n" { t.Fatal(err) }
}`;
const RUST_TEST = `#[test] fn threads_and_children() {
  let all: Vec<_> = (0..8).map(|n| std::thread::spawn(move || n)).collect();
  assert_eq!(all.into_iter().map(|t| t.join().unwrap()).sum::<i32>(), 28);
  assert!(std::process::Command::new("true").status().unwrap().success());
}`;
const JAVA_TEST = `import java.util.concurrent.*;
class Sum { public static void main(String[] a) throws Exception {
  var pool = Executors.newFixedThreadPool(4);
  int sum = 0; for (var f : pool.invokeAll(java.util.List.<Callable<Integer>>of(() -> 1, () -> 2))) sum += f.get();
  pool.shutdown();
  if (new ProcessBuilder("true").start().waitFor() != 0 || sum != 3) throw new Error();
  System.out.println("OK " + sum);
} }`;
const PYTHON_TEST = `import multiprocessing, subprocess, sqlite3, threading, unittest
def double(n): return 2 * n
class Test(unittest.TestCase):
    def test_all(self):
        with multiprocessing.get_context("spawn").Pool(2) as pool: self.assertEqual(pool.map(double, [1, 2]), [2, 4])
        self.assertEqual(subprocess.run(["echo", "a"], capture_output=True).stdout, b"a\\n")
        thread = threading.Thread(target=lambda: None); thread.start(); thread.join()
        sqlite3.connect("data.db").execute("create table t (a)")
if __name__ == "__main__": unittest.main()
`;
const C_TEST = `#include <pthread.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
static void *one(void *p) { return p; }
int main(void) {
  pthread_t t;
  if (pthread_create(&t, 0, one, 0) || pthread_join(t, 0) || system("true")) return 1;
  FILE *f = popen("echo OK", "r"); char line[9]; fgets(line, 9, f); pclose(f);
  printf("%s", line);
}`;

interface Chain {
  readonly name: string;
  /** Undefined where the tool chain is not on this machine. */
  readonly home: string | undefined;
  readonly read?: readonly string[];
  readonly files: Readonly<Record<string, string>>;
  readonly command: string;
  readonly says: RegExp;
}

const CHAINS: readonly Chain[] = [
  {
    name: "Node",
    home: "/usr",
    files: { "sum.test.mjs": NODE_TEST, "name.txt": "kept" },
    command: "node --test",
    says: /# pass 1|ℹ pass 1/,
  },
  {
    name: "Go",
    home: homeOf("go", ["env", "GOROOT"]),
    files: { "sum_test.go": GO_TEST, "go.mod": "module example.com/sum\n\ngo 1.18\n" },
    // Go compiles its standard library first: a quarter faster where nothing of it is optimized.
    command: "GOFLAGS=-mod=mod GOTOOLCHAIN=local go test -vet=off -gcflags='all=-N -l' ./...",
    says: /^ok\s/m,
  },
  {
    name: "Rust",
    home: homeOf("rustc", ["--print", "sysroot"]),
    files: { "sum.rs": RUST_TEST },
    command: "rustc --test sum.rs -o sum && ./sum",
    says: /test result: ok\. 1 passed/,
  },
  {
    name: "Java",
    home: homeOf("java", ["-version"]) === undefined ? undefined : "/usr",
    // Where Debian keeps what the JDK of its packages reads.
    read: ["/etc/java-17-openjdk", "/etc/java-21-openjdk"],
    files: { "Sum.java": JAVA_TEST },
    command: "java Sum.java",
    says: /^OK 3$/m,
  },
  {
    name: "Python",
    home: homeOf("/usr/bin/python3", ["-V"]) === undefined ? undefined : "/usr",
    files: { "test_sum.py": PYTHON_TEST },
    command: "/usr/bin/python3 test_sum.py",
    says: /^OK$/m,
  },
  {
    name: "C",
    home: homeOf("/usr/bin/cc", ["--version"]) === undefined ? undefined : "/usr",
    files: { "sum.c": C_TEST },
    command: "cc -pthread sum.c -o sum && ./sum",
    says: /^OK$/m,
  },
];

describeInside("under the filter of system calls, with no network", () => {
  for (const { name, home, files, command, says, read: others = [] } of CHAINS) {
    test.skipIf(home === undefined)(
      `the tests of a ${name} project run${skippedFor(home === undefined, "its toolchain is not here")}`,
      async () => {
        const own = home === undefined || home.startsWith("/usr") ? [] : [home];
        const read = [...own, ...others];
        const path = `${home}/bin:/usr/bin`;
        const workspace = await open({ isolation: "bubblewrap", read, path }, files);
        const result = await workspace.run({ command, timeoutMs: PATIENCE_MS });
        expect(result.output).toMatch(says);
        expect(result.exitCode, result.output).toBe(0);
      },
      PATIENCE_MS,
    );
  }
});
