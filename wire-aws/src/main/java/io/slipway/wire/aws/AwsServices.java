package io.slipway.wire.aws;

import io.slipway.iam.AwsCaller;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A table of contents: which services of AWS there are, and who answers for them. */
public final class AwsServices {
    private final Map<String, ServiceCalls> byName = new LinkedHashMap<>();

    /** @param made the service as one caller has it */
    public <C> AwsServices add(AwsService<C> service, Function<AwsCaller, ? extends C> made) {
        if (byName.put(service.name(), new ServiceCalls(service, made)) != null) {
            throw new IllegalArgumentException(service.name() + " is there already");
        }
        return this;
    }

    Optional<ServiceCalls> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** The service whose forms have this version, if they may ask it for this without a signature. */
    Optional<ServiceCalls> open(String version, String action) {
        return byName.values().stream()
                .filter(each -> each.service().version().equals(version)
                        && each.service().open().contains(action))
                .findFirst();
    }
}
