package io.slipway.driver.sql;

/** A statement that cannot be run as it is written, with the code by which errors of SQL are known. */
public final class SqlRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SqlRefusal(String code, String message) {
        super("[" + code + "] " + message);
    }
}
