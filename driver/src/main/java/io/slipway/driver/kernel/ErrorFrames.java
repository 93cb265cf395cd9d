package io.slipway.driver.kernel;

import io.slipway.driver.output.Frames;
import io.slipway.protocol.driver.CommandStatus.Outcome;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.UnaryOperator;

/** Java exceptions as error frames: the user's own frames, ours and the machinery below left out. */
final class ErrorFrames {
    /** Of each exception: what the user threw is the last cause as a rule, and has to be told. */
    private static final int FRAMES = 40;

    private ErrorFrames() {}

    static Outcome write(Frames frames, Throwable error) {
        return write(frames, error, message -> message);
    }

    /** @param words what is made of the message for the user */
    static Outcome write(Frames frames, Throwable error, UnaryOperator<String> words) {
        frames.error(error.getClass().getSimpleName(), words.apply(message(error)), trace(error));
        return Outcome.ERROR;
    }

    /** With the last cause, if it does not tell it itself: that a task has failed while it wrote helps nobody. */
    private static String message(Throwable error) {
        String own = text(error);
        var passed = new HashSet<Throwable>();
        Throwable last = error;
        while (last.getCause() != null && passed.add(last)) {
            last = last.getCause();
        }
        String why = text(last);
        return own.contains(why.lines().findFirst().orElse(""))
                ? own
                : own + "\nCaused by: " + last.getClass().getSimpleName() + ": " + why;
    }

    private static String text(Throwable error) {
        return error.getMessage() == null ? error.toString() : error.getMessage();
    }

    static List<String> trace(Throwable error) {
        var lines = new ArrayList<String>();
        var told = new HashSet<Throwable>();
        String prefix = "";
        for (Throwable at = error; at != null && told.add(at); at = at.getCause()) {
            lines.add(prefix + at);
            int end = lines.size() + FRAMES;
            for (StackTraceElement frame : at.getStackTrace()) {
                String name = frame.getClassName();
                if (lines.size() >= end
                        || name.startsWith("io.slipway.driver.")
                        || name.startsWith("scala.tools.nsc.")
                        || frame.getMethodName().startsWith("$print")) {
                    break;
                }
                lines.add("    at " + frame);
            }
            prefix = "Caused by: ";
        }
        return lines;
    }
}
