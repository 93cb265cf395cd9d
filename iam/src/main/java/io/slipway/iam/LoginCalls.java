package io.slipway.iam;

import io.slipway.store.Json;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.ChangePasswordRequest;
import software.amazon.awssdk.services.iam.model.ChangePasswordResponse;
import software.amazon.awssdk.services.iam.model.CreateLoginProfileRequest;
import software.amazon.awssdk.services.iam.model.CreateLoginProfileResponse;
import software.amazon.awssdk.services.iam.model.DeleteAccountPasswordPolicyRequest;
import software.amazon.awssdk.services.iam.model.DeleteAccountPasswordPolicyResponse;
import software.amazon.awssdk.services.iam.model.DeleteLoginProfileRequest;
import software.amazon.awssdk.services.iam.model.DeleteLoginProfileResponse;
import software.amazon.awssdk.services.iam.model.GetAccountPasswordPolicyRequest;
import software.amazon.awssdk.services.iam.model.GetAccountPasswordPolicyResponse;
import software.amazon.awssdk.services.iam.model.GetLoginProfileRequest;
import software.amazon.awssdk.services.iam.model.GetLoginProfileResponse;
import software.amazon.awssdk.services.iam.model.LoginProfile;
import software.amazon.awssdk.services.iam.model.UpdateAccountPasswordPolicyRequest;
import software.amazon.awssdk.services.iam.model.UpdateAccountPasswordPolicyResponse;
import software.amazon.awssdk.services.iam.model.UpdateLoginProfileRequest;
import software.amazon.awssdk.services.iam.model.UpdateLoginProfileResponse;

/** Passwords of users, and what an account asks of them. */
interface LoginCalls extends IamClient {
    IamCall call();

    @Override
    default CreateLoginProfileResponse createLoginProfile(CreateLoginProfileRequest request) {
        String name = Checks.name(call().ownName(Optional.ofNullable(request.userName())), EntityKind.USER);
        String password = Checks.required(request.password(), "password");
        boolean reset = Boolean.TRUE.equals(request.passwordResetRequired());
        long now = call().now();
        // Whoever may not is refused before the hash costs anything.
        call().read(handle -> call().entity(handle, EntityKind.USER, name, "CreateLoginProfile"));
        String hash = Password.hash(call().records(), password);
        call().change(handle -> {
            Entity user = call().entity(handle, EntityKind.USER, name, "CreateLoginProfile");
            PasswordPolicyRule.of(call(), handle).check(password);
            if (call().records().keyStore().password(handle, user.id()).isPresent()) {
                throw IamFault.taken("Login Profile for user " + name + " already exists.");
            }
            call().records().keyStore().putPassword(handle, user.id(), new KeyStore.Password(hash, reset, now));
        });
        return CreateLoginProfileResponse.builder()
                .loginProfile(shape(name, new KeyStore.Password(hash, reset, now)))
                .build();
    }

    private static LoginProfile shape(String name, KeyStore.Password password) {
        return LoginProfile.builder()
                .userName(name)
                .createDate(Instant.ofEpochMilli(password.createdAt()))
                .passwordResetRequired(password.resetRequired())
                .build();
    }

    private KeyStore.Password password(Handle handle, Entity user) {
        return call().records()
                .keyStore()
                .password(handle, user.id())
                .orElseThrow(() -> IamFault.missing("Login Profile for User " + user.name() + " cannot be found."));
    }

    @Override
    default GetLoginProfileResponse getLoginProfile(GetLoginProfileRequest request) {
        String name = Checks.name(call().ownName(Optional.ofNullable(request.userName())), EntityKind.USER);
        return call().read(handle -> {
            Entity user = call().entity(handle, EntityKind.USER, name, "GetLoginProfile");
            return GetLoginProfileResponse.builder()
                    .loginProfile(shape(user.name(), password(handle, user)))
                    .build();
        });
    }

