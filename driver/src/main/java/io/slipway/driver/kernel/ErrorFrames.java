package io.slipway.driver.kernel;

import io.slipway.driver.command.Frames;
import java.util.ArrayList;
import java.util.List;

/** Java exceptions as error frames: the user's own frames, ours and the machinery below left out. */
final class ErrorFrames {
    private static final int LINES = 60;

    private ErrorFrames() {}

    static Outcome write(Frames frames, Throwable error) {
        frames.error(error.getClass().getSimpleName(), message(error), trace(error));
        return Outcome.ERROR;
    }

    private static String message(Throwable error) {
        return error.getMessage() == null ? error.toString() : error.getMessage();
    }

    private static List<String> trace(Throwable error) {
        var lines = new ArrayList<String>();
        Throwable at = error;
        String prefix = "";
        while (at != null && lines.size() < LINES) {
            lines.add(prefix + at);
            for (StackTraceElement frame : at.getStackTrace()) {
                String name = frame.getClassName();
                if (lines.size() >= LINES
                        || name.startsWith("io.slipway.driver.")
                        || name.startsWith("scala.tools.nsc.")
                        || frame.getMethodName().startsWith("$print")) {
                    break;
                }
                lines.add("    at " + frame);
            }
            at = at.getCause() == at ? null : at.getCause();
            prefix = "Caused by: ";
        }
        return lines;
    }
}
