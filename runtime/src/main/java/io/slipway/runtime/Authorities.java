package io.slipway.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Whom to believe besides the authorities that Java knows: those of the file that pip and its HTTP library are told of. */
final class Authorities {
    private static final List<String> VARIABLES = List.of("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE");

    private Authorities() {}

    /**
     * The file that pip would take.
     *
     * @param pipsOwn the file that pip itself is told of, or nothing
     */
    static String file(Map<String, String> environment, String pipsOwn) {
        if (!pipsOwn.isEmpty()) {
            return pipsOwn;
        }
        return VARIABLES.stream()
                .map(name -> environment.getOrDefault(name, "").strip())
                .filter(value -> !value.isEmpty())
                .findFirst()
                .orElse("");
    }

    /** Sockets that believe Java's own authorities and those of a PEM file. */
    static SSLSocketFactory with(Path pem) throws IOException {
        try {
            List<Certificate> trusted = new ArrayList<>(List.of(javas()));
            try (InputStream in = Files.newInputStream(pem)) {
                trusted.addAll(CertificateFactory.getInstance("X.509").generateCertificates(in));
            }
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (int i = 0; i < trusted.size(); i++) {
                store.setCertificateEntry("authority-" + i, trusted.get(i));
            }
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers(store), null);
            return context.getSocketFactory();
        } catch (GeneralSecurityException e) {
            throw new IOException("the certificates in " + pem + " cannot be used: " + e.getMessage(), e);
        }
    }

    private static X509Certificate[] javas() throws GeneralSecurityException {
        for (TrustManager manager : managers(null)) {
            if (manager instanceof X509TrustManager x509) {
                return x509.getAcceptedIssuers();
            }
        }
        return new X509Certificate[0];
    }

    private static TrustManager[] managers(@Nullable KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }
}