    @Override
    default UpdateLoginProfileResponse updateLoginProfile(UpdateLoginProfileRequest request) {
        String name = Checks.name(request.userName(), EntityKind.USER);
        Optional<String> wanted = Optional.ofNullable(request.password());
        call().read(handle -> call().entity(handle, EntityKind.USER, name, "UpdateLoginProfile"));
        Optional<String> hash = wanted.map(each -> Password.hash(call().records(), each));
        call().change(handle -> {
            Entity user = call().entity(handle, EntityKind.USER, name, "UpdateLoginProfile");
            KeyStore.Password old = password(handle, user);
            wanted.ifPresent(PasswordPolicyRule.of(call(), handle)::check);
            boolean reset =
                    request.passwordResetRequired() == null ? old.resetRequired() : request.passwordResetRequired();
            call().records()
                    .keyStore()
                    .putPassword(
                            handle, user.id(), new KeyStore.Password(hash.orElse(old.hash()), reset, old.createdAt()));
        });
        return UpdateLoginProfileResponse.builder().build();
    }

    @Override
    default DeleteLoginProfileResponse deleteLoginProfile(DeleteLoginProfileRequest request) {
        String name = Checks.name(call().ownName(Optional.ofNullable(request.userName())), EntityKind.USER);
        call().change(handle -> {
            Entity user = call().entity(handle, EntityKind.USER, name, "DeleteLoginProfile");
            password(handle, user);
            call().records().keyStore().deletePassword(handle, user.id());
        });
        return DeleteLoginProfileResponse.builder().build();
    }

    /** A user's own. An account may let all its users do so. */
    @Override
    default ChangePasswordResponse changePassword(ChangePasswordRequest request) {
        String old = Checks.required(request.oldPassword(), "oldPassword");
        String other = Checks.required(request.newPassword(), "newPassword");
        String name = call().ownName(Optional.empty());
        KeyStore.Password before = call().read(handle -> password(handle, changing(handle, name)));
        if (!Password.matches(old, before.hash())) {
            throw IamFault.denied("The old password was incorrect.");
        }
        String hash = Password.hash(call().records(), other);
        call().change(handle -> {
            Entity user = changing(handle, name);
            if (!password(handle, user).equals(before)) {
                throw IamFault.denied("The old password was incorrect.");
            }
            PasswordPolicyRule.of(call(), handle).check(other);
            call().records()
                    .keyStore()
                    .putPassword(handle, user.id(), new KeyStore.Password(hash, false, before.createdAt()));
        });
        return ChangePasswordResponse.builder().build();
    }

    private Entity changing(Handle handle, String name) {
        return PasswordPolicyRule.of(call(), handle).usersMayChange()
                ? call().records()
                        .entities()
                        .named(handle, call().account(), EntityKind.USER, name)
                        .orElseThrow(() -> IamFault.missing(EntityKind.USER.missing(name)))
                : call().entity(handle, EntityKind.USER, name, "ChangePassword");
    }

    @Override
    default GetAccountPasswordPolicyResponse getAccountPasswordPolicy(GetAccountPasswordPolicyRequest request) {
        call().allow("GetAccountPasswordPolicy");
        return call().read(handle -> call().records().accounts().passwordPolicy(handle, call().account()))
                .map(text -> Json.read(text, PasswordPolicyRule.class))
                .map(rule -> GetAccountPasswordPolicyResponse.builder()
                        .passwordPolicy(rule.shape())
                        .build())
                .orElseThrow(() -> IamFault.missing(
                        "The Password Policy with domain name " + call().account() + " cannot be found."));
    }

    @Override
    default UpdateAccountPasswordPolicyResponse updateAccountPasswordPolicy(
            UpdateAccountPasswordPolicyRequest request) {
        PasswordPolicyRule rule = PasswordPolicyRule.of(request);
        call().allow("UpdateAccountPasswordPolicy");
        call().change(handle ->
                call().records().accounts().setPasswordPolicy(handle, call().account(), Optional.of(Json.write(rule))));
        return UpdateAccountPasswordPolicyResponse.builder().build();
    }

    @Override
    default DeleteAccountPasswordPolicyResponse deleteAccountPasswordPolicy(
            DeleteAccountPasswordPolicyRequest request) {
        call().allow("DeleteAccountPasswordPolicy");
        call().change(handle -> {
            if (call().records()
                    .accounts()
                    .passwordPolicy(handle, call().account())
                    .isEmpty()) {
                throw IamFault.missing("The account policy with name PasswordPolicy cannot be found.");
            }
            call().records().accounts().setPasswordPolicy(handle, call().account(), Optional.empty());
        });
        return DeleteAccountPasswordPolicyResponse.builder().build();
    }
}
