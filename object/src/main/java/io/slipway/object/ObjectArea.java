package io.slipway.object;

import io.slipway.iam.AwsCaller;
import io.slipway.iam.policy.AccountId;
import io.slipway.iam.policy.Context;
import io.slipway.iam.policy.Policies;
import io.slipway.iam.policy.Requester;
import io.slipway.object.bucket.Visitor;
import io.slipway.store.Base;
import java.nio.file.Path;
import java.util.Optional;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Buckets and objects, put together. A service is the SDK's own client interface, made for one caller: whoever needs bytes takes that,
 * and the real S3 fits where this one does. Its exceptions are those that the SDK reads off the wire, with all that S3 tells
 * ({@link io.slipway.object.fault.S3Fault}). Keys in lists are as they are, also where the encoding {@code url} is asked for. What
 * comes in is stored only if its stream ends without an exception.
 */
public final class ObjectArea {
    private static final String PLATFORM_REGION = "us-east-1";

    private final Rooms rooms;

    /** @param folder for the bytes of objects; only this process may write to it */
    public ObjectArea(Base base, Path folder) {
        this.rooms = Rooms.of(base, folder, AccountId::canonical);
    }

    /** S3 for whoever makes this call. */
    public S3Client s3(AwsCaller caller) {
        return new ObjectService(rooms, new Visitor(caller, false));
    }

    /** S3 for the platform itself, as that account: no policy keeps it out. */
    public S3Client platform(AccountId account) {
        AwsCaller caller =
                new AwsCaller(Requester.root(account), Policies.NONE, Context.EMPTY, PLATFORM_REGION, Optional.empty());
        return new ObjectService(rooms, new Visitor(caller, true));
    }
}
