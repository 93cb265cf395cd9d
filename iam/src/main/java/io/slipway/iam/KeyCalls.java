package io.slipway.iam;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AccessKey;
import software.amazon.awssdk.services.iam.model.AccessKeyLastUsed;
import software.amazon.awssdk.services.iam.model.AccessKeyMetadata;
import software.amazon.awssdk.services.iam.model.CreateAccessKeyRequest;
import software.amazon.awssdk.services.iam.model.CreateAccessKeyResponse;
import software.amazon.awssdk.services.iam.model.DeleteAccessKeyRequest;
import software.amazon.awssdk.services.iam.model.DeleteAccessKeyResponse;
import software.amazon.awssdk.services.iam.model.GetAccessKeyLastUsedRequest;
import software.amazon.awssdk.services.iam.model.GetAccessKeyLastUsedResponse;
import software.amazon.awssdk.services.iam.model.ListAccessKeysRequest;
import software.amazon.awssdk.services.iam.model.ListAccessKeysResponse;
import software.amazon.awssdk.services.iam.model.UpdateAccessKeyRequest;
import software.amazon.awssdk.services.iam.model.UpdateAccessKeyResponse;

/** Access keys of users, and of the account itself. */
interface KeyCalls extends IamClient {
    /** Of one user. */
    int MOST_KEYS = 2;

    String ACTIVE = "Active";
    String INACTIVE = "Inactive";

    IamCall call();

    /** Of whom keys are meant; empty: the account's own, for which only itself asks. */
    private Optional<Entity> owner(Handle handle, @Nullable String userName, String action) {
        if (userName == null && call().root()) {
            call().allow(action);
            return Optional.empty();
        }
        String name = Checks.name(call().ownName(Optional.ofNullable(userName)), EntityKind.USER);
        return Optional.of(call().entity(handle, EntityKind.USER, name, action));
    }

    @Override
    default CreateAccessKeyResponse createAccessKey(CreateAccessKeyRequest request) {
        Key key = call().records().keys().lasting();
        long now = call().now();
        Optional<Entity> user = call().write(handle -> {
            Optional<Entity> owner = owner(handle, request.userName(), "CreateAccessKey");
            Optional<String> id = owner.map(Entity::id);
            if (call().records().keyStore().keys(handle, call().account(), id).size() >= MOST_KEYS) {
                throw IamFault.quota("AccessKeysPerUser", MOST_KEYS);
            }
            call().records()
                    .keyStore()
                    .insert(
                            handle,
                            new KeyStore.LastingKey(key.id(), call().account(), id, true, now, KeyStore.LastUsed.NEVER),
                            call().records().keys().sealed(key));
            return owner;
        });
        AccessKey.Builder shape = AccessKey.builder()
                .accessKeyId(key.id())
                .secretAccessKey(key.secret())
                .status(ACTIVE)
                .createDate(Instant.ofEpochMilli(now));
        user.ifPresent(each -> shape.userName(each.name()));
        return CreateAccessKeyResponse.builder().accessKey(shape.build()).build();
    }

    @Override
    default ListAccessKeysResponse listAccessKeys(ListAccessKeysRequest request) {
        Pages pages = Pages.of("keys", request.marker(), request.maxItems());
        return call().read(handle -> {
            Optional<Entity> owner = owner(handle, request.userName(), "ListAccessKeys");
            Pages.Slice<AccessKeyMetadata> page = pages.byPlace(
                    call().records().keyStore().keys(handle, call().account(), owner.map(Entity::id)).stream()
                            .map(each -> shape(owner, each))
                            .toList());
            return ListAccessKeysResponse.builder()
                    .accessKeyMetadata(page.items())
                    .isTruncated(page.truncated())
                    .marker(page.next())
                    .build();
        });
    }

    private static AccessKeyMetadata shape(Optional<Entity> owner, KeyStore.LastingKey key) {
        AccessKeyMetadata.Builder shape = AccessKeyMetadata.builder()
                .accessKeyId(key.id())
                .status(key.active() ? ACTIVE : INACTIVE)
                .createDate(Instant.ofEpochMilli(key.createdAt()));
        owner.ifPresent(each -> shape.userName(each.name()));
        return shape.build();
    }

    private KeyStore.LastingKey key(Handle handle, Optional<Entity> owner, String id) {
        return call().records()
                .keyStore()
                .key(handle, id)
                .filter(each ->
                        each.account().equals(call().account()) && each.user().equals(owner.map(Entity::id)))
                .orElseThrow(() -> IamFault.missing("The Access Key with id " + id + " cannot be found."));
    }

    @Override
    default UpdateAccessKeyResponse updateAccessKey(UpdateAccessKeyRequest request) {
        String id = Checks.required(request.accessKeyId(), "accessKeyId");
        String status = Checks.required(request.statusAsString(), "status");
        if (!Set.of(ACTIVE, INACTIVE).contains(status)) {
            throw Checks.unsatisfied("status", "Member must satisfy enum value set: [Active, Inactive]");
        }
        call().change(handle -> {
            Optional<Entity> owner = owner(handle, request.userName(), "UpdateAccessKey");
            key(handle, owner, id);
            call().records().keyStore().setActive(handle, id, status.equals(ACTIVE));
        });
        return UpdateAccessKeyResponse.builder().build();
    }

    @Override
    default DeleteAccessKeyResponse deleteAccessKey(DeleteAccessKeyRequest request) {
        String id = Checks.required(request.accessKeyId(), "accessKeyId");
        call().change(handle -> {
            Optional<Entity> owner = owner(handle, request.userName(), "DeleteAccessKey");
            key(handle, owner, id);
            call().records().keyStore().delete(handle, id);
        });
        return DeleteAccessKeyResponse.builder().build();
    }

    /** Of keys that are not there nobody is told more than of those of others. */
    @Override
    default GetAccessKeyLastUsedResponse getAccessKeyLastUsed(GetAccessKeyLastUsedRequest request) {
        String id = Checks.required(request.accessKeyId(), "accessKeyId");
        return call().read(handle -> {
            KeyStore.LastingKey key = call().records()
                    .keyStore()
                    .key(handle, id)
                    .filter(each -> each.account().equals(call().account()))
                    .orElseThrow(() -> IamFault.denied("User: "
                            + call().caller().requester().arn()
                            + " is not authorized to perform iam:GetAccessKeyLastUsed on resource: access key " + id));
            Optional<Entity> user =
                    key.user().flatMap(each -> call().records().entities().find(handle, each));
            call().allow("GetAccessKeyLastUsed", user.map(Entity::arn).orElse("*"));
            GetAccessKeyLastUsedResponse.Builder answer =
                    GetAccessKeyLastUsedResponse.builder().accessKeyLastUsed(lastUsed(key.used()));
            user.ifPresent(each -> answer.userName(each.name()));
            return answer.build();
        });
    }

    private static AccessKeyLastUsed lastUsed(KeyStore.LastUsed used) {
        return used.at() == 0
                ? AccessKeyLastUsed.builder().serviceName("N/A").region("N/A").build()
                : AccessKeyLastUsed.builder()
                        .lastUsedDate(Instant.ofEpochMilli(used.at()))
                        .serviceName(used.service())
                        .region(used.region())
                        .build();
    }
}
