package io.slipway.driver;

import io.slipway.driver.json.Json;
import io.slipway.driver.start.DriverFailure;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** {@code ready.json} and {@code failure.json}: the agent watches the directory, so a file must appear whole or not at all. */
final class StartFiles {
    private StartFiles() {}

    static void ready(Path directory, Object content) throws IOException {
        write(directory, "ready.json", content);
    }

    static void failure(Path directory, DriverFailure failure) throws IOException {
        var trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace, true));
        write(
                directory,
                "failure.json",
                Json.object()
                        .put("code", failure.code())
                        .put("message", failure.getMessage())
                        .put("trace", trace.toString()));
    }

    private static void write(Path directory, String name, Object content) throws IOException {
        Path temporary = directory.resolve("." + name + ".tmp");
        try (var channel = FileChannel.open(
                temporary, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            var bytes = ByteBuffer.wrap(Json.bytes(content));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(
                temporary,
                directory.resolve(name),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }
}
