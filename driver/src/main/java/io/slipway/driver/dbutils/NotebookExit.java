package io.slipway.driver.dbutils;

import scala.util.control.ControlThrowable;

/** Ends a Scala cell after {@code dbutils.notebook.exit}. Not an Exception, so that {@code NonFatal} handlers let it pass. */
public final class NotebookExit extends ControlThrowable {
    private static final long serialVersionUID = 1L;

    public NotebookExit(String value) {
        super("Notebook exited: " + value);
    }
}
