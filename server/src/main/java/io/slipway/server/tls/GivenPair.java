package io.slipway.server.tls;

import io.slipway.kit.Clock;
import java.nio.file.Path;
import java.util.function.Supplier;

/** A certificate and a key that somebody else looks after, in two files. */
public final class GivenPair implements Supplier<Pair> {
    private final Path certificate;
    private final Path key;
    private final Clock clock;

    public GivenPair(Path certificate, Path key, Clock clock) {
        this.certificate = certificate;
        this.key = key;
        this.clock = clock;
    }

    /** Throws INVALID_PARAMETER_VALUE, with a sentence, while the files are no good. */
    @Override
    public Pair get() {
        return new Pair(Pem.key(key), Pem.certificates(certificate)).require(certificate.toString(), clock.now());
    }
}
