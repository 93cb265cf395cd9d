package io.slipway.wire;

import com.linecorp.armeria.server.ServiceRequestContext;
import io.netty.util.AttributeKey;
import java.net.InetAddress;

/**
 * From where a request comes, as far as that can be believed.
 *
 * @param tls whether its bytes left there encrypted
 */
record Arrival(InetAddress address, boolean tls) {
    private static final AttributeKey<Arrival> KEY = AttributeKey.valueOf(Arrival.class, "arrival");

    /** What the connection says by itself. */
    static Arrival ofConnection(ServiceRequestContext context) {
        return new Arrival(
                context.remoteAddress().getAddress(), context.sessionProtocol().isTls());
    }

    static Arrival of(ServiceRequestContext context) {
        Arrival known = context.attr(KEY);
        return known == null ? ofConnection(context) : known;
    }

    void keep(ServiceRequestContext context) {
        context.setAttr(KEY, this);
    }
}
