package io.slipway.platform.compute;

import io.slipway.store.Event;
import io.slipway.store.Json;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads facts about clusters back from the event log. */
final class ClusterEvents {
    private static final Map<String, Class<?>> TYPES = Arrays.stream(ClusterEvent.class.getPermittedSubclasses())
            .collect(Collectors.toUnmodifiableMap(ClusterEvents::kind, Function.identity()));

    private ClusterEvents() {}

    static String kind(Class<?> type) {
        return "cluster."
                + type.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "_").toUpperCase(Locale.ROOT);
    }

    static ClusterEvent read(Event event) {
        Class<?> type = TYPES.get(event.kind());
        if (type == null) {
            throw new IllegalStateException("no such cluster event: " + event.kind());
        }
        return (ClusterEvent) Json.mapper().convertValue(event.body(), type);
    }
}
