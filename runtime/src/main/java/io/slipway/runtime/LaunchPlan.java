package io.slipway.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Command lines and environments of Spark's JVMs on one runtime. The class path is explicit and sorted, with the driver's jar last,
 * because a start-up cache holds only for the class path that it was trained with.
 */
public final class LaunchPlan {
    /** Where Spark's own processes look for the secret of their cluster before they look into their configuration. */
    public static final String SECRET_VARIABLE = "_SPARK_AUTH_SECRET";

    private static final String DRIVER_MAIN = "io.slipway.driver.DriverMain";
    private static final String WORKER_MAIN = "io.slipway.driver.WorkerMain";
    private static final String TRAINING_MAIN = "io.slipway.driver.TrainingMain";
    /** Of a node's memory; the rest is for Python, off-heap buffers and the JVM itself. */
    private static final double DRIVER_HEAP_SHARE = 0.6;

    private static final int SMALLEST_HEAP_MB = 512;
    /** A driver that is idle looks for garbage now and then, and gives the machine back what a large output took. */
    private static final List<String> GIVES_BACK =
            List.of("-XX:G1PeriodicGCInterval=30000", "-XX:MinHeapFreeRatio=10", "-XX:MaxHeapFreeRatio=30");

    /**
     * Which of a JVM's threads did not get its memory is chance; what goes on without them helps nobody. The JVM's last words go to
     * standard error, of which the agent and the worker keep the end.
     */
    private static final List<String> ENDS_WITHOUT_MEMORY =
            List.of("-XX:+ExitOnOutOfMemoryError", "-XX:+DisplayVMOutputToStderr");

    private static final String WORKER_HEAP = "-Xmx256m";
    private static final String TRAINING_HEAP = "-Xmx1g";
    private static final String LOOPBACK = "127.0.0.1";

    private final InstalledRuntime runtime;
    private final Path driverJar;
    private final String python;
    private final StartupCaches caches;
    private final List<String> sparkOptions;

    /**
     * @param driverJar the jar of the driver module, at the place from which it will be run
     * @param python the interpreter of kernels and UDFs
     */
    public LaunchPlan(InstalledRuntime runtime, Path driverJar, String python) {
        this.runtime = runtime;
        this.driverJar = driverJar.toAbsolutePath().normalize();
        this.python = python;
        this.caches = new StartupCaches(runtime, driverJar);
        this.sparkOptions = sparkOptions(runtime.line().id());
    }

