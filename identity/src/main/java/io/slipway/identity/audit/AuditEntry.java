package io.slipway.identity.audit;

import io.slipway.kit.WorkspaceId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One call: who asked for what from where, and what came of it. A call that changes something has two entries with one request id: one
 * from before it was done, without a response, and one from after it.
 *
 * @param at when it began, in epoch milliseconds
 * @param response empty: not yet
 */
public record AuditEntry(
        String requestId, long at, WorkspaceId workspace, Who who, What what, Optional<Response> response) {
    private static final int LONGEST_NAME = 256;
    private static final int LONGEST_AGENT = 300;
    private static final int LONGEST_VALUE = 1_000;
    private static final String CUT = "... truncated";

    /**
     * @param name empty: nobody known
     * @param session tells sessions of browsers apart, and opens none
     * @param credentials how they said who they are: {@code session}, {@code token}, {@code oauth}, {@code basic}, {@code none}
     */
    public record Who(
            Optional<String> name, String address, String userAgent, Optional<String> session, String credentials) {
        public Who {
            name = name.map(text -> shortened(text, LONGEST_NAME));
            userAgent = shortened(userAgent, LONGEST_AGENT);
        }
    }

    /**
     * @param service as audit logs of Databricks call it, as the action
     * @param route method and path with the names of its variables; empty: no route has it
     * @param parameters without secrets
     */
    public record What(String service, String action, String route, Map<String, String> parameters) {
        public What {
            Map<String, String> all = new LinkedHashMap<>();
            parameters.forEach((key, value) -> all.put(shortened(key, LONGEST_NAME), shortened(value, LONGEST_VALUE)));
            parameters = Collections.unmodifiableMap(all);
        }
    }

    /**
     * @param status of HTTP
     * @param error why not
     * @param result ids of what was made
     */
    public record Response(int status, Optional<String> error, Optional<String> result) {
        public Response {
            error = error.map(text -> shortened(text, LONGEST_VALUE));
            result = result.map(text -> shortened(text, LONGEST_VALUE));
        }
    }

    public AuditEntry {
        requestId = shortened(requestId, LONGEST_NAME);
    }

    public AuditEntry ended(Response how) {
        return new AuditEntry(requestId, at, workspace, who, what, Optional.of(how));
    }

    public Outcome outcome() {
        return response.map(known -> Outcome.of(known.status(), what.route().isEmpty()))
                .orElse(Outcome.UNKNOWN);
    }

    /** What of a call went well or not. */
    public enum Outcome {
        OK,
        /** Whoever asked may not, or was not known, or asked for what is not there at all: how attacks look. */
        REFUSED,
        /** Asked for wrongly, or gone wrong. */
        FAILED,
        /** It goes on, or the server was stopped in the middle of it. */
        UNKNOWN;

        static Outcome of(int status, boolean noRoute) {
            if (status < 400) {
                return OK;
            }
            return switch (status) {
                case 401, 403, 407, 408, 413, 429 -> REFUSED;
                default -> noRoute && status < 500 ? REFUSED : FAILED;
            };
        }
    }

    /** At most so many characters, each of which any database takes. */
    private static String shortened(String text, int most) {
        String fit = text.length() <= most ? text : text.substring(0, most) + CUT;
        for (int i = 0; i < fit.length(); i++) {
            if (fit.charAt(i) == 0 || Character.isSurrogate(fit.charAt(i))) {
                return clean(fit);
            }
        }
        return fit;
    }

    private static String clean(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints()
                .map(point -> point == 0 || (point >= 0xd800 && point <= 0xdfff) ? 0xfffd : point)
                .forEach(clean::appendCodePoint);
        return clean.toString();
    }
}
