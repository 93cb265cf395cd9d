package io.slipway.wire.aws;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.ServerBuilder;
import io.slipway.kit.Ids;
import io.slipway.wire.Detour;
import io.slipway.wire.Engine;
import io.slipway.wire.Passage;
import io.slipway.wire.aws.call.AwsRequest;
import io.slipway.wire.aws.call.Callers;
import io.slipway.wire.aws.s3.BucketHost;
import io.slipway.wire.aws.s3.S3Door;
import io.slipway.wire.aws.signature.AccessKey;
import io.slipway.wire.aws.signature.Scope;
import io.slipway.wire.aws.signature.SignatureCheck;
import java.util.Optional;

/**
 * The front door for clients of AWS, at the one port: their requests are told by their heads, and led here before anything else looks at
 * them. Which service is meant says what the signature is good for; S3 has hosts of its own too.
 */
public final class AwsDoor {
    private static final String PATH = "/.aws";
    private static final int SECRET_BYTES = 16;

    private final AwsHosts hosts;
    private final S3Door s3;
    private final ServiceDoor services;
    private final Detour detour;

    /** @param keys finds the secrets of access keys */
    public AwsDoor(
            AwsServices services,
            S3Door s3,
            AwsHosts hosts,
            AccessKey.Lookup keys,
            SignatureCheck check,
            Callers callers,
            Ids ids) {
        this.hosts = hosts;
        this.s3 = s3;
        this.services = new ServiceDoor(services, keys, check, callers);
        this.detour = new Detour(ids.secretHex(SECRET_BYTES), PATH, new AwsSigns(hosts)::shown);
    }

    public void install(ServerBuilder server, Engine engine) {
        detour.install(server);
        engine.install(server, PATH, this::serve, () -> HttpResponse.of(HttpStatus.SERVICE_UNAVAILABLE));
    }

    private HttpResponse serve(Passage passage) {
        Optional<Detour.Sent> sent = detour.sent(passage.http().headers());
        if (sent.isEmpty()) {
            return HttpResponse.of(HttpStatus.NOT_FOUND, MediaType.PLAIN_TEXT_UTF_8, HttpData.ofUtf8("Not found"));
        }
        AwsRequest request = AwsRequest.of(passage, sent.get());
        Optional<BucketHost> host = hosts.find(request.host());
        Optional<Scope> scope = SignatureCheck.claimed(request.signed(Optional.empty()));
        boolean ofS3 = scope.map(Scope::ofS3).orElseGet(() -> host.isPresent() || !ServiceDoor.looksLike(request));
        return ofS3 ? s3.serve(request, host) : services.serve(request, scope);
    }
}
