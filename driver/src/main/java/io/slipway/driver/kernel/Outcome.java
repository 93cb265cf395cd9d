package io.slipway.driver.kernel;

/** How a command ended. */
public enum Outcome {
    /** Its last statement was reached. */
    OK,
    /** It failed; an error frame says why. */
    ERROR,
    /** It ended itself by {@code dbutils.notebook.exit}. */
    EXIT
}
