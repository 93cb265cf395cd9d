package io.slipway.server.command;

import io.slipway.kit.PlatformException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;

/** Why a command has ended without success, for people: a sentence as the last line, and where it comes from if nobody foresaw it. */
public final class Refusal {
    private Refusal() {}

    public static void tell(Throwable failure, PrintWriter out) {
        if (failure instanceof PlatformException refused) {
            out.println("slipway: " + refused.message());
        } else if (failure instanceof UncheckedIOException io) {
            out.println("slipway: " + io.getMessage());
        } else {
            failure.printStackTrace(out);
            out.println("slipway: " + cause(failure));
        }
        out.flush();
    }

    /** The innermost cause, which says most. */
    private static String cause(Throwable failure) {
        Throwable innermost = failure;
        while (innermost.getCause() != null && innermost.getCause() != innermost) {
            innermost = innermost.getCause();
        }
        return innermost.toString();
    }
}
