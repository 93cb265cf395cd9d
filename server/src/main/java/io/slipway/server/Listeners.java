package io.slipway.server;

import com.linecorp.armeria.common.SessionProtocol;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServerTlsConfig;
import io.slipway.server.tls.Certificates;
import java.net.InetSocketAddress;
import java.util.Optional;

/** The ports that are listened on. Plain HTTP is on loopback only, whatever is set. */
final class Listeners {
    private Listeners() {}

    static void install(ServerBuilder server, Exposure exposure, Optional<Certificates> certificates) {
        if (certificates.isPresent()) {
            listen(server, exposure.host(), exposure.port(), SessionProtocol.HTTPS);
            server.tlsProvider(
                    certificates.get(),
                    ServerTlsConfig.builder()
                            .tlsCustomizer(tls -> tls.protocols("TLSv1.3", "TLSv1.2"))
                            .build());
            plain(server, exposure.localPort());
        } else if (exposure.host().equals(Exposure.LOOPBACK)) {
            server.localPort(exposure.port(), SessionProtocol.HTTP);
        } else if (exposure.beyondLoopback()) {
            throw new IllegalStateException("plain HTTP beyond loopback");
        } else {
            listen(server, exposure.host(), exposure.port(), SessionProtocol.HTTP);
        }
        if (exposure.plainPort() > 0 && Ports.canBind(exposure.plainPort())) {
            plain(server, exposure.plainPort());
        }
    }

    private static void plain(ServerBuilder server, int port) {
        listen(server, Exposure.LOOPBACK, port, SessionProtocol.HTTP);
    }

    private static void listen(ServerBuilder server, String host, int port, SessionProtocol protocol) {
        server.port(new InetSocketAddress(host, port), protocol);
    }
}
