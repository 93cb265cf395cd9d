package io.slipway.wire;

import com.linecorp.armeria.common.RequestHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** The token in {@code Authorization: Bearer <token>} or {@code Basic token:<token>} (legacy CLI, curl, netrc). */
public final class ShownToken {
    private ShownToken() {}

    public static Optional<String> in(RequestHeaders headers) {
        String header = headers.get("authorization", "");
        if (header.regionMatches(true, 0, "Bearer ", 0, 7)) {
            return Optional.of(header.substring(7).trim());
        }
        if (header.regionMatches(true, 0, "Basic ", 0, 6)) {
            try {
                String pair = new String(
                        Base64.getDecoder().decode(header.substring(6).trim()), StandardCharsets.UTF_8);
                if (pair.startsWith("token:")) {
                    return Optional.of(pair.substring("token:".length()));
                }
            } catch (IllegalArgumentException notBase64) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }
}
