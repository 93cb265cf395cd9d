package io.slipway.spark.compute;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.store.Event;
import io.slipway.store.Fact;
import io.slipway.store.Json;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads facts about clusters back from the event log. */
final class ClusterFacts {
    private static final Map<String, Class<?>> TYPES = Arrays.stream(ClusterFact.class.getPermittedSubclasses())
            .collect(Collectors.toUnmodifiableMap(type -> "cluster." + Fact.word(type), Function.identity()));

    /** Those that the API has events for. */
    private static final Set<String> TOLD = TYPES.keySet().stream()
            .filter(kind -> !kind.equals("cluster." + Fact.word(ClusterFact.Ended.class)))
            .collect(Collectors.toUnmodifiableSet());

    private ClusterFacts() {}

    /** What the event log calls these types of events; none = all that the API has. */
    static Set<String> kinds(Set<String> types) {
        if (types.isEmpty()) {
            return TOLD;
        }
        Set<String> known = types.stream()
                .map(type -> "cluster." + type.toLowerCase(Locale.ROOT))
                .filter(TOLD::contains)
                .collect(Collectors.toUnmodifiableSet());
        // Nothing is of no kind.
        return known.isEmpty() ? Set.of("") : known;
    }

    static ClusterFact read(Event event) {
        Class<?> type = TYPES.get(event.kind());
        if (type == null) {
            throw new IllegalStateException("no such fact about a cluster: " + event.kind());
        }
        ObjectNode whole = event.body().deepCopy();
        whole.set("subject", Json.tree(ClusterFact.ref(event.workspace(), event.subject())));
        return (ClusterFact) Json.mapper().convertValue(whole, type);
    }
}
