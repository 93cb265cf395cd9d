package io.slipway.wire.ui.aws;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import io.slipway.kit.PlatformException;
import io.slipway.wire.Request;
import io.slipway.wire.WireJson;
import io.slipway.wire.ui.UiApi;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** As whom a person may act at AWS, and keys for it, which pages keep in their memory only. */
public final class AwsRoutes {
    private static final Duration SHORTEST = Duration.ofMinutes(15);
    private static final Duration LONGEST = Duration.ofHours(12);

    private final AwsIdentities identities;

    public AwsRoutes(AwsIdentities identities) {
        this.identities = identities;
    }

    public void add(UiApi ui) {
        ui.family("/ui-api/aws").get("/identities", this::identities).post("/credentials", this::credentials);
    }

    record Identities(List<AwsIdentities.Identity> identities) {}

    private Object identities(Request request) {
        return new Identities(identities.of(request.caller()));
    }

    /** @param seconds how long the keys shall be good */
    record Asked(Optional<String> as, Optional<Long> seconds) {}

    private Object credentials(Request request) {
        Asked asked = request.body(Asked.class);
        String as = Request.require(asked.as(), "as");
        Duration lasting = asked.seconds().map(Duration::ofSeconds).orElse(SHORTEST);
        if (lasting.compareTo(SHORTEST) < 0 || lasting.compareTo(LONGEST) > 0) {
            throw PlatformException.invalid(
                    "seconds must be from " + SHORTEST.toSeconds() + " to " + LONGEST.toSeconds() + ".");
        }
        if (lasting.compareTo(SHORTEST) > 0 && request.headers().contains(HttpHeaderNames.AUTHORIZATION)) {
            throw PlatformException.invalid("Keys that last longer than " + SHORTEST.toMinutes()
                    + " minutes are for sessions of browsers: they would outlive tokens that are good for a while.");
        }
        ResponseHeaders headers = ResponseHeaders.builder(HttpStatus.OK)
                .contentType(MediaType.JSON_UTF_8)
                .add(HttpHeaderNames.CACHE_CONTROL, "no-store")
                .build();
        String keys = WireJson.mapper()
                .valueToTree(identities.keys(request.caller(), as, lasting))
                .toString();
        return HttpResponse.of(headers, HttpData.ofUtf8(keys));
    }
}
