package io.slipway.wire.aws.s3;

import io.slipway.iam.AwsCaller;
import io.slipway.wire.Engine;
import io.slipway.wire.aws.call.Answer;
import io.slipway.wire.aws.call.AwsRequest;
import io.slipway.wire.aws.call.Faults;
import io.slipway.wire.aws.call.Refused;
import io.slipway.wire.aws.protocol.Fault;
import io.slipway.wire.aws.protocol.Operation;
import io.slipway.wire.aws.protocol.Parameters;
import io.slipway.wire.aws.protocol.Protocol;
import io.slipway.wire.aws.protocol.SdkOperations;
import io.slipway.wire.aws.protocol.WireRequest;
import io.slipway.wire.aws.protocol.WireResponse;
import io.slipway.wire.aws.protocol.XmlWriter;
import io.slipway.wire.aws.signature.Refusal;
import io.slipway.wire.aws.signature.Verified;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetBucketLocationResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;

/** One request of S3 and its answer, on a thread that may block. */
final class S3Exchange implements Runnable {
    private static final long DRAINED = 1L << 20;

    private final S3Door door;
    private final AwsRequest request;
    private final BucketHost host;
    private final Optional<PageGuard> guard;
    private final Answer answer;
    private final LazyBody body;
    private Optional<Address> address = Optional.empty();

    S3Exchange(S3Door door, AwsRequest request, Optional<BucketHost> host, Answer answer) {
        this.door = door;
        this.request = request;
        this.host = host.orElse(BucketHost.NONE);
        this.guard = host.isPresent() ? Optional.empty() : Optional.of(new PageGuard());
        this.answer = answer;
        this.body = new LazyBody(request, answer);
    }

    @Override
    public void run() {
        try {
            Address at = Address.of(request.rawPath(), host);
            address = Optional.of(at);
            guard.ifPresent(each -> each.check(request));
            if (request.method().equals("OPTIONS")) {
                tell(new WireResponse(200, door.cors().preflight(request, at.bucket()), new byte[0]));
            } else if (FormUpload.is(request, at)) {
                tell(new FormUpload(door, request, body).upload(at.bucket().orElseThrow()));
            } else {
                operation(at);
            }
        } catch (Exception | StackOverflowError e) {
            refuse(e);
        }
    }

    private void operation(Address at) {
        Operation operation = door.routes().find(request.method(), at.level(), request.query(), request.headers());
        Optional<Verified> verified = door.check().checkS3(request.signed(Optional.empty()), host.bucket());
        if (verified.isEmpty()) {
            S3Headers.requireNoOverrides(request.query());
        }
        AwsCaller caller = door.callers().caller(request, verified);
        S3Client client = door.client(caller);
        audit(at, operation, caller);
        switch (operation.name()) {
            case "PutObject", "UploadPart" -> upload(operation, at, client, verified);
            case "GetObject" -> {
                GetObjectRequest built = (GetObjectRequest) read(operation, at, new byte[0]);
                new Download(answer, this::head).from(client, built);
            }
            default -> plain(operation, at, client, verified);
        }
    }

    /** What is done to buckets is told to the log of calls; what is done to objects is too much for it. */
    private void audit(Address at, Operation operation, AwsCaller caller) {
        boolean reading = request.method().equals("GET") || request.method().equals("HEAD");
        if (!reading && at.level() != Address.Level.OBJECT && !operation.name().equals("DeleteObjects")) {
            request.passage().begin("POST /s3/" + operation.name());
            at.bucket().ifPresent(name -> request.passage().head().found("bucket", name));
            caller.keyId().ifPresent(key -> request.passage().head().found("accessKeyId", key));
            request.passage().head().found("principal", caller.requester().arn());
        }
    }

    private SdkPojo read(Operation operation, Address at, byte[] whole) {
        return read(operation, at, whole, Optional.empty());
    }

    private SdkPojo read(Operation operation, Address at, byte[] whole, Optional<Long> length) {
        Map<String, String> labels = new HashMap<>();
        at.bucket().ifPresent(name -> labels.put("Bucket", name));
        at.key().ifPresent(name -> labels.put("Key", name));
        WireRequest plain = new WireRequest(
                request.method(),
                request.rawPath(),
                request.query(),
                S3Headers.plain(request.headers(), length),
                whole);
        return door.codec().read(operation, labels, plain);
    }

    private void upload(Operation operation, Address at, S3Client client, Optional<Verified> verified) {
        long length = length(verified);
        CheckedBody checked = new CheckedBody(
                body, length, verified, request.headers(), new BodyChecks(verified, request.headers(), true));
        SdkPojo built = read(operation, at, new byte[0], Optional.of(length));
        tell(operation, Upload.of(client, built, checked, length));
    }

    private long length(Optional<Verified> verified) {
        boolean framed = verified.filter(each -> each.payload().chunked()).isPresent();
        if (!framed && request.header("x-amz-decoded-content-length").isPresent() && verified.isEmpty()) {
            throw S3Errors.of(501, "NotImplemented", "Who has not signed cannot send a body in frames.");
        }
        if (framed) {
            String text = request.header("x-amz-decoded-content-length").orElse("");
            if (!text.matches("[0-9]{1,18}")) {
                throw Refusal.MISSING_CONTENT_LENGTH.because(
                        "You must provide the x-amz-decoded-content-length HTTP header.");
            }
            return Long.parseLong(text);
        }
        long declared = request.passage().http().headers().contentLength();
        if (declared < 0) {
            if (request.hasBody() || request.header("transfer-encoding").isPresent()) {
                throw Refusal.MISSING_CONTENT_LENGTH.because("You must provide the Content-Length HTTP header.");
            }
            return 0;
        }
        return declared;
    }

