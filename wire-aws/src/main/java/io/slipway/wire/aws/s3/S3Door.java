package io.slipway.wire.aws.s3;

import com.linecorp.armeria.common.HttpResponse;
import io.slipway.iam.AwsCaller;
import io.slipway.wire.aws.call.Answer;
import io.slipway.wire.aws.call.AwsRequest;
import io.slipway.wire.aws.call.Callers;
import io.slipway.wire.aws.protocol.RestXmlCodec;
import io.slipway.wire.aws.signature.SignatureCheck;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.services.s3.S3Client;

/** The front door of S3. Each request takes one thread that may block, for as long as its bytes travel. */
public final class S3Door {
    static final String NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/";
    static final String REQUEST_ID = "x-amz-request-id";

    private final Function<AwsCaller, ? extends S3Client> clients;
    private final SignatureCheck check;
    private final Callers callers;
    private final Cors cors;
    private final RestXmlCodec codec = new RestXmlCodec(NAMESPACE, S3Names::root, false, REQUEST_ID);
    private final Supplier<S3Routes> routes = Once.of(S3Routes::new);

    /**
     * @param clients S3 as one caller has it; a caller may be nobody
     * @param platform S3 as the platform itself has it, to read rules of buckets for pages from elsewhere
     */
    public S3Door(
            Function<AwsCaller, ? extends S3Client> clients,
            Supplier<S3Client> platform,
            SignatureCheck check,
            Callers callers) {
        this.clients = clients;
        this.check = check;
        this.callers = callers;
        this.cors = new Cors(platform);
    }

    /** @param host what the name of the host says; empty: the pages of the platform are there too */
    public HttpResponse serve(AwsRequest request, Optional<BucketHost> host) {
        Answer answer = new Answer(request);
        request.passage()
                .context()
                .blockingTaskExecutor()
                .execute(() -> new S3Exchange(this, request, host, answer).run());
        return request.passage().leaving(answer.response());
    }

    S3Client client(AwsCaller caller) {
        return clients.apply(caller);
    }

    SignatureCheck check() {
        return check;
    }

    Callers callers() {
        return callers;
    }

    Cors cors() {
        return cors;
    }

    RestXmlCodec codec() {
        return codec;
    }

    S3Routes routes() {
        return routes.get();
    }
}
