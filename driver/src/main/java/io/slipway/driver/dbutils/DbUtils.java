package io.slipway.driver.dbutils;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import scala.jdk.javaapi.CollectionConverters;

/** {@code dbutils} as Scala sees it; the Python object of the same name calls the parts of this one. */
public final class DbUtils {
    private static final int EXIT_LIMIT_BYTES = 5 * 1024 * 1024;

    private final Widgets widgets;
    private final FileTools files;
    private final Notebook notebook;
    private final TaskValues taskValues;
    private final SecretTools secrets;
    private final Data data;
    private final Library library;

    public DbUtils(
            Widgets widgets,
            FileTools files,
            Notebook notebook,
            TaskValues taskValues,
            SecretTools secrets,
            Data data,
            Library library) {
        this.widgets = widgets;
        this.files = files;
        this.notebook = notebook;
        this.taskValues = taskValues;
        this.secrets = secrets;
        this.data = data;
        this.library = library;
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

    public SecretTools secrets() {
        return secrets;
    }

    public Data data() {
        return data;
    }

    public Library library() {
        return library;
    }

    public Credentials credentials() {
        return new Credentials();
    }

    public void help() {
        System.out.print(Help.all());
    }

    public void help(String part) {
        System.out.print(Help.of(part));
    }

    /** {@code dbutils.notebook}. */
    public static final class Notebook extends Part {
        private final Supplier<NotebookRuns> runs;
        private final String here;
        private final Consumer<String> exit;
        private final NotebookContext context;

        /**
         * @param here path of the notebook that runs, blank if none does
         * @param exit told the value with which the notebook ends itself
         */
        public Notebook(Supplier<NotebookRuns> runs, String here, Consumer<String> exit, NotebookContext context) {
            super("notebook");
            this.runs = runs;
            this.here = here;
            this.exit = exit;
            this.context = context;
        }

        public NotebookContext getContext() {
            return context;
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

        public String run(String path, int timeoutSeconds, scala.collection.Map<String, String> arguments)
                throws IOException, InterruptedException {
            return run(path, timeoutSeconds, CollectionConverters.asJava(arguments));
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
    public static final class Jobs extends Part {
        private final TaskValues taskValues;

        Jobs(TaskValues taskValues) {
            super("jobs");
            this.taskValues = taskValues;
        }

        public TaskValues taskValues() {
            return taskValues;
        }
    }

    /** {@code dbutils.library}: the packages themselves are the work of {@code %pip}. */
    public static final class Library extends Part {
        private final Runnable restart;

        /** @param restart has the next command of Python begin in a new process */
        public Library(Runnable restart) {
            super("library");
            this.restart = restart;
        }

        public void restartPython() {
            restart.run();
        }
    }

    /** {@code dbutils.data}. */
    public static final class Data extends Part {
        private final Consumer<String> show;

        /** @param show puts HTML out */
        public Data(Consumer<String> show) {
            super("data");
            this.show = show;
        }

        public void summarize(Dataset<?> data) {
            summarize(data, false);
        }

        public void summarize(Dataset<?> data, boolean precise) {
            show.accept(Summary.of(data.toDF(), precise).html());
        }
    }

    /** {@code dbutils.credentials}: nodes have no roles of a cloud. */
    public static final class Credentials extends Part {
        Credentials() {
            super("credentials");
        }

        public scala.collection.immutable.Seq<String> showCurrentRole() {
            return CollectionConverters.asScala(List.<String>of()).toList();
        }

        public scala.collection.immutable.Seq<String> showRoles() {
            return showCurrentRole();
        }

        @SuppressWarnings("DoNotCallSuggester") // Notebooks call it by name; there is no compile time.
        public boolean assumeRole(String role) {
            throw new UnsupportedOperationException(
                    "dbutils.credentials.assumeRole is not available: this platform has no roles of a cloud (asked for "
                            + role + ")");
        }
    }
}
