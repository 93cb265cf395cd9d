package io.slipway.identity.secret;

import io.slipway.identity.SessionTokens;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.Ids;
import io.slipway.kit.PlatformException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AES-256-GCM with keys derived from the platform's key file. What is sealed begins with its nonce. */
public final class KeySealing implements Sealing {
    private static final int NOW = 1;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SessionTokens keys;
    private final Ids ids;

    public KeySealing(SessionTokens keys, Ids ids) {
        this.keys = keys;
        this.ids = ids;
    }

    @Override
    public int keyVersion() {
        return NOW;
    }

    @Override
    public byte[] seal(byte[] value, List<String> place) {
        byte[] nonce = ids.secret(NONCE_BYTES);
        try {
            byte[] closed = cipher(Cipher.ENCRYPT_MODE, NOW, nonce, place).doFinal(value);
            return ByteBuffer.allocate(nonce.length + closed.length)
                    .put(nonce)
                    .put(closed)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new PlatformException(ErrorCode.INTERNAL, "a secret cannot be sealed", e);
        }
    }

    @Override
    public byte[] open(int keyVersion, byte[] sealed, List<String> place) {
        if (sealed.length < NONCE_BYTES + TAG_BITS / 8) {
            throw unknown(Optional.empty());
        }
        try {
            byte[] nonce = new byte[NONCE_BYTES];
            ByteBuffer parts = ByteBuffer.wrap(sealed).get(nonce);
            byte[] closed = new byte[parts.remaining()];
            parts.get(closed);
            return cipher(Cipher.DECRYPT_MODE, keyVersion, nonce, place).doFinal(closed);
        } catch (GeneralSecurityException e) {
            throw unknown(Optional.of(e));
        }
    }

    private static PlatformException unknown(Optional<Exception> cause) {
        PlatformException refusal = new PlatformException(
                ErrorCode.INTERNAL, "A secret cannot be opened: the platform's key is another one now.");
        cause.ifPresent(refusal::initCause);
        return refusal;
    }

    private Cipher cipher(int mode, int version, byte[] nonce, List<String> place) throws GeneralSecurityException {
        byte[] key = HexFormat.of().parseHex(keys.derive("secret-values:" + version));
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        for (String step : place) {
            // With its length, so that no two places look alike when their steps are joined.
            byte[] bytes = step.getBytes(StandardCharsets.UTF_8);
            cipher.updateAAD(ByteBuffer.allocate(4).putInt(bytes.length).array());
            cipher.updateAAD(bytes);
        }
        return cipher;
    }
}
