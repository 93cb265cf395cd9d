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

    /**
     * The command waits for somebody to type a text: {@code prompt}, {@code hidden} for a password, {@code command} to answer to. An
     * update takes it away when the question is over.
     */
    public static final String QUESTION = "application/vnd.slipway.question+json";

    private Mime() {}
}