    private void plain(Operation operation, Address at, S3Client client, Optional<Verified> verified) {
        SdkOperations.Named named =
                door.routes().operations().find(operation.name()).orElseThrow();
        // There it is the sum of the whole object.
        boolean sums = !operation.name().equals("CompleteMultipartUpload");
        byte[] whole = whole(verified, sums);
        SdkPojo built = read(operation, at, whole);
        try {
            tell(
                    operation,
                    SdkOperations.call(named.method().orElseThrow(UnsupportedOperationException::new), client, built));
        } catch (UnsupportedOperationException e) {
            if (named.method().isEmpty() || door.routes().operations().unimplemented(e)) {
                throw S3Errors.of(501, "NotImplemented", "The operation " + operation.name() + " is not implemented.");
            }
            throw e;
        }
    }

    private byte[] whole(Optional<Verified> verified, boolean sums) {
        byte[] sent = new byte[0];
        if (request.hasBody()) {
            answer.proceed();
            sent = request.passage()
                    .body(Engine.LONGEST_BODY, verified.isPresent())
                    .join()
                    .array();
            answer.bodyIsThere();
        }
        boolean framed = verified.filter(each -> each.payload().chunked()).isPresent();
        CheckedBody checked = new CheckedBody(
                new ByteArrayInputStream(sent),
                framed ? length(verified) : sent.length,
                verified,
                request.headers(),
                new BodyChecks(verified, request.headers(), sums));
        try {
            return checked.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void tell(Operation operation, SdkPojo told) {
        if (told instanceof GetBucketLocationResponse location) {
            String where =
                    Optional.ofNullable(location.locationConstraintAsString()).orElse("");
            tell(WireResponse.of(
                    200,
                    "application/xml",
                    new XmlWriter()
                            .declaration()
                            .open("LocationConstraint", S3Door.NAMESPACE)
                            .text(where)
                            .close("LocationConstraint")
                            .toString()));
            return;
        }
        WireRequest any = new WireRequest(
                request.method(), request.rawPath(), new Parameters(List.of()), request.headers(), new byte[0]);
        WireResponse written = door.codec()
                .write(
                        operation,
                        EncodedLists.told(told),
                        any,
                        request.passage().id());
        boolean nothing = request.method().equals("DELETE") || operation.name().equals("PutBucketPolicy");
        boolean range = written.header("content-range").isPresent();
        tell(written.withStatus(nothing ? 204 : range ? 206 : written.status()));
    }

    private void tell(WireResponse written) {
        boolean bodyless = request.method().equals("HEAD") || written.status() == 204 || written.status() == 304;
        body.drain(DRAINED);
        answer.tell(head(written), bodyless);
    }

    /** With all that every answer has. */
    private WireResponse head(WireResponse written) {
        String id = request.passage().id();
        List<Map.Entry<String, String>> headers = new ArrayList<>();
        boolean error = written.status() >= 300;
        headers.addAll(S3Headers.told(
                written.headers().stream()
                        .filter(each -> !each.getKey().equals(S3Door.REQUEST_ID))
                        .toList(),
                error ? new Parameters(List.of()) : request.query()));
        headers.add(Map.entry(S3Door.REQUEST_ID, id));
        headers.add(Map.entry("x-amz-id-2", hostId()));
        headers.add(Map.entry("server", "AmazonS3"));
        guard.ifPresent(each -> headers.addAll(each.headers()));
        if (!request.method().equals("OPTIONS")) {
            headers.addAll(door.cors().headers(request, address.flatMap(Address::bucket)));
        }
        return written.withHeaders(headers);
    }

    private String hostId() {
        return Base64.getEncoder().encodeToString(request.passage().id().getBytes(StandardCharsets.UTF_8));
    }

    private void refuse(Throwable failure) {
        if (answer.begun()) {
            answer.breakOff(failure);
            return;
        }
        Fault fault = Faults.of(failure, Protocol.REST_XML, "s3");
        if (!(Faults.cause(failure) instanceof AwsServiceException) || fault.status() >= 500) {
            request.passage().refused(Refused.of(failure));
        }
        Map<String, String> extra = new HashMap<>(fault.extra());
        extra.put("Resource", request.rawPath());
        extra.put("HostId", hostId());
        address.flatMap(Address::bucket).ifPresent(name -> extra.putIfAbsent("BucketName", name));
        address.flatMap(Address::key).ifPresent(name -> extra.putIfAbsent("Key", name));
        Fault whole = new Fault(fault.status(), fault.code(), fault.message(), extra, fault.shape());
        WireRequest any =
                new WireRequest(request.method(), "", new Parameters(List.of()), request.headers(), new byte[0]);
        WireResponse written = door.codec().error(whole, any, request.passage().id());
        for (Map.Entry<String, String> each : S3Faults.headers(failure)) {
            written = written.with(each.getKey(), each.getValue());
        }
        tell(written);
    }
}
