package io.slipway.server.command;

import io.slipway.server.ServerConfig;
import io.slipway.server.ServerState;
import io.slipway.server.tls.Authority;
import java.io.PrintStream;
import java.nio.file.Path;

/** Says how clients come to trust the platform's own certificate authority. */
final class Trust {
    private Trust() {}

    /** Says nothing where there is no such authority in use. */
    static void tell(ServerConfig config, ServerState server, PrintStream out) {
        boolean own = server.exposed()
                .filter(exposed -> exposed.tls() && exposed.certificate().isEmpty())
                .isPresent();
        if (own) {
            out.println(words(Authority.certificate(config.tlsFolder()), server.publicUrl()));
        }
    }

    private static String words(Path file, String url) {
        return """
                Its certificate is signed by the platform's own authority. Other machines need a copy of %1$s
                  (SHA-256 %2$s) and trust it so:
                    Python                   export REQUESTS_CA_BUNDLE=/path/to/ca.pem
                    Go, Terraform, new CLI   export SSL_CERT_FILE=/path/to/ca.pem
                    curl                     curl --cacert /path/to/ca.pem %3$s/api/2.0/clusters/list
                    Java                     keytool -importcert -noprompt -alias slipway -file /path/to/ca.pem \\
                                               -keystore slipway.jks -storepass changeit; java -Djavax.net.ssl.trustStore=slipway.jks
                    browsers                 settings, certificates, authorities: import it for web sites""".formatted(file, Authority.fingerprint(Authority.read(file)), url);
    }
}
