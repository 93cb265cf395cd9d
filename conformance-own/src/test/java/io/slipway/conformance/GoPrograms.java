package io.slipway.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Programs that are published as Go modules, built where Go is: their makers publish nothing that a registry of this build has. */
final class GoPrograms {
    private static final Path FOLDER =
            Path.of("..", "target", "go-programs").toAbsolutePath().normalize();

    private GoPrograms() {}

    static Path installed(String module, String version) throws IOException, InterruptedException {
        boolean go =
                Stream.of(System.getenv("PATH").split(":")).anyMatch(each -> Files.isExecutable(Path.of(each, "go")));
        assumeTrue(go, module + " is built with Go, which is not here");
        String name = module.substring(module.lastIndexOf('/') + 1);
        Path folder = FOLDER.resolve(name + "-" + version);
        Path program = folder.resolve(name);
        if (!Files.exists(program)) {
            Files.createDirectories(folder);
            // As go install does it, which asks for a list of all versions too: not every proxy has one.
            Files.writeString(
                    folder.resolve("go.mod"), "module judges\n\ngo 1.24\n\nrequire " + module + " v" + version + "\n");
            Run built = Run.of(
                    folder, Map.of("GOFLAGS", "-mod=mod"), List.of("go", "build", "-o", program.toString(), module));
            assertThat(built.status()).as(built.said()).isZero();
        }
        return program;
    }

    /** @param said to both outputs */
    record Run(int status, String said) {
        static Run of(Path folder, Map<String, String> environment, List<String> command)
                throws IOException, InterruptedException {
            Path out = Files.createTempFile("program", ".out");
            ProcessBuilder program = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(out.toFile());
            program.environment().putAll(environment);
            Process process = program.start();
            process.getOutputStream().close();
            int status = process.waitFor();
            return new Run(status, Files.readString(out));
        }
    }
}
