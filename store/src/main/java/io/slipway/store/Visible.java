package io.slipway.store;

import java.util.Map;

/**
 * Which rows of a list somebody may see: a condition for its statement, so that the database filters and pages what is seen, and nobody
 * asks for each row.
 *
 * @param condition on the columns of the listed table, with {@code :name} for each of the values
 */
public record Visible(String condition, Map<String, Object> values) {
    public Visible {
        values = Map.copyOf(values);
    }
}
