package io.slipway.driver.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.driver.standin.CatalogStandIn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * One driver with a catalog {@code main} and a context in its schema {@code s}, for tests that keep to paths and tables of their own;
 * made at first use, gone with the last test.
 */
final class CatalogDriver implements BeforeAllCallback {
    private static final String CONTEXT = "a";

    private static Optional<Instance> instance = Optional.empty();

    private record Instance(Path scratch, CatalogStandIn catalog, DriverHarness driver) implements AutoCloseable {
        static Instance start() {
            try {
                Path scratch = Files.createTempDirectory("catalog-driver");
                CatalogStandIn catalog = new CatalogStandIn(Files.createDirectories(scratch.resolve("warehouse")));
                DriverHarness driver =
                        new DriverHarness(scratch, config -> config.put("serverUrl", catalog.url())).awaitReady();
                driver.context(CONTEXT, body -> {
                    body.put("catalog", "main").put("schema", "s").put("user", CatalogStandIn.USER);
                    body.putArray("catalogs").add("main");
                });
                Instance made = new Instance(scratch, catalog, driver);
                assertThat(driver.run(CONTEXT, "sql", "create schema main.s").outcome())
                        .isEqualTo("ok");
                return made;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() throws IOException {
            driver.close();
            catalog.close();
            List<Path> files;
            try (Stream<Path> found = Files.walk(scratch)) {
                files = found.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        }
    }

    @Override
    public synchronized void beforeAll(ExtensionContext context) {
        instance = Optional.of(context.getRoot()
                .getStore(ExtensionContext.Namespace.GLOBAL)
                .computeIfAbsent(Instance.class, first -> Instance.start(), Instance.class));
    }

    static DriverHarness.Result run(String language, String code) {
        return instance.orElseThrow().driver().run(CONTEXT, language, code);
    }

    static DriverHarness.Result sql(String statement) {
        var result = run("sql", statement);
        assertThat(result.outcome()).as(statement + ": " + result.frames()).isEqualTo("ok");
        return result;
    }

    static String python(String code) {
        var result = run("python", code);
        assertThat(result.outcome()).as(code + ": " + result.frames()).isEqualTo("ok");
        return result.text();
    }

    /** The folder that is {@code dbfs:/}. */
    static Path dbfs() {
        return instance.orElseThrow().scratch().resolve("dbfs");
    }

    static void put(String path, String content) throws IOException {
        Path file = dbfs().resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }
}
