package io.slipway.runtime;

import java.nio.file.Path;

/**
 * A runtime that is whole and on this machine. Its folder is never written to again, except for {@code aot/} and Python's byte code.
 *
 * @param directory absolute; also {@code SPARK_HOME}
 */
public record InstalledRuntime(RuntimeLine line, PythonTag python, Path directory) {
    /** Spark's and Delta's jars. */
    public Path jars() {
        return directory.resolve("jars");
    }

    /** Python libraries, for {@code PYTHONPATH}. */
    public Path site() {
        return directory.resolve("site");
    }

    /** {@code JAVA_HOME} of everything but workers. */
    public Path javaHome() {
        return directory.resolve("java");
    }

    /**
     * {@code JAVA_HOME} of Spark's Worker, which starts executors with a module that this Java lacks; its {@code bin/java} drops that
     * flag.
     */
    public Path workerJavaHome() {
        return directory.resolve("worker-java");
    }

    /** Start-up caches. */
    public Path aot() {
        return directory.resolve("aot");
    }
}
