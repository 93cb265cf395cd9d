package io.slipway.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** What the launcher does by itself, before any program is built. */
class LauncherTest {
    private static final Path LAUNCHER =
            Path.of("..", "slipway").toAbsolutePath().normalize();

    private record Said(int status, String text) {}

    private static Said run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(LAUNCHER.toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Said(process.waitFor(), text);
    }

    static Stream<String> commands() {
        return Stream.of("quickstart", "up", "down", "status", "logs", "doctor", "prune", "verify", "bench");
    }

    @Test
    void help_lists_every_command() throws Exception {
        Said said = run("--help");
        assertThat(said.status()).isZero();
        commands().forEach(command -> assertThat(said.text()).contains("\n  " + command + " "));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void every_command_explains_itself_with_all_its_options(String command) throws Exception {
        Said said = run(command, "--help");
        assertThat(said.status()).isZero();
        assertThat(said.text()).startsWith("Usage: ./slipway " + command);
        CommandLine program = Main.commandLine().getSubcommands().get(command);
        if (program != null) {
            program.getCommandSpec().options().stream()
                    .filter(option -> !option.hidden())
                    .filter(option -> !command.equals("quickstart")
                            || !option.longestName().equals("--plain-port"))
                    .filter(option ->
                            !command.equals("doctor") || !option.longestName().endsWith("port"))
                    .forEach(option -> assertThat(said.text()).contains(option.longestName()));
        }
    }

    @Test
    void no_command_and_an_unknown_one_fail() throws Exception {
        assertThat(run().status()).isEqualTo(1);
        Said said = run("start");
        assertThat(said.status()).isEqualTo(1);
        assertThat(said.text()).contains("there is no command start");
    }
}
