package io.slipway.runtime;

import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Interpreter and platform that wheels are chosen for.
 *
 * @param value for instance {@code cp311-linux-x86_64}
 */
public record PythonTag(String value) {
    private static final Pattern SHAPE = Pattern.compile("cp3\\d{1,2}-(linux|macos)-[a-z0-9_]+");
    private static final String PROGRAM = """
            import platform, sys
            system = {"Linux": "linux", "Darwin": "macos"}.get(platform.system(), platform.system().lower())
            implementation = "cp" if platform.python_implementation() == "CPython" else platform.python_implementation()
            print(f"{implementation}{sys.version_info[0]}{sys.version_info[1]}-{system}-{platform.machine().lower()}")
            """;

    /**
     * Asks an interpreter.
     *
     * @param python its name on the search path, or a path
     * @throws PlatformException UNAVAILABLE if it cannot be run; FEATURE_DISABLED if it is not CPython 3 on Linux or macOS
     */
    public static PythonTag detect(String python) {
        String tag;
        try {
            Process process = new ProcessBuilder(python, "-I", "-c", PROGRAM)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            tag = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
                throw new PlatformException(ErrorCode.UNAVAILABLE, python + " does not run.");
            }
        } catch (IOException e) {
            throw new PlatformException(ErrorCode.UNAVAILABLE, python + " cannot be started: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PlatformException(ErrorCode.CANCELLED, "Interrupted while asking " + python + ".", e);
        }
        if (!SHAPE.matcher(tag).matches()) {
            throw new PlatformException(ErrorCode.FEATURE_DISABLED, python + " is " + tag + "; CPython 3 is needed.");
        }
        return new PythonTag(tag);
    }
}
