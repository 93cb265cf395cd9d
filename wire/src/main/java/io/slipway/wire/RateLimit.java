package io.slipway.wire;

import io.slipway.identity.Caller;
import io.slipway.kit.Clock;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import io.slipway.kit.PrincipalId;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * How often somebody may ask. Whoever is known has a bucket of their own, wherever they come from; strangers have one for each address,
 * which those who are known there do not feel.
 */
public final class RateLimit {
    /** Whoever has a network of IPv6 has more addresses than there are buckets. */
    private static final int NETWORK_BYTES = 8;

    private final Optional<Buckets<PrincipalId>> known;
    private final Optional<Buckets<String>> strangers;
    private final Predicate<Request> machines;

    private RateLimit(
            Optional<Buckets<PrincipalId>> known, Optional<Buckets<String>> strangers, Predicate<Request> machines) {
        this.known = known;
        this.strangers = strangers;
        this.machines = machines;
    }

    /** Nobody is ever refused. */
    public static RateLimit none() {
        return new RateLimit(Optional.empty(), Optional.empty(), request -> true);
    }

    /**
     * @param perSecond requests of each; 0 = as many as they like
     * @param machines tells requests of the platform's own machines, which are not counted
     */
    public static RateLimit of(Clock clock, int perSecond, Predicate<Request> machines) {
        return perSecond == 0
                ? none()
                : new RateLimit(
                        Optional.of(new Buckets<>(clock, perSecond)),
                        Optional.of(new Buckets<>(clock, perSecond)),
                        machines);
    }

    /** The caller, unless they ask too often. Who fails to say who they are is a stranger. */
    Caller caller(Request request, Credentials credentials) {
        Caller caller;
        try {
            caller = credentials.caller(request);
        } catch (PlatformException refused) {
            if (refused.code() == ErrorCode.UNAUTHENTICATED || refused.code() == ErrorCode.PERMISSION_DENIED) {
                stranger(request);
            }
            throw refused;
        }
        if (!machines.test(request)) {
            require(known.flatMap(buckets -> buckets.take(caller.id())));
        }
        return caller;
    }

    /** For what is answered to anybody. Anybody can look like a machine of ours, but for those that are on this one. */
    void stranger(Request request) {
        if (!machines.test(request) || !request.address().isLoopbackAddress()) {
            require(strangers.flatMap(buckets -> buckets.take(network(request.address()))));
        }
    }

    private static void require(Optional<Duration> wait) {
        if (wait.isPresent()) {
            throw PlatformException.tooOften("You ask too often. Try again later.", wait.get());
        }
    }

    private static String network(InetAddress address) {
        byte[] bytes = address.getAddress();
        return HexFormat.of().formatHex(address instanceof Inet6Address ? Arrays.copyOf(bytes, NETWORK_BYTES) : bytes);
    }
}
