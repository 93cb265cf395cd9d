package io.slipway.agent;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Starts processes that outlive the agent: in a session of their own, with files instead of pipes, below a constant shell program that
 * records how they ended. What the server sends reaches that program as arguments only.
 */
final class Launcher {
    private static final List<String> INHERITED =
            List.of("PATH", "HOME", "USER", "LOGNAME", "LANG", "LC_ALL", "TZ", "TMPDIR");
    private static final String PROGRAM = program();

    private final String nodeId;
    private final NodePaths paths;
    private final Map<String, String> ownEnvironment;
    private final CredentialService credentials;
    private final List<String> before;

    Launcher(String nodeId, NodePaths paths, Map<String, String> ownEnvironment, CredentialService credentials) {
        this.nodeId = nodeId;
        this.paths = paths;
        this.ownEnvironment = ownEnvironment;
        this.credentials = credentials;
        this.before = before(ownEnvironment.getOrDefault("PATH", ""));
    }

    /**
     * What stands before each program, where the system has it: a session of its own, and the usual effect of interrupts. Whoever was
     * started by a shell in the background ignores them, and so would every program of every cluster.
     */
    private static List<String> before(String searchPath) {
        List<String> before = new ArrayList<>();
        find("setsid", searchPath).ifPresent(path -> before.add(path.toString()));
        find("env", searchPath)
                .map(path -> List.of(path.toString(), "--default-signal=INT,QUIT"))
                .filter(Launcher::works)
                .ifPresent(before::addAll);
        return before;
    }

    /** Older systems and others do not know the option. */
    private static boolean works(List<String> prefix) {
        List<String> command = new ArrayList<>(prefix);
        command.add("true");
        try {
            Process probe = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return probe.waitFor(10, TimeUnit.SECONDS) && probe.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** The shell that was started; its id is the session's if there is one. */
    Process start(WantedProcess wanted, ProcessRecord record, String machineBoot) throws Refused, IOException {
        if (wanted.argv().isEmpty()) {
            throw new Refused("INVALID_ARGUMENT", "The process " + wanted.name() + " has no program.");
        }
        Path directory = paths.resolve(wanted.directory());
        Files.createDirectories(directory);
        Files.deleteIfExists(directory.resolve("ready.json"));
        Files.deleteIfExists(directory.resolve("failure.json"));
        for (WantedFile file : wanted.files()) {
            Path target = paths.resolve(directory, file.path());
            Files.createDirectories(target.getParent());
            SafeFile.write(target, file.content(), file.permissions());
        }
        record.begin(wanted, machineBoot);
        List<String> command = new ArrayList<>(before);
        command.addAll(List.of("/bin/sh", "-c", PROGRAM, "sh", record.folder().toString(), number(wanted)));
        command.addAll(wanted.argv());
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectInput(new File("/dev/null"))
                .redirectOutput(appendTo(wanted.stdout()))
                .redirectError(appendTo(wanted.stderr()));
        fill(builder.environment(), wanted);
        return builder.start();
    }

    private String number(WantedProcess wanted) {
        return Long.toString(InheritedNumber.ofProcess(nodeId, wanted.mark()).first());
    }

    private ProcessBuilder.Redirect appendTo(String path) throws Refused, IOException {
        Path file = paths.resolve(path);
        Files.createDirectories(file.getParent());
        return ProcessBuilder.Redirect.appendTo(file.toFile());
    }

    private void fill(Map<String, String> environment, WantedProcess wanted) throws IOException {
        environment.clear();
        for (String name : INHERITED) {
            String value = ownEnvironment.get(name);
            if (value != null) {
                environment.put(name, value);
            }
        }
        if (wanted.credentials().isPresent()) {
            environment.putAll(credentials.at(wanted.credentials().get()));
        }
        environment.putAll(wanted.env());
        environment.put(Marks.NODE, nodeId);
        environment.put(Marks.PROCESS, wanted.mark());
    }

    private static Optional<Path> find(String program, String searchPath) {
        for (String folder : searchPath.split(File.pathSeparator)) {
            Path candidate = Path.of(folder, program);
            if (Files.isExecutable(candidate)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    private static String program() {
        try (InputStream in = Launcher.class.getResourceAsStream("/agent/launch.sh")) {
            if (in == null) {
                throw new IllegalStateException("launch.sh is missing from the agent's jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
