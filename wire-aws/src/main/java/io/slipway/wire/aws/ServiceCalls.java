package io.slipway.wire.aws;

import io.slipway.iam.AwsCaller;
import io.slipway.wire.aws.call.Faults;
import io.slipway.wire.aws.protocol.Codec;
import io.slipway.wire.aws.protocol.Fault;
import io.slipway.wire.aws.protocol.Malformed;
import io.slipway.wire.aws.protocol.Operations;
import io.slipway.wire.aws.protocol.Protocol;
import io.slipway.wire.aws.protocol.SdkOperations;
import io.slipway.wire.aws.protocol.WireRequest;
import io.slipway.wire.aws.protocol.WireResponse;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.core.SdkPojo;

/** Calls of one service: what is asked for is found, read, done, and answered. What the SDK knows of it is read at the first call. */
final class ServiceCalls {
    private final AwsService<?> service;
    private final Function<AwsCaller, ?> made;
    private final Map<Protocol, Codec> codecs = new EnumMap<>(Protocol.class);
    private volatile Optional<Index> index = Optional.empty();

    /** @param routes empty: names say what is asked for */
    private record Index(SdkOperations operations, Optional<Operations> routes) {}

    /** What a request asks for. */
    record Wanted(SdkOperations.Named named, Map<String, String> labels) {
        String name() {
            return named.operation().name();
        }
    }

    ServiceCalls(AwsService<?> service, Function<AwsCaller, ?> made) {
        this.service = service;
        this.made = made;
        for (Protocol protocol : Protocol.values()) {
            codecs.put(protocol, Codec.of(protocol, service.namespace()));
        }
    }

    AwsService<?> service() {
        return service;
    }

    private Index index() {
        Optional<Index> known = index;
        if (known.isEmpty()) {
            SdkOperations operations = new SdkOperations(service.client());
            known = Optional.of(new Index(
                    operations,
                    service.protocol().rest() ? Optional.of(new Operations(operations.all())) : Optional.empty()));
            index = known;
        }
        return known.get();
    }

    /** Newer clients and older ones may speak with one service in different protocols. */
    Protocol protocol(WireRequest request) {
        return Protocols.spoken(service.protocol(), request);
    }

    private Codec codec(WireRequest request) {
        return Optional.ofNullable(codecs.get(protocol(request))).orElseThrow();
    }

    /** Throws {@link Malformed} if the service does not have it. */
    Wanted wanted(WireRequest request) {
        Index known = index();
        Optional<Wanted> wanted = known.routes().isPresent()
                ? known.routes()
                        .get()
                        .find(request)
                        .flatMap(found -> known.operations()
                                .find(found.operation().name())
                                .map(named -> new Wanted(named, found.labels())))
                : codec(request)
                        .operation(request)
                        .flatMap(known.operations()::find)
                        .map(named -> new Wanted(named, Map.of()));
        return wanted.orElseThrow(() -> new Malformed(
                Malformed.Kind.UNKNOWN_OPERATION,
                "There is no operation " + codec(request).operation(request).orElse("of this method and path")
                        + " of the service " + service.name() + "."));
    }

    WireResponse call(Wanted wanted, AwsCaller caller, WireRequest request, String requestId) {
        Codec codec = codec(request);
        SdkPojo sent = codec.read(wanted.named().operation(), wanted.labels(), request);
        Object server = made.apply(caller);
        if (wanted.named().method().isEmpty()) {
            return codec.error(notImplemented(wanted), request, requestId);
        }
        try {
            SdkPojo told = SdkOperations.call(wanted.named().method().get(), server, sent);
            return codec.write(wanted.named().operation(), told, request, requestId);
        } catch (UnsupportedOperationException e) {
            if (index().operations().unimplemented(e)) {
                return codec.error(notImplemented(wanted), request, requestId);
            }
            throw e;
        }
    }

    private Fault notImplemented(Wanted wanted) {
        return Faults.notImplemented("The operation " + wanted.name() + " of the service " + service.name()
                + " is not implemented by this platform.");
    }

    WireResponse failed(Throwable failure, WireRequest request, String requestId) {
        return error(Faults.of(failure, protocol(request), service.name()), request, requestId);
    }

    WireResponse error(Fault fault, WireRequest request, String requestId) {
        return codec(request).error(fault, request, requestId);
    }
}
