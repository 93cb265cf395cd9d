package io.slipway.wire.aws.s3;

import io.slipway.wire.aws.protocol.Operation;
import io.slipway.wire.aws.protocol.Parameters;
import io.slipway.wire.aws.protocol.SdkOperations;
import io.slipway.wire.aws.signature.SentHeaders;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.core.traits.RequiredTrait;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Finds the operation that method, address, query and headers ask for: of all that fit, the one that asks for most. The SDK's paths have
 * no bucket in them; it puts it into the host.
 */
final class S3Routes {
    /** Of other hosts, and of kinds of buckets that there are not. */
    private static final Set<String> ELSEWHERE =
            Set.of("WriteGetObjectResponse", "ListDirectoryBuckets", "CreateSession");

    private static final Set<String> NOT_MODELLED = Set.of("torrent");

    private final SdkOperations operations = new SdkOperations(S3Client.class);
    private final List<Route> routes = new ArrayList<>();
    private final Set<String> subresources = new HashSet<>();
    private final Set<String> parameters = new HashSet<>();

    private record Route(
            Operation operation,
            Operation.Binding binding,
            Address.Level level,
            Set<String> known,
            Set<String> neededQuery,
            Set<String> neededHeaders) {
        boolean fits(String method, Address.Level at, Parameters query, SentHeaders headers) {
            return binding.method().equals(method)
                    && level == at
                    && binding.uri().fits(query)
                    && neededQuery.stream().allMatch(query::has)
                    && neededHeaders.stream()
                            .allMatch(name -> headers.first(name).isPresent());
        }

        int precision() {
            return binding.uri().fixed().size() + neededQuery.size() + neededHeaders.size();
        }
    }

    S3Routes() {
        for (Operation each : operations.all()) {
            if (!ELSEWHERE.contains(each.name())) {
                add(each);
            }
        }
    }

    SdkOperations operations() {
        return operations;
    }

    private void add(Operation operation) {
        Set<String> known = new HashSet<>();
        Set<String> query = new HashSet<>();
        Set<String> headers = new HashSet<>();
        Address.Level level = Address.Level.SERVICE;
        for (SdkField<?> field : operation.request().get().sdkFields()) {
            boolean needed = field.containsTrait(RequiredTrait.class);
            String name = field.locationName();
            if (name.equals("Bucket") && field.location() == MarshallLocation.PATH && level != Address.Level.OBJECT) {
                level = Address.Level.BUCKET;
            } else if (name.equals("Key") && ofPath(field)) {
                level = Address.Level.OBJECT;
            } else if (field.location() == MarshallLocation.QUERY_PARAM) {
                known.add(name);
                if (needed) {
                    query.add(name);
                }
            } else if (field.location() == MarshallLocation.HEADER && needed) {
                headers.add(name.toLowerCase(Locale.ROOT));
            }
        }
        Operation.Binding binding = operation.binding().orElseThrow();
        subresources.addAll(binding.uri().fixed().keySet());
        parameters.addAll(known);
        known.addAll(binding.uri().fixed().keySet());
        routes.add(new Route(operation, binding, level, known, query, headers));
    }

    private static boolean ofPath(SdkField<?> field) {
        return field.location() == MarshallLocation.PATH || field.location() == MarshallLocation.GREEDY_PATH;
    }

    /** Throws unless there is one, and it knows all that the query asks for. */
    Operation find(String method, Address.Level level, Parameters query, SentHeaders headers) {
        Optional<Route> best = Optional.empty();
        for (Route each : routes) {
            if (each.fits(method, level, query, headers)
                    && (best.isEmpty() || each.precision() > best.get().precision())) {
                best = Optional.of(each);
            }
        }
        Route route = best.orElseThrow(S3Routes::notAllowed);
        boolean reading = method.equals("GET") || method.equals("HEAD");
        for (Parameters.Parameter each : query.all()) {
            String name = each.name();
            if (NOT_MODELLED.contains(name)) {
                throw S3Errors.of(
                        501,
                        "NotImplemented",
                        "A parameter you provided implies functionality that is not implemented");
            }
            if (route.known().contains(name)) {
                continue;
            }
            if (subresources.contains(name)) {
                throw notAllowed();
            }
            if (!reading && (parameters.contains(name) || !each.valued())) {
                throw S3Errors.invalidArgument("This operation does not accept the parameter " + name + ".");
            }
        }
        return route.operation();
    }

    private static RuntimeException notAllowed() {
        return S3Errors.of(405, "MethodNotAllowed", "The specified method is not allowed against this resource.");
    }
}
