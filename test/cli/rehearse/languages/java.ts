import type { Language } from "./language.ts";

const test = (more: string) => `package weights;

import static org.junit.Assert.assertEquals;

import org.junit.Test;

public class PriceTest {
    @Test
    public void aWeightHasAPrice() {
        assertEquals(8, Price.of(2));
    }
${more}}
`;

const source = (body: string) => `package weights;

public final class Price {
    private Price() {}

    public static int of(int weight) {
        ${body}
    }
}
`;

/** Debian's own repository of Maven packages, which Debian's own Maven asks for; a sandbox shows /usr as it is. */
const REPOSITORY = "/usr/share/maven-repo";
const MAVEN = "/usr/share/maven/bin/mvn";

const POM = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>example</groupId>
  <artifactId>weights</artifactId>
  <version>1</version>
  <properties>
    <maven.compiler.release>17</maven.compiler.release>
    <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
  </properties>
  <dependencies>
    <dependency>
      <groupId>junit</groupId>
      <artifactId>junit</artifactId>
      <version>4.13.2</version>
      <scope>test</scope>
    </dependency>
  </dependencies>
</project>
`;

export const java: Language = {
  name: "Java with Maven",
  needs: {
    programs: ["java"],
    files: [
      MAVEN,
      `${REPOSITORY}/junit/junit/4.13.2`,
      ...["surefire", "compiler", "resources"].map(
        (plugin) => `${REPOSITORY}/org/apache/maven/plugins/maven-${plugin}-plugin`,
      ),
    ],
  },
  files: {
    "pom.xml": POM,
    ".gitignore": "target/\n",
    "src/main/java/weights/Price.java": source("return 4 * weight;"),
    "src/test/java/weights/PriceTest.java": test(""),
  },
  config: `checks:
  test:
    run: ${MAVEN} -B -ntp -o -Dmaven.repo.local=${REPOSITORY} test
    report: "**/target/surefire-reports/TEST-*.xml"
sandbox:
  read: [/etc/maven]
`,
  change: {
    "src/main/java/weights/Price.java": source("return weight < 0 ? 0 : 4 * weight;"),
    "src/test/java/weights/PriceTest.java": test(`
    @Test
    public void belowZeroThereIsNone() {
        assertEquals(0, Price.of(-1));
    }
`),
  },
  shownBy: "weights.PriceTest > belowZeroThereIsNone",
  failToPass: ["belowZeroThereIsNone"],
  passToPass: 1,
};
