package io.slipway.spark.compute;

import java.util.Map;
import java.util.TreeMap;

/**
 * Why a cluster stopped (Clusters API 2.1, TerminationReason).
 *
 * @param code for instance {@code USER_REQUEST}
 * @param type SUCCESS, CLIENT_ERROR, SERVICE_FAULT or CLOUD_FAILURE
 * @param parameters details for people and programs, for instance {@code databricks_error_message}
 */
public record TerminationReason(String code, String type, Map<String, String> parameters) {
    private static final int LONGEST_MESSAGE = 4000;

    public TerminationReason {
        parameters = Map.copyOf(parameters);
    }

    public static TerminationReason userRequest(String userName) {
        return new TerminationReason("USER_REQUEST", "SUCCESS", Map.of("username", userName));
    }

    public static TerminationReason inactivity(int minutes) {
        return new TerminationReason(
                "INACTIVITY", "SUCCESS", Map.of("inactivity_duration_min", String.valueOf(minutes)));
    }

    public static TerminationReason jobFinished() {
        return new TerminationReason("JOB_FINISHED", "SUCCESS", Map.of());
    }

    /** The user's specification cannot work. */
    public static TerminationReason clientError(String code, String message) {
        return new TerminationReason(code, "CLIENT_ERROR", message(message));
    }

    /** A part of the platform failed. */
    public static TerminationReason fault(String code, String message) {
        return new TerminationReason(code, "SERVICE_FAULT", message(message));
    }

    /** Machines could not be had or were lost. */
    public static TerminationReason cloudFailure(String code, String message) {
        return new TerminationReason(code, "CLOUD_FAILURE", message(message));
    }

    public boolean failure() {
        return !"SUCCESS".equals(type);
    }

    public String message() {
        return parameters.getOrDefault("databricks_error_message", code);
    }

    /** With a piece of the log that shows what happened. */
    public TerminationReason withExcerpt(String logExcerpt) {
        if (logExcerpt.isBlank()) {
            return this;
        }
        Map<String, String> all = new TreeMap<>(parameters);
        all.put("log_excerpt", shorten(logExcerpt));
        return new TerminationReason(code, type, all);
    }

    private static Map<String, String> message(String message) {
        return Map.of("databricks_error_message", shorten(message));
    }

    private static String shorten(String text) {
        return text.length() <= LONGEST_MESSAGE ? text : "…" + text.substring(text.length() - LONGEST_MESSAGE);
    }
}
