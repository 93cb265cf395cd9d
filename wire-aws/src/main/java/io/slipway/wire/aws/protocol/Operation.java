package io.slipway.wire.aws.protocol;

import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkPojo;

/**
 * Something that a service does.
 *
 * @param request makes an empty builder of its request
 * @param binding by what it is asked for, where method and path say that
 */
public record Operation(String name, Supplier<SdkPojo> request, Optional<Binding> binding) {
    /** Method and path. */
    public record Binding(String method, UriTemplate uri) {}
}
