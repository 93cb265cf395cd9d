package io.slipway.runtime;

import io.slipway.kit.PlatformException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The runtime store by itself, for nodes and for people:
 *
 * <pre>
 * install [--line spark-4.2] [--home DIR] [--python python3] [--jars DIR]
 * train   [--line spark-4.2] [--home DIR] [--python python3] --driver-jar JAR
 * list    [--home DIR] [--python python3]
 * path    [--line spark-4.2] [--home DIR] [--python python3]
 * </pre>
 */
public final class RuntimeMain {
    private static final List<String> OPTIONS = List.of("line", "home", "python", "jars", "driver-jar");

    private final PrintStream out;
    private final PrintStream err;
    private final RuntimeLines lines = RuntimeLines.bundled();

    private RuntimeMain(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    @SuppressWarnings("SystemExitOutsideMain")
    public static void main(String[] args) {
        System.exit(new RuntimeMain(System.out, System.err).run(List.of(args)));
    }

    private int run(List<String> args) {
        try {
            if (args.isEmpty()) {
                throw PlatformException.invalid("Name a command: install, train, list or path.");
            }
            Map<String, String> options = options(args.subList(1, args.size()));
            switch (args.get(0)) {
                case "install" -> install(options);
                case "train" -> train(options);
                case "list" -> list(options);
                case "path" -> path(options);
                default -> throw PlatformException.invalid("There is no command " + args.get(0) + ".");
            }
            return 0;
        } catch (PlatformException e) {
            err.println(e.message());
            return 1;
        }
    }

    private static Map<String, String> options(List<String> args) {
        Map<String, String> options = new HashMap<>();
        for (int i = 0; i < args.size(); i += 2) {
            String name = args.get(i);
            if (!name.startsWith("--") || !OPTIONS.contains(name.substring(2)) || i + 1 == args.size()) {
                throw PlatformException.invalid(
                        "Bad option " + name + "; there is --" + String.join(" X, --", OPTIONS) + " X.");
            }
            options.put(name.substring(2), args.get(i + 1));
        }
        return options;
    }

    private RuntimeInstaller installer(Map<String, String> options) {
        String home = options.getOrDefault("home", System.getProperty("user.home") + "/.slipway");
        Path jars = options.containsKey("jars") ? Path.of(options.get("jars")) : RuntimeInstaller.bundledJars();
        return new RuntimeInstaller(Path.of(home), jars, options.getOrDefault("python", "python3"));
    }

    private RuntimeLine line(Map<String, String> options) {
        return options.containsKey("line") ? lines.line(options.get("line")) : lines.newest();
    }

    private void install(Map<String, String> options) {
        ConsoleProgress progress = new ConsoleProgress(err, ConsoleProgress.isTerminal());
        InstalledRuntime runtime = installer(options).install(line(options), progress);
        progress.finish();
        out.println(runtime.directory());
    }

    private void train(Map<String, String> options) {
        String jar = options.get("driver-jar");
        if (jar == null || !Files.isRegularFile(Path.of(jar))) {
            throw PlatformException.invalid("Name the jar of the driver with --driver-jar.");
        }
        InstalledRuntime runtime = installed(options);
        LaunchPlan plan = new LaunchPlan(runtime, Path.of(jar), options.getOrDefault("python", "python3"));
        new AotTrainer(runtime, plan).run();
        out.println(plan.caches().directory());
    }

    private void list(Map<String, String> options) {
        RuntimeInstaller installer = installer(options);
        for (RuntimeLine line : lines.all()) {
            String state = installer
                    .installed(line)
                    .map(runtime -> runtime.directory().toString())
                    .orElse("not installed");
            out.println(line.id() + "  Spark " + line.sparkVersion() + ", Delta " + line.deltaVersion() + ", Java "
                    + line.javaVersion() + "  " + state);
        }
    }

    private void path(Map<String, String> options) {
        out.println(installed(options).directory());
    }

    private InstalledRuntime installed(Map<String, String> options) {
        RuntimeLine line = line(options);
        return installer(options)
                .installed(line)
                .orElseThrow(() -> PlatformException.notFound("The runtime " + line.id() + " is not installed."));
    }
}
