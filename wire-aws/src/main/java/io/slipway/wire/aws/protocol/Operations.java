package io.slipway.wire.aws.protocol;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the operation of a service that has methods and paths. */
public final class Operations {
    private final List<Operation> all;

    /** What a request asks for, with the values of the variables in its path. */
    public record Found(Operation operation, Map<String, String> labels) {}

    public Operations(Collection<Operation> all) {
        this.all = List.copyOf(all);
    }

    /** Empty: nothing fits. */
    public Optional<Found> find(WireRequest request) {
        return all.stream()
                .flatMap(each -> each.binding().stream()
                        .filter(binding -> binding.method().equals(request.method()))
                        .filter(binding -> binding.uri().fits(request.query()))
                        .flatMap(binding -> binding.uri().match(request.rawPath()).stream())
                        .map(labels -> new Found(each, labels)))
                .max(Comparator.comparing(
                        found -> found.operation().binding().orElseThrow().uri().precision()));
    }
}
