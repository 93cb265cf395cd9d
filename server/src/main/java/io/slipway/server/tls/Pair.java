package io.slipway.server.tls;

import io.slipway.kit.PlatformException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A key and its certificate.
 *
 * @param chain the server's own certificate first, then that of whoever has signed it, and so on
 */
public record Pair(PrivateKey key, List<X509Certificate> chain) {
    private static final byte[] PROBE = "slipway".getBytes(StandardCharsets.US_ASCII);

    public Pair {
        chain = List.copyOf(chain);
    }

    public X509Certificate certificate() {
        return chain.get(0);
    }

    Instant end() {
        return certificate().getNotAfter().toInstant();
    }

    /** Names and addresses that the certificate is for. */
    public List<String> names() {
        return names(certificate());
    }

    static List<String> names(X509Certificate certificate) {
        try {
            return Optional.ofNullable(certificate.getSubjectAlternativeNames()).stream()
                    .flatMap(names -> names.stream())
                    .map(name -> String.valueOf(name.get(1)))
                    .toList();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a certificate that was read cannot be read", e);
        }
    }

    /** Refuses what no client would accept, with a sentence that says why. */
    Pair require(String where, Instant now) {
        if (end().isBefore(now)) {
            throw PlatformException.invalid("The certificate in " + where + " has ended at " + end() + ".");
        }
        Instant begin = certificate().getNotBefore().toInstant();
        if (begin.isAfter(now)) {
            throw PlatformException.invalid("The certificate in " + where + " is not valid before " + begin + ".");
        }
        for (int i = 0; i + 1 < chain.size(); i++) {
            if (!signedBy(chain.get(i), chain.get(i + 1))) {
                throw PlatformException.invalid(
                        "Certificate " + (i + 1) + " in " + where
                                + " is not signed by the one after it. The server's own comes first, then who signed it, and so on.");
            }
        }
        if (!fits()) {
            throw PlatformException.invalid("The key does not belong to the certificate in " + where + ".");
        }
        return this;
    }

    private static boolean signedBy(X509Certificate certificate, X509Certificate signer) {
        try {
            certificate.verify(signer.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private boolean fits() {
        PublicKey open = certificate().getPublicKey();
        String algorithm = switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC", "ECDSA" -> "SHA256withECDSA";
            default -> key.getAlgorithm();
        };
        try {
            Signature signing = Signature.getInstance(algorithm);
            signing.initSign(key);
            signing.update(PROBE);
            byte[] signed = signing.sign();
            Signature checking = Signature.getInstance(algorithm);
            checking.initVerify(open);
            checking.update(PROBE);
            return checking.verify(signed) && (open instanceof RSAPublicKey) == algorithm.endsWith("RSA");
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
