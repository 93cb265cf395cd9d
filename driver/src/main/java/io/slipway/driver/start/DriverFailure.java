package io.slipway.driver.start;

import java.net.BindException;

/** Why a driver or worker process cannot start: a code that the server knows and one sentence for the user. */
public final class DriverFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;

    public DriverFailure(String code, String message) {
        super(message);
        this.code = code;
    }

    public DriverFailure(String code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    public String code() {
        return code;
    }

    /**
     * Finds the sentence at the root of a failed start. Values of the user's Spark configuration surface as plain argument,
     * number or class loading errors; everything else is Spark's own trouble.
     */
    public static DriverFailure of(Throwable error) {
        if (error instanceof DriverFailure failure) {
            return failure;
        }
        Throwable root = error;
        boolean usersValue = false;
        boolean portTaken = false;
        for (Throwable at = error; at != null; at = at.getCause() == at ? null : at.getCause()) {
            root = at;
            portTaken |= at instanceof BindException;
            usersValue |= at instanceof IllegalArgumentException
                    || at instanceof ClassNotFoundException
                    || at instanceof NoClassDefFoundError;
        }
        String sentence = root.getMessage() == null ? root.toString() : root.getMessage();
        if (root instanceof ClassNotFoundException) {
            sentence = "class not found: " + sentence;
        }
        String code = portTaken ? "PORT_TAKEN" : usersValue ? "INVALID_ARGUMENT" : "SPARK_STARTUP_FAILURE";
        return new DriverFailure(code, sentence, error);
    }
}
