package io.slipway.wire.aws;

import io.slipway.wire.aws.protocol.Protocol;
import java.util.Set;

/**
 * A service of AWS, as clients know it.
 *
 * @param name by which its requests are signed
 * @param client the interface of the SDK's client for it, which the service implements
 * @param namespace of its documents in XML, and of forms of old clients; empty: it has none
 * @param version of its forms; empty: it has none
 * @param open operations that need no signature
 */
public record AwsService<C>(
        String name, Protocol protocol, Class<C> client, String namespace, String version, Set<String> open) {
    public AwsService {
        open = Set.copyOf(open);
    }

    /** Of a service whose documents are JSON. */
    public static <C> AwsService<C> json(String name, Protocol protocol, Class<C> client) {
        return new AwsService<>(name, protocol, client, "", "", Set.of());
    }

    /** Of a service of forms. */
    public static <C> AwsService<C> query(
            String name, Protocol protocol, Class<C> client, String namespace, String version, String... open) {
        return new AwsService<>(name, protocol, client, namespace, version, Set.of(open));
    }
}
