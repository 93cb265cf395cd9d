package io.slipway.store;

import io.slipway.kit.Ref;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Something that has happened. A room seals its facts in one interface, a record each; other rooms react to them by their type
 * ({@link Facts#on}).
 */
public interface Fact {
    /** Where a new word begins in a name. */
    Pattern CAPITAL = Pattern.compile("(?<=[a-z])(?=[A-Z])");

    /** The thing it happened to. */
    Ref subject();

    /** Its name in the event log: kind of thing, dot, what happened; {@code cluster.upsize_completed} for instance. */
    default String kind() {
        return subject().kind().word() + "." + word(getClass());
    }

    /** What happened, in the words of the event log: {@code upsize_completed} for a record UpsizeCompleted. */
    static String word(Class<?> type) {
        return CAPITAL.matcher(type.getSimpleName()).replaceAll("_").toLowerCase(Locale.ROOT);
    }

    /** What the event log keeps of it, one JSON object; by default all of the record but its subject. */
    default Object body() {
        return this;
    }

    /** Whether the event log keeps it. What is told many times a second and matters to nobody later is heard only. */
    default boolean kept() {
        return true;
    }
}
