package io.slipway.driver.server;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Makes clients for the platform's own server. Where {@code SLIPWAY_SERVER_CA} names a file, the server is believed by the certificate
 * authority in it and by no other; what users' code asks of the rest of the world stays as it is.
 */
public final class ServerClient {
    private static final String AUTHORITY = "SLIPWAY_SERVER_CA";

    private ServerClient() {}

    /** A client as this process is told to have it. */
    public static HttpClient.Builder builder() {
        return builder(Optional.ofNullable(System.getenv(AUTHORITY))
                .filter(file -> !file.isEmpty())
                .map(Path::of));
    }

    static HttpClient.Builder builder(Optional<Path> authority) {
        HttpClient.Builder builder = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10));
        authority.map(ServerClient::trusting).ifPresent(builder::sslContext);
        return builder;
    }

    private static SSLContext trusting(Path authority) {
        try (InputStream in = Files.newInputStream(authority)) {
            KeyStore known = KeyStore.getInstance(KeyStore.getDefaultType());
            known.load(null, null);
            int number = 0;
            for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                known.setCertificateEntry("server-" + number++, each);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(known);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(AUTHORITY + " names no certificate: " + authority, e);
        }
    }
}