    private static List<String> sparkOptions(String line) {
        String resource = "/runtimes/" + line + ".java-options";
        try (InputStream in = LaunchPlan.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(option -> !option.startsWith("#") && !option.isBlank())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A driver.
     *
     * @param memoryMb of the node
     * @param cores of the node; the JVM sees no more
     * @param address that Spark binds to
     * @param localDirectory for shuffle files and spilled data
     * @param config {@code driver.json}
     * @param more of the cluster's owner; where they contradict the platform's, they win
     */
    public ProcessPlan driver(
            int memoryMb, int cores, String address, Path localDirectory, Path config, JavaOptions more) {
        List<String> argv = java(Role.DRIVER, heap(driverHeapMb(memoryMb)), cores, caches.use(Role.DRIVER));
        if (more.chooseCollector()) {
            argv.remove(collector(Role.DRIVER));
        }
        argv.addAll(more.words());
        argv.addAll(List.of(DRIVER_MAIN, config.toString()));
        return new ProcessPlan(argv, environment(runtime.javaHome(), address, localDirectory));
    }

    /** A worker, which needs little for itself, whatever the node's memory; parameters as for {@link #driver}. */
    public ProcessPlan worker(int cores, String address, Path localDirectory, Path config) {
        List<String> argv = java(Role.WORKER, WORKER_HEAP, cores, caches.use(Role.WORKER));
        argv.addAll(List.of(WORKER_MAIN, config.toString()));
        return new ProcessPlan(argv, workerEnvironment(address, localDirectory));
    }

    /**
     * Spark conf for the executors of a cluster of several nodes: their start-up cache if there is one, the Python libraries. Holds for nodes that have this runtime and the driver's jar at the same paths.
     *
     * @param cores of a worker node
     */
    public Map<String, String> executorConf(int cores) {
        Map<String, String> conf = new LinkedHashMap<>();
        List<String> options = new ArrayList<>(
                List.of(collector(Role.EXECUTOR), "-XX:ActiveProcessorCount=" + cores, "-XX:-UsePerfData"));
        options.addAll(ENDS_WITHOUT_MEMORY);
        caches.use(Role.EXECUTOR).ifPresent(options::add);
        conf.put("spark.executor.extraJavaOptions", String.join(" ", options));
        conf.put("spark.executorEnv.PYTHONPATH", runtime.site().toString());
        conf.put("spark.executorEnv.PYSPARK_PYTHON", python);
        return Map.copyOf(conf);
    }

    /** A run of {@code TrainingMain} that does what a driver does and ends; {@code output} is written then. */
    ProcessPlan trainDriver(Path output, Path localDirectory) {
        List<String> argv = java(Role.DRIVER, TRAINING_HEAP, processors(), Optional.of(caches.train(output)));
        argv.addAll(List.of(TRAINING_MAIN, "driver", runtime.directory().toString(), python));
        return new ProcessPlan(argv, environment(runtime.javaHome(), LOOPBACK, localDirectory));
    }

    /** A driver that has a worker's executor do something, whose cache is {@code executorOutput}, and ends. */
    ProcessPlan trainCluster(int masterPort, String secret, Path executorOutput, Path localDirectory) {
        List<String> argv = java(Role.DRIVER, TRAINING_HEAP, processors(), caches.use(Role.DRIVER));
        argv.addAll(List.of(TRAINING_MAIN, "cluster", runtime.directory().toString(), python));
        argv.addAll(List.of(Integer.toString(masterPort), executorOutput.toString()));
        return new ProcessPlan(argv, with(secret, environment(runtime.javaHome(), LOOPBACK, localDirectory)));
    }

    /**
     * The worker beside {@link #trainCluster}; ends after it.
     *
     * @param executorJavaHome whose {@code java} runs the program in {@code TRAINED_JAVA} as an executor
     */
    ProcessPlan trainWorker(int masterPort, String secret, Path output, Path localDirectory, Path executorJavaHome) {
        List<String> argv = java(Role.WORKER, WORKER_HEAP, processors(), Optional.of(caches.train(output)));
        argv.addAll(List.of(TRAINING_MAIN, "worker", Integer.toString(masterPort)));
        Map<String, String> environment = with(secret, workerEnvironment(LOOPBACK, localDirectory));
        environment.put("JAVA_HOME", executorJavaHome.toString());
        environment.put("TRAINED_JAVA", program(runtime.workerJavaHome()));
        return new ProcessPlan(argv, environment);
    }

    private static Map<String, String> with(String secret, Map<String, String> environment) {
        Map<String, String> all = new LinkedHashMap<>(environment);
        all.put(SECRET_VARIABLE, secret);
        return all;
    }

    private static int processors() {
        return Runtime.getRuntime().availableProcessors();
    }

    StartupCaches caches() {
        return caches;
    }

    private List<String> java(Role role, String heap, int cores, Optional<String> cache) {
        Path home = role == Role.WORKER ? runtime.workerJavaHome() : runtime.javaHome();
        List<String> argv = new ArrayList<>(List.of(program(home), "-cp", classPath(), heap));
        argv.addAll(sparkOptions);
        argv.add(collector(role));
        if (role == Role.DRIVER) {
            argv.addAll(GIVES_BACK);
        }
        argv.add("-XX:ActiveProcessorCount=" + cores);
        argv.add("-XX:-UsePerfData");
        argv.addAll(ENDS_WITHOUT_MEMORY);
        if (role == Role.WORKER) {
            argv.add("-XX:TieredStopAtLevel=1"); // it computes nothing; the better compiler would only cost start-up
            // time
        }
        cache.ifPresent(argv::add);
        return argv;
    }

    private static String collector(Role role) {
        return role == Role.WORKER ? "-XX:+UseSerialGC" : "-XX:+UseG1GC";
    }

    private static String program(Path javaHome) {
        return javaHome.resolve("bin/java").toString();
    }

    private static String heap(int megabytes) {
        return "-Xmx" + megabytes + "m";
    }

    private static int driverHeapMb(int memoryMb) {
        return Math.max(SMALLEST_HEAP_MB, (int) (memoryMb * DRIVER_HEAP_SHARE));
    }

    private String classPath() {
        List<String> jars = jars("*.jar");
        jars.add(driverJar.toString());
        return String.join(":", jars);
    }

    private List<String> jars(String pattern) {
        List<String> jars = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(runtime.jars(), pattern)) {
            found.forEach(jar -> jars.add(jar.toString()));
        } catch (IOException e) {
            throw new UncheckedIOException("the jars of the runtime cannot be listed", e);
        }
        jars.sort(null);
        return jars;
    }

    private Map<String, String> environment(Path javaHome, String address, Path localDirectory) {
        return Map.of(
                "SPARK_HOME", runtime.directory().toString(),
                "SPARK_CONF_DIR", runtime.directory().resolve("conf").toString(),
                "JAVA_HOME", javaHome.toString(),
                "PYTHONPATH", runtime.site().toString(),
                "PYSPARK_PYTHON", python,
                "PYSPARK_DRIVER_PYTHON", python,
                "SPARK_SCALA_VERSION", runtime.line().scalaVersion(),
                "SPARK_LOCAL_IP", address,
                "SPARK_LOCAL_DIRS", localDirectory.toString());
    }

    /** The worker puts the driver's jar at the end of its executors' class path, as it is with the driver itself. */
    private Map<String, String> workerEnvironment(String address, Path localDirectory) {
        Map<String, String> environment =
                new LinkedHashMap<>(environment(runtime.workerJavaHome(), address, localDirectory));
        environment.put("SPARK_DIST_CLASSPATH", driverJar.toString());
        return environment;
    }
}
