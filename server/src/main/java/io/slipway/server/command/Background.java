package io.slipway.server.command;

import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import io.slipway.kit.PrivateFile;
import io.slipway.server.Leftovers;
import io.slipway.server.ServerConfig;
import io.slipway.server.ServerState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Starts a server that outlives this command and is started again if it crashes, and waits until it answers. */
final class Background {
    private static final Duration LONGEST_START = Duration.ofSeconds(90);
    private static final Duration LOOK = Duration.ofMillis(20);
    private static final int KEPT_LOGS = 5;
    private static final int SHOWN_LINES = 15;
    private static final Path SETSID = Path.of("/usr/bin/setsid");

    private final ServerConfig config;
    private final Path log;

    Background(ServerConfig config) {
        this.config = config;
        this.log = config.logsFolder().resolve("server.log");
    }

    /** @throws PlatformException with the end of the log if the server dies instead */
    ServerState start() {
        try {
            PrivateFile.folder(config.logsFolder());
            rotate();
            PrivateFile.touch(log);
            Process process = launch();
            Patience.until(
                    LONGEST_START,
                    LOOK,
                    () -> !process.isAlive() || ready(process).isPresent());
            return ready(process).orElseThrow(() -> failed(process));
        } catch (IOException e) {
            throw new UncheckedIOException("The server cannot be started: " + e.getMessage(), e);
        }
    }

    private Optional<ServerState> ready(Process process) {
        return ServerState.living(config.home())
                .filter(state -> state.process()
                        .flatMap(ProcessHandle::parent)
                        .filter(parent -> parent.pid() == process.pid())
                        .isPresent());
    }

    private PlatformException failed(Process process) {
        String how = process.isAlive()
                ? "does not answer after " + LONGEST_START.toSeconds() + " s"
                : "ended with status " + process.exitValue();
        List<ProcessHandle> below = process.descendants().toList();
        process.destroyForcibly();
        below.forEach(ProcessHandle::destroyForcibly);
        return new PlatformException(
                ErrorCode.UNAVAILABLE, "The server " + how + ". The end of " + log + ":\n" + tail());
    }

    private String tail() {
        try {
            List<String> lines = Files.readAllLines(log);
            return "  " + String.join("\n  ", lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size()));
        } catch (IOException e) {
            return "  (" + e.getMessage() + ")";
        }
    }

    private Process launch() throws IOException {
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(SETSID)) {
            command.add(SETSID.toString()); // Ctrl-C and the end of the terminal do not reach it
        }
        List<String> server = new ArrayList<>(Jvm.of(ServerProcess.class, config.dist()));
        server.addAll(ServerProcess.arguments(config));
        command.addAll(Supervisor.around(config.home(), server));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(config.home().toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put(Leftovers.MARK, config.home().toString());
        return builder.start();
    }

    /** server.log becomes server.log.1, that becomes server.log.2, and so on. */
    private void rotate() throws IOException {
        for (int i = KEPT_LOGS; i > 0; i--) {
            Path older = i == 1 ? log : log.resolveSibling("server.log." + (i - 1));
            if (Files.exists(older)) {
                Path newer = log.resolveSibling("server.log." + i);
                Files.move(older, newer, StandardCopyOption.REPLACE_EXISTING);
                PrivateFile.close(newer);
            }
        }
    }
}
