package io.slipway.driver.dbutils;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** {@code dbutils} as Scala sees it; the Python object of the same name calls the parts of this one. */
public final class DbUtils {
    private static final int EXIT_LIMIT_BYTES = 5 * 1024 * 1024;

    private final Widgets widgets;
    private final FileTools files;
    private final Notebook notebook;
    private final TaskValues taskValues;

    public DbUtils(Widgets widgets, FileTools files, Notebook notebook, TaskValues taskValues) {
        this.widgets = widgets;
        this.files = files;
        this.notebook = notebook;
        this.taskValues = taskValues;
    }

    public Widgets widgets() {
        return widgets;
    }

    public FileTools fs() {
        return files;
    }

    public Notebook notebook() {
        return notebook;
    }

    public Jobs jobs() {
        return new Jobs(taskValues);
    }

    public Secrets secrets() {
        return new Secrets();
    }

    /** {@code dbutils.notebook}. */
    public static final class Notebook {
        private final Supplier<NotebookRuns> runs;
        private final String here;
        private final Consumer<String> exit;

        /**
         * @param here path of the notebook that runs, blank if none does
         * @param exit told the value with which the notebook ends itself
         */
        public Notebook(Supplier<NotebookRuns> runs, String here, Consumer<String> exit) {
            this.runs = runs;
            this.here = here;
            this.exit = exit;
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
            exit.accept(value);
        }

        public String run(String path, int timeoutSeconds, Map<String, String> arguments)
                throws IOException, InterruptedException {
            return runs.get().run(absolute(path), timeoutSeconds, arguments);
        }

        public String run(String path, int timeoutSeconds) throws IOException, InterruptedException {
            return run(path, timeoutSeconds, Map.of());
        }

        private String absolute(String path) {
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
