package io.slipway.wire;

import io.slipway.identity.Caller;
import io.slipway.kit.PlatformException;
import java.net.InetAddress;
import java.util.function.BiConsumer;

/** Lets in only those who may use their workspace, and from where they come. It stands before every family, so that none is forgotten. */
public final class AdmittedCredentials implements Credentials {
    private final Credentials behind;
    private final BiConsumer<Caller, InetAddress> gate;

    /** @param gate refuses a caller, or the address for them */
    public AdmittedCredentials(Credentials behind, BiConsumer<Caller, InetAddress> gate) {
        this.behind = behind;
        this.gate = gate;
    }

    @Override
    public Caller caller(Request request) {
        Caller caller = behind.caller(request);
        try {
            gate.accept(caller, request.address());
        } catch (PlatformException refused) {
            request.foundToBe(caller);
            throw refused;
        }
        return caller;
    }
}
