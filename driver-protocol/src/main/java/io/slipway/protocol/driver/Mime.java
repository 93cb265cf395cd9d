package io.slipway.protocol.driver;

/** Names of what frames hold that mean something to the platform itself. */
public final class Mime {
    /** Every display should have this one, for those who can show no other. */
    public static final String TEXT = "text/plain";

    /** Rows and their schema. */
    public static final String TABLE = "application/vnd.slipway.table+json";

    /** {@code dbutils.notebook.exit} was called with {@code value}. */
    public static final String EXIT = "application/vnd.slipway.exit+json";

    /** {@code dbutils.jobs.taskValues.set} was called with {@code key} and {@code value}. */
    public static final String TASK_VALUE = "application/vnd.slipway.task-value+json";

    /** An input widget was made or removed. */
    public static final String WIDGET = "application/vnd.slipway.widget+json";

    /** {@code message} says what is missing here; it is there as {@link #TEXT} too. */
    public static final String CUT = "application/vnd.slipway.cut+json";

    private Mime() {}
}
