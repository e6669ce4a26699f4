import type { Uses } from "./uses.ts";

const JVM_MARKS = [
  ...['^@EnabledIf("a")', '^@DisabledIf("a")', '^@EnabledIfEnvironmentVariable(named = "A")'],
  ...["^@EnabledOnOs(OS.MAC)", "^@DisabledOnOs(OS.MAC)", '^@EnabledIfSystemProperty(named = "A")'],
  ...['^@DisabledIfEnvironmentVariable(named = "A")', '^@DisabledIfSystemProperty(named = "A")'],
  ...["^@EnabledOnJre(JRE.A)", "^@DisabledOnJre(JRE.A)"],
];

/** By the name of the language. */
export const USES: Readonly<Record<string, Uses>> = {
  javascript: {
    path: "test/a.test.ts",
    test: 'MARK\nit("a", async () => {\n  LINE\n  expect(f(1)).toBe(2);\n});\n',
    condition: "if (ASKED) return;",
    texts: {
      skip: [
        ...["skip", "todo", "fixme", "fails", "failing"].map(
          (word) => `=it.${word}("a", async () => {\n  expect(f(1)).toBe(2);\n});\n`,
        ),
        ...["xit", "xtest", "xspecify"].map(
          (word) => `=${word}("a", async () => {\n  expect(f(1)).toBe(2);\n});\n`,
        ),
        ...["xdescribe", "xcontext"].map(
          (word) =>
            `=${word}("g", () => {\n  it("a", async () => {\n    expect(f(1)).toBe(2);\n  });\n});\n`,
        ),
        ...["this.skip();", "t.skip();", "test.skip();", "it.skip();", "test.fixme();"],
        ...["ctx.skip();", "context.skip();"],
      ],
      skipWhen: ["skipIf", "runIf"].map(
        (word) => `=it.${word}(x)("a", async () => {\n  expect(f(1)).toBe(2);\n});\n`,
      ),
      focus: [
        '=it.only("a", async () => {\n  expect(f(1)).toBe(2);\n});\n',
        '=fit("a", async () => {\n  expect(f(1)).toBe(2);\n});\n',
        '=ftest("a", async () => {\n  expect(f(1)).toBe(2);\n});\n',
        '=fdescribe("g", () => {\n  it("a", async () => {\n    expect(f(1)).toBe(2);\n  });\n});\n',
      ],
      retry: [
        '=it("a", { retry: 2 }, async () => {\n  expect(f(1)).toBe(2);\n});\n',
        '=it("a", { retries: 2 }, async () => {\n  expect(f(1)).toBe(2);\n});\n',
        ...["jest.retryTimes(3);", "this.retries(3);", "test.info().retries(3);"],
      ],
      sleep: [
        ...[
          "await sleep(9);",
          "await delay(9);",
          "await timers.sleep(9);",
          "await timers.delay(9);",
        ],
        ...["await page.waitForTimeout(9);", "cy.wait(9);", "await browser.pause(9);"],
      ],
      suppressions: [
        ...["// @ts-ignore", "// @ts-nocheck", "// @ts-expect-error", "// eslint-disable-line"],
        ...["// biome-ignore lint: x", "// oxlint-disable x", "// tslint:disable x"],
        ...["/* istanbul ignore next */", "/* c8 ignore next */", "/* v8 ignore next */"],
      ],
      environment: [
        ...["process.env", "globalThis.process.env", 'process.env["A"]', "import.meta.env"],
        'Deno.env.get("A")',
      ],
      reads: [
        ...[
          'readFileSync("src/a.ts")',
          'await readFile("src/a.ts")',
          'fs.readFileSync("src/a.ts")',
        ],
        ...['await fs.readFile("src/a.ts")', 'await Deno.readTextFile("src/a.ts")'],
        ...['Deno.readTextFileSync("src/a.ts")', 'Bun.file("src/a.ts")'],
      ].map((one) => `check(${one});`),
      spawns: [
        ...["exec", "execSync", "execFile", "execFileSync", "spawn", "spawnSync", "child.exec"],
        ...["child.execSync", "child.execFile", "child.execFileSync", "child.spawn"],
        ...["child.spawnSync", "execa", "execaSync", "tool.execa", "run", "git"],
      ]
        .map((name) => `${name}("git", ["diff"]);`)
        .concat("$`git diff`;"),
    },
  },
  python: {
    path: "tests/test_a.py",
    test: "MARK\ndef test_a():\n    LINE\n    assert f(1) == 2\n",
    condition: "if ASKED: return",
    texts: {
      skip: [
        ...["^@pytest.mark.skip", "^@pytest.mark.xfail", '^@unittest.skip("x")', '^@skip("x")'],
        ...["^@unittest.expectedFailure", "^@expectedFailure", 'pytest.skip("x")'],
        ...['pytest.xfail("x")', 'self.skipTest("x")', 'raise unittest.SkipTest("x")'],
      ],
      skipWhen: [
        ...["^@pytest.mark.skipif(x)", "^@unittest.skipIf(x)", "^@unittest.skipUnless(x)"],
        ...["^@skipIf(x)", "^@skipUnless(x)", 'pytest.importorskip("x")'],
      ],
      retry: [
        ...["^@pytest.mark.flaky(reruns=2)", "^@flaky", "^@retry(3)", "^@tenacity.retry(3)"],
        "^@flaky.flaky(3)",
      ],
      sleep: ["time.sleep(1)", "sleep(1)", "asyncio.sleep(1)", "page.wait_for_timeout(1)"],
      suppressions: [
        ...["type: ignore", "noqa", "pylint: disable=x", "pyright: ignore", "pragma: no cover"],
        ...["ruff: noqa", "mypy: ignore-errors", "flake8: noqa", "nosec"],
      ].map((word) => `# ${word}`),
      suppressionMarks: ["^@no_type_check", "^@typing.no_type_check"],
      environment: [
        ...['os.environ.get("A")', 'os.getenv("A")', 'os.environ["A"]', 'getenv("A")'],
        ...['environ.get("A")', '"A" in os.environ'],
      ],
      reads: [
        ...['open("src/a.py")', 'Path("src/a.py").read_text()', 'Path("src/a.py").read_bytes()'],
        ...["inspect.getsource(f)", 'io.open("src/a.py")'],
      ].map((one) => `check(${one})`),
      spawns: [
        ...['subprocess.run(["git", "diff"])', 'subprocess.check_output(["git", "diff"])'],
        ...['subprocess.check_call(["git", "diff"])', 'subprocess.call(["git", "diff"])'],
        ...['subprocess.Popen(["git", "diff"])', 'os.system("git diff")', 'os.popen("git diff")'],
        ...['check_output(["git", "diff"])', 'run(["git", "diff"])', 'git.Repo(".")', 'Repo(".")'],
      ],
    },
  },
  go: {
    path: "a_test.go",
    test: "package a\n\nMARK\nfunc TestA(t *testing.T) {\n\tLINE\n\tassert.Equal(t, 2, f(1))\n}\n",
    condition: "if ASKED {\n\t\treturn\n\t}",
    texts: {
      skip: [
        ...['t.Skip("x")', 't.Skipf("x")', "t.SkipNow()", 'b.Skip("x")', 's.T().Skip("x")'],
        'suite.T().Skip("x")',
      ],
      retry: ["retry.Do(g)", "retry.Run(g)", "backoff.Retry(g)"],
      sleep: ["time.Sleep(1)"],
      suppressions: ["//nolint", "//lint:ignore x", "// #nosec", "//exhaustive:ignore"],
      environment: ['os.Getenv("A") != ""', 'has(os.LookupEnv("A"))', "testing.Short()"],
      reads: [...['os.ReadFile("a.go")', 'os.Open("a.go")', 'ioutil.ReadFile("a.go")']],
      spawns: [
        'exec.Command("git", "diff")',
        'exec.CommandContext(ctx, "git", "diff")',
        'git.PlainOpen(".")',
      ],
    },
  },
  rust: {
    path: "tests/a.rs",
    test: "MARK\n#[test]\nfn a() {\n    LINE\n    assert_eq!(f(1), 2);\n}\n",
    condition: "if ASKED { return; }",
    texts: {
      skip: ["^#[ignore]", "^#[should_panic]"],
      skipWhen: ["^#[cfg_attr(windows, ignore)]", '^#[cfg(feature = "a")]'],
      retry: ["^#[flaky_test]", "tokio_retry::retry(g);", "retry(g);"],
      sleep: [...["std::thread::sleep(d);", "sleep(d);", "sleep_ms(9);"]],
      suppressionMarks: ["^#[allow(dead_code)]", "^#[expect(dead_code)]"],
      environment: [
        ...[
          'std::env::var("A").is_ok()',
          'env::var("A").is_ok()',
          'std::env::var_os("A").is_some()',
        ],
        ...['env::var_os("A").is_some()', 'option_env!("A").is_some()'],
      ],
      reads: [
        ...['std::fs::read_to_string("src/a.rs");', 'fs::read_to_string("src/a.rs");'],
        ...['include_str!("../src/a.rs");', 'std::fs::read("src/a.rs");', 'fs::read("src/a.rs");'],
      ],
      spawns: [
        ...['Command::new("git").arg("diff").output();', 'Command::new("git");'],
        'std::process::Command::new("git");',
        'Repository::open(".");',
        'Repository::discover(".");',
      ],
    },
  },
  java: {
    path: "src/test/java/ATest.java",
    test: "class ATest {\n  MARK\n  @Test\n  void a() {\n    LINE\n    assertEquals(2, f(1));\n  }\n}\n",
    condition: "if (ASKED) return;",
    texts: {
      skip: ["^@Disabled", "^@Ignore", "^@Ignored", "^@api.Disabled", "^@junit.Ignore"],
      skipWhen: [
        ...JVM_MARKS,
        ...["assumeTrue(x);", "assumeFalse(x);", "assumeThat(x);", "Assumptions.assumeTrue(x);"],
        ...["Assumptions.assumeFalse(x);", "Assume.assumeTrue(x);", "Assume.assumeFalse(x);"],
        ...["abort();", "Assumptions.abort();"],
      ],
      retry: [
        ...["^@RetryingTest(3)", "^@RepeatedIfExceptionsTest", "^@Retry(3)", "^@FlakyTest"],
        "eventually(g);",
      ],
      sleep: ["Thread.sleep(9);", "TimeUnit.SECONDS.sleep(9);", "delay(9);", "waiter.sleep(9);"],
      suppressions: [
        ...["noinspection x", "CHECKSTYLE:OFF", "NOSONAR", "NOPMD", "ktlint-disable", "detekt:x"],
      ].map((word) => `// ${word}`),
      suppressionMarks: ['^@SuppressWarnings("x")', '^@Suppress("x")', '^@SuppressFBWarnings("x")'],
      environment: ['System.getenv("A") != null', 'System.getProperty("a") != null'],
      reads: [
        ...['Files.readString(Path.of("src/A.java"))', 'Files.readAllLines(Path.of("src/A.java"))'],
        ...['Files.lines(Path.of("src/A.java"))', 'Files.readAllBytes(Path.of("src/A.java"))'],
        ...['new File("src/A.java")', 'new FileReader("src/A.java")'],
        'new FileInputStream("src/A.java")',
      ].map((one) => `check(${one});`),
      spawns: [
        'new ProcessBuilder("git", "diff").start();',
        'runtime.exec("git diff");',
        'Git.open(new File("."));',
      ],
    },
  },
  kotlin: {
    path: "src/test/kotlin/ATest.kt",
    test: "class ATest {\n    MARK\n    @Test\n    fun a() {\n        LINE\n        assertEquals(2, f(1))\n    }\n}\n",
    condition: "if (ASKED) return",
    texts: {
      skip: [
        ...["xtest", "xit"].map(
          (word) =>
            `=class S : FunSpec({\n    ${word}("a") {\n        f(1) shouldBe 2\n    }\n})\n`,
        ),
        ...["xdescribe", "xcontext"].map(
          (word) =>
            `=class S : FunSpec({\n    ${word}("g") {\n        test("a") {\n            f(1) shouldBe 2\n        }\n    }\n})\n`,
        ),
        '=class S : FunSpec({\n    test("!a") {\n        f(1) shouldBe 2\n    }\n})\n',
        '=class S : FunSpec({\n    test("a").config(enabled = false) {\n        f(1) shouldBe 2\n    }\n})\n',
      ],
      focus: ['=class S : FunSpec({\n    test("f:a") {\n        f(1) shouldBe 2\n    }\n})\n'],
      environment: ['System.getenv()["A"] != null'],
      reads: ['check(path("src/A.kt").readText())', 'check(path("src/A.kt").readLines())'],
    },
  },
  "c-sharp": {
    path: "tests/ATests.cs",
    test: "class ATests\n{\n    MARK\n    [Fact]\n    public void A()\n    {\n        LINE\n        Assert.Equal(2, F(1));\n    }\n}\n",
    condition: "if (ASKED) return;",
    texts: {
      skip: [
        ...["^[Ignore]", "^[Explicit]", '^[Skip("x")]', "Assert.Ignore();"],
        ...["Assert.Inconclusive();", "Assert.Skip();"],
      ],
      skipWhen: [
        ...[
          "Skip.If(x);",
          "Skip.IfNot(x);",
          'Assert.SkipWhen(x, "");',
          'Assert.SkipUnless(x, "");',
        ],
        ...["Assume.That(x);", '^[Platform("Linux")]'],
      ],
      retry: ["^[Retry(3)]", "^[RetryFact]", "^[RetryTheory]"],
      sleep: [
        ...["Thread.Sleep(9);", "await Task.Delay(9);", "System.Threading.Thread.Sleep(9);"],
        "await System.Threading.Tasks.Task.Delay(9);",
      ],
      suppressions: ["// ReSharper disable All", "// NOSONAR"],
      suppressionMarks: ['^[SuppressMessage("x", "y")]', "^[ExcludeFromCodeCoverage]"],
      environment: [
        'Environment.GetEnvironmentVariable("A") != null',
        'System.Environment.GetEnvironmentVariable("A") != null',
      ],
      reads: [
        ...['File.ReadAllText("src/A.cs")', 'File.ReadAllLines("src/A.cs")'],
        ...['System.IO.File.ReadAllText("src/A.cs")', 'File.OpenText("src/A.cs")'],
      ].map((one) => `Check(${one});`),
      spawns: [
        'Process.Start("git", "diff");',
        'new ProcessStartInfo("git", "diff");',
        'new Repository(".");',
      ],
    },
  },
  ruby: {
    path: "spec/a_spec.rb",
    test: 'MARK\nit "a" do\n  LINE\n  expect(f(1)).to eq(2)\nend\n',
    condition: "return if ASKED",
    texts: {
      skip: [
        ...['skip "x"', 'pending "x"', 'omit "x"'],
        ...["xit", "xspecify"].map((word) => `=${word} "a" do\n  expect(f(1)).to eq(2)\nend\n`),
        ...["xdescribe", "xcontext", "RSpec.xdescribe"].map(
          (word) => `=${word} "g" do\n  it "a" do\n    expect(f(1)).to eq(2)\n  end\nend\n`,
        ),
      ],
      focus: [
        '=it "a", :focus do\n  expect(f(1)).to eq(2)\nend\n',
        ...["fit", "fspecify"].map((word) => `=${word} "a" do\n  expect(f(1)).to eq(2)\nend\n`),
        ...["fdescribe", "fcontext", "RSpec.fdescribe"].map(
          (word) => `=${word} "g" do\n  it "a" do\n    expect(f(1)).to eq(2)\n  end\nend\n`,
        ),
      ],
      retry: ['=it "a", retry: 3 do\n  expect(f(1)).to eq(2)\nend\n', "Minitest::Retry.use!"],
      sleep: ["sleep 9", "Kernel.sleep 9"],
      suppressions: [
        ...["rubocop:disable All", "rubocop:todo All", ":nocov:", "standard:disable All"],
        "steep:ignore",
      ].map((word) => `# ${word}`),
      environment: ['ENV["A"]', 'ENV.fetch("A")', 'ENV.key?("A")'],
      reads: [
        ...["File.read", "File.readlines", "IO.read", "IO.readlines", "File.binread", "File.open"],
        "File.foreach",
      ].map((name) => `check(${name}("lib/a.rb"))`),
      spawns: [
        ...["system", "exec", "Open3.capture2", "Open3.capture3", "IO.popen", "spawn"].map(
          (name) => `${name}("git diff")`,
        ),
        "`git diff`",
        'Rugged::Repository.new(".")',
      ],
    },
  },
  php: {
    path: "tests/ATest.php",
    test: "<?php\nclass ATest extends TestCase\n{\n    MARK\n    public function testA(): void\n    {\n        LINE\n        $this->assertSame(2, f(1));\n    }\n}\n",
    condition: "if (ASKED) { return; }",
    texts: {
      skip: [
        "$this->markTestSkipped('x');",
        "$this->markTestIncomplete('x');",
        "markTestSkipped('x');",
        ...["skip", "todo"].map(
          (word) => `=<?php\nit('a', function () {\n    expect(f(1))->toBe(2);\n})->${word}();\n`,
        ),
      ],
      skipWhen: [
        ...["RequiresPhp('8')", "RequiresPhpExtension('x')", "RequiresOperatingSystem('x')"],
        ...["RequiresOperatingSystemFamily('x')", "RequiresFunction('x')"],
      ]
        .map((word) => `^#[${word}]`)
        .concat(
          ["skipOnWindows", "skipOnCI", "skipLocally"].map(
            (word) => `=<?php\nit('a', function () {\n    expect(f(1))->toBe(2);\n})->${word}();\n`,
          ),
        ),
      focus: ["=<?php\nit('a', function () {\n    expect(f(1))->toBe(2);\n})->only();\n"],
      retry: [
        "=<?php\nit('a', function () {\n    expect(f(1))->toBe(2);\n})->repeat(3);\n",
        "retry(3, $g);",
      ],
      sleep: ["sleep(9);", "usleep(9);", "time_nanosleep(0, 9);", "Sleep::for(9);"],
      suppressions: [
        ...["@phpstan-ignore-line", "@psalm-suppress X", "phpcs:ignore", "phpcs:disable"],
        ...["@codeCoverageIgnore", "@phan-suppress-line X"],
      ].map((word) => `// ${word}`),
      suppressionMarks: ["^#[CodeCoverageIgnore]"],
      environment: ["getenv('A')", "$_ENV['A']", "$_SERVER['A']", "env('A')"],
      reads: ["file_get_contents", "file", "fopen"].map((name) => `check(${name}('src/A.php'));`),
      spawns: [
        ...["exec", "shell_exec", "system", "passthru", "proc_open"].map(
          (name) => `${name}('git diff');`,
        ),
        ...["new Process(['git', 'diff']);", "Process::fromShellCommandline('git diff');"],
        "`git diff`;",
      ],
    },
  },
};
