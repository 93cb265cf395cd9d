package io.slipway.wire.aws;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpResponse;
import io.slipway.iam.AwsCaller;
import io.slipway.wire.Engine;
import io.slipway.wire.Passage;
import io.slipway.wire.aws.call.Answer;
import io.slipway.wire.aws.call.AwsRequest;
import io.slipway.wire.aws.call.Callers;
import io.slipway.wire.aws.call.Faults;
import io.slipway.wire.aws.call.Refused;
import io.slipway.wire.aws.protocol.Codec;
import io.slipway.wire.aws.protocol.Fault;
import io.slipway.wire.aws.protocol.Parameters;
import io.slipway.wire.aws.protocol.WireRequest;
import io.slipway.wire.aws.protocol.WireResponse;
import io.slipway.wire.aws.signature.AccessKey;
import io.slipway.wire.aws.signature.Scope;
import io.slipway.wire.aws.signature.SignatureCheck;
import io.slipway.wire.aws.signature.Verified;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** All services but S3: their requests are read as a whole, checked, and handed to whoever answers for the service. */
final class ServiceDoor {
    /** Who is not known yet sends little: bodies this short are read before anything is looked up. */
    private static final long STRANGERS_BODY = 64L << 10;

    private final AwsServices services;
    private final AccessKey.Lookup keys;
    private final SignatureCheck check;
    private final Callers callers;

    ServiceDoor(AwsServices services, AccessKey.Lookup keys, SignatureCheck check, Callers callers) {
        this.services = services;
        this.keys = keys;
        this.check = check;
        this.callers = callers;
    }

    /** Whether a request that nobody has signed is for a service that is not S3. */
    static boolean looksLike(AwsRequest request) {
        return request.header("x-amz-target").isPresent()
                || request.header("content-type")
                        .filter(type -> type.startsWith("application/x-www-form-urlencoded")
                                || type.startsWith("application/x-amz-json"))
                        .isPresent()
                || request.query().has("Action");
    }

    HttpResponse serve(AwsRequest request, Optional<Scope> scope) {
        Answer answer = new Answer(request);
        Passage passage = request.passage();
        Executor blocking = passage.context().blockingTaskExecutor();
        long declared = passage.http().headers().contentLength();
        CompletionStage<HttpData> body = !request.hasBody()
                ? CompletableFuture.completedFuture(HttpData.empty())
                : declared >= 0 && declared <= STRANGERS_BODY
                        ? body(request, answer, STRANGERS_BODY, false)
                        : CompletableFuture.supplyAsync(() -> known(scope), blocking)
                                .thenCompose(known ->
                                        body(request, answer, known ? Engine.LONGEST_BODY : STRANGERS_BODY, known));
        var unused = body.thenApplyAsync(whole -> answered(request, whole), blocking)
                .exceptionally(failure -> refused(request, scope, failure))
                .thenAccept(told -> answer.tell(told, false));
        return passage.leaving(answer.response());
    }

    private boolean known(Optional<Scope> scope) {
        return scope.flatMap(each -> keys.find(each.keyId())).isPresent();
    }

    private static CompletableFuture<HttpData> body(AwsRequest request, Answer answer, long limit, boolean known) {
        answer.proceed();
        return request.passage().body(limit, known).whenComplete((whole, failure) -> {
            if (failure == null) {
                answer.bodyIsThere();
            }
        });
    }

    private WireResponse refused(AwsRequest request, Optional<Scope> scope, Throwable failure) {
        WireRequest head = wire(request, new byte[0]);
        Optional<ServiceCalls> calls = scope.flatMap(each -> services.find(each.service()));
        request.passage().refused(Refused.of(failure));
        return calls.isPresent()
                ? calls.get().failed(failure, head, request.passage().id())
                : error(request, Faults.of(failure, Protocols.guessed(head), ""), head);
    }

    private static WireRequest wire(AwsRequest request, byte[] body) {
        return new WireRequest(request.method(), request.rawPath(), request.query(), request.headers(), body);
    }

    private static WireResponse error(AwsRequest request, Fault fault, WireRequest wire) {
        return Codec.of(Protocols.guessed(wire), "")
                .error(fault, wire, request.passage().id());
    }

    private static WireResponse nobody(AwsRequest request, Fault fault, WireRequest wire) {
        request.passage().refused(Refused.because(fault));
        return error(request, fault, wire);
    }

    private WireResponse answered(AwsRequest request, HttpData whole) {
        byte[] body = whole.array();
        Optional<Verified> verified = check.check(request.signed(Optional.of(sha256(body))));
        WireRequest wire = wire(request, Unzipped.of(request, body));
        if (verified.isEmpty()) {
            return unsigned(request, wire);
        }
        String name = verified.get().scope().service();
        Optional<ServiceCalls> calls = services.find(name);
        if (calls.isEmpty()) {
            return nobody(request, Faults.notImplemented("This platform has no service " + name + "."), wire);
        }
        return called(request, calls.get(), callers.caller(request, verified), wire);
    }

    private WireResponse called(AwsRequest request, ServiceCalls calls, AwsCaller caller, WireRequest wire) {
        ServiceCalls.Wanted wanted = calls.wanted(wire);
        String id = request.passage().id();
        request.passage().begin("POST /" + calls.service().name() + "/" + wanted.name());
        caller.keyId().ifPresent(key -> request.passage().head().found("accessKeyId", key));
        request.passage().head().found("principal", caller.requester().arn());
        try {
            return calls.call(wanted, caller, wire, id);
        } catch (RuntimeException e) {
            request.passage().refused(Refused.of(e));
            return calls.failed(e, wire, id);
        }
    }

    /** Some operations are there for those who have no keys yet. */
    private WireResponse unsigned(AwsRequest request, WireRequest wire) {
        Parameters form = Parameters.of(new String(wire.body(), StandardCharsets.UTF_8));
        Optional<ServiceCalls> open = request.query()
                .first("Version")
                .or(() -> form.first("Version"))
                .flatMap(version -> request.query()
                        .first("Action")
                        .or(() -> form.first("Action"))
                        .flatMap(action -> services.open(version, action)));
        if (open.isPresent()) {
            return called(request, open.get(), callers.caller(request, Optional.empty()), wire);
        }
        return nobody(request, Faults.unsigned(Protocols.guessed(wire)), wire);
    }

    private static String sha256(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
