package io.slipway.driver.dbutils;

import io.slipway.driver.command.Scope;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** {@code dbutils} as Scala sees it; the Python object of the same name calls the parts of this one. */
public final class DbUtils {
    private static final int EXIT_LIMIT_BYTES = 5 * 1024 * 1024;

    private final Scope scope;

    public DbUtils(Scope scope) {
        this.scope = scope;
    }

    public Widgets widgets() {
        return scope.widgets();
    }

    public FileTools fs() {
        return scope.files();
    }

    public Notebook notebook() {
        return new Notebook(scope);
    }

    public Jobs jobs() {
        return new Jobs(scope.taskValues());
    }

    public Secrets secrets() {
        return new Secrets();
    }

    /** {@code dbutils.notebook}. */
    public static final class Notebook {
        private final Scope scope;

        Notebook(Scope scope) {
            this.scope = scope;
        }

        public void exit(String value) throws NotebookExit {
            recordExit(value);
            throw new NotebookExit(value);
        }

        /** Python raises its own exception after this. */
        public void recordExit(String value) {
            if (value.getBytes(StandardCharsets.UTF_8).length > EXIT_LIMIT_BYTES) {
                throw new IllegalArgumentException("the value of dbutils.notebook.exit is larger than 5 MB");
            }
            scope.exit(value);
        }

        public String run(String path, int timeoutSeconds, Map<String, String> arguments)
                throws IOException, InterruptedException {
            return scope.notebooks().run(absolute(path), timeoutSeconds, arguments);
        }

        public String run(String path, int timeoutSeconds) throws IOException, InterruptedException {
            return run(path, timeoutSeconds, Map.of());
        }

        private String absolute(String path) {
            String here = scope.spec().notebookPath();
            if (path.startsWith("/") || here.isEmpty()) {
                return path;
            }
            return java.nio.file.Path.of(here).resolveSibling(path).normalize().toString();
        }
    }

    /** {@code dbutils.jobs}. */
    public record Jobs(TaskValues taskValues) {}

    /** {@code dbutils.secrets}. */
    public static final class Secrets {
        @SuppressWarnings("DoNotCallSuggester") // Notebooks call it by name; there is no compile time.
        public String get(String secretScope, String key) {
            throw new UnsupportedOperationException(
                    "dbutils.secrets is not available on this cluster yet (asked for " + secretScope + "/" + key + ")");
        }
    }
}
