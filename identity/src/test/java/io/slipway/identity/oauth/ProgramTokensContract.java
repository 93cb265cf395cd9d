package io.slipway.identity.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.identity.Caller;
import io.slipway.identity.Entry;
import io.slipway.identity.PrincipalKind;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.PrincipalId;
import io.slipway.kit.WorkspaceId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** Secrets of service principals and what is given for them, in any database. */
@NullUnmarked
abstract class ProgramTokensContract extends OauthContract {
    @Test
    void a_program_gets_an_hour_for_its_secret_and_acts_as_its_service_principal() {
        ProgramSecret.Made made = secret();
        assertThat(made.value()).startsWith("dose").doesNotContain(made.secret().hash());
        Issued issued = issue(client(), made.value());
        assertThat(issued.refreshToken()).isEmpty();
        assertThat(room.holder(issued.accessToken(), Optional.empty()).map(Caller::id))
                .contains(robot.id());
        clock.advance(Duration.ofMinutes(59));
        assertThat(holder(issued.accessToken())).contains(client());
        clock.advance(Duration.ofMinutes(1));
        assertThat(holder(issued.accessToken())).isEmpty();
    }

    @Test
    void a_token_ends_at_once_with_its_secret_and_with_whoever_holds_it() {
        ProgramSecret.Made first = secret();
        ProgramSecret.Made second = secret();
        String ofFirst = issue(client(), first.value()).accessToken();
        String ofSecond = issue(client(), second.value()).accessToken();
        room.secrets().delete(admin, robot.id(), first.secret().id());
        assertThat(holder(ofFirst)).isEmpty();
        assertThat(holder(ofSecond)).contains(client());
        refused(OauthError.INVALID_CLIENT, () -> issue(client(), first.value()));
        active(false);
        assertThat(holder(ofSecond)).isEmpty();
        refused(OauthError.INVALID_CLIENT, () -> issue(client(), second.value()));
        active(true);
        assertThat(holder(ofSecond)).contains(client());
        identity.directory().delete(admin, PrincipalKind.SERVICE_PRINCIPAL, robot.id());
        assertThat(holder(ofSecond)).as("it is not in the workspace any more").isEmpty();
    }

    private void active(boolean active) {
        identity.directory()
                .change(
                        admin,
                        PrincipalKind.SERVICE_PRINCIPAL,
                        robot.id(),
                        before -> new Entry.Content(
                                before.name(),
                                before.profile(),
                                active,
                                before.externalId(),
                                before.groups(),
                                before.members(),
                                before.entitlements(),
                                before.roles()));
    }

    @Test
    void secrets_expire_are_five_at_most_and_go_with_their_program() {
        ProgramSecret.Made shortly = room.secrets().create(admin, robot.id(), Duration.ofMinutes(10));
        String token = issue(client(), shortly.value()).accessToken();
        clock.advance(Duration.ofMinutes(10));
        refused(OauthError.INVALID_CLIENT, () -> issue(client(), shortly.value()));
        assertThat(holder(token)).isEmpty();
        assertThat(room.secrets().active(shortly.secret())).isFalse();
        for (int i = 1; i < ProgramSecrets.MOST; i++) {
            secret();
        }
        refused(ErrorCode.INVALID_PARAMETER_VALUE, "at most 5 secrets", this::secret);
        assertThat(room.secrets().list(admin, robot.id())).hasSize(5);
        for (Duration wrong : List.of(Duration.ZERO, ProgramSecrets.LONGEST_LIFE.plusSeconds(1))) {
            refused(
                    ErrorCode.INVALID_PARAMETER_VALUE,
                    "lifetime",
                    () -> room.secrets().create(admin, robot.id(), wrong));
        }
        Caller account =
                identity.identities().caller(WorkspaceId.ACCOUNT, admin.id()).orElseThrow();
        identity.directory().delete(account, PrincipalKind.SERVICE_PRINCIPAL, robot.id());
        List<ProgramSecret> left = database.read(handle -> new OauthStore().secrets(handle, robot.id()));
        assertThat(left).isEmpty();
    }

    @Test
    void only_who_manages_a_program_makes_secrets_and_only_for_programs() {
        refused(
                ErrorCode.PERMISSION_DENIED,
                "roles/servicePrincipal.manager",
                () -> room.secrets().create(ann, robot.id(), YEAR));
        refused(
                ErrorCode.PERMISSION_DENIED,
                "roles/servicePrincipal.manager",
                () -> room.secrets().list(ann, robot.id()));
        refused(ErrorCode.NOT_FOUND, "does not exist", () -> room.secrets().create(admin, ann.id(), YEAR));
        String id = secret().secret().id();
        refused(
                ErrorCode.PERMISSION_DENIED,
                "roles/servicePrincipal.manager",
                () -> room.secrets().delete(ann, robot.id(), id));
        refused(ErrorCode.NOT_FOUND, "Secret", () -> room.secrets().delete(admin, robot.id(), "other"));
    }

    @Test
    void an_admin_of_one_workspace_makes_no_secret_of_a_program_that_is_in_another_too() {
        Caller local = identity.identities()
                .caller(WorkspaceId.FIRST, ann.id())
                .map(caller -> Caller.user(caller.workspace(), caller.principal(), Set.of(PrincipalId.ADMINS)))
                .orElseThrow();
        String id = room.secrets().create(local, robot.id(), YEAR).secret().id();
        database.change(tx -> tx.sql()
                .execute(
                        "insert into assigned (workspace_id, principal_id) values (2002, ?)",
                        robot.id().number()));
        refused(
                ErrorCode.PERMISSION_DENIED,
                "other workspaces",
                () -> room.secrets().create(local, robot.id(), YEAR));
        refused(
                ErrorCode.PERMISSION_DENIED,
                "other workspaces",
                () -> room.secrets().delete(local, robot.id(), id));
    }

    private int refusals() {
        return (int) database.read(handle -> base.facts().after(handle, 0, 1000)).stream()
                .filter(event -> event.kind().equals("service_principal.secret_refused"))
                .count();
    }

    @Test
    void an_unknown_client_a_wrong_secret_and_a_user_s_name_are_refused_in_the_same_words() {
        String value = secret().value();
        for (Runnable wrong : List.<Runnable>of(
                () -> issue("11111111-2222-4333-8444-555555555555", value),
                () -> issue(client(), value + "0"),
                () -> issue(client(), ""),
                () -> issue("", ""),
                () -> issue("ann@example.com", value))) {
            int told = refusals();
            assertThatThrownBy(wrong::run).hasMessage("Client authentication failed.");
            assertThat(refusals()).as("the same is written").isEqualTo(told + 1);
            refused(OauthError.INVALID_CLIENT, wrong::run);
        }
    }

    @Test
    void who_guesses_waits_where_they_are_and_the_program_goes_on_elsewhere() {
        String value = secret().value();
        for (int i = 0; i < 5; i++) {
            refused(OauthError.INVALID_CLIENT, () -> issue(client(), "guess"));
        }
        refused(ErrorCode.RESOURCE_EXHAUSTED, "Try again", () -> issue(client(), value));
        assertThat(room.programs()
                        .issue(
                                WorkspaceId.FIRST,
                                client(),
                                value,
                                Optional.empty(),
                                "192.0.2.8",
                                OauthContract::fromAnywhere)
                        .accessToken())
                .isNotEmpty();
        clock.advance(Duration.ofMinutes(5));
        assertThat(issue(client(), value).accessToken()).isNotEmpty();
    }

    @Test
    void a_program_gets_nothing_in_a_workspace_that_it_is_not_in_nor_for_a_scope_that_is_not_kept() {
        String value = secret().value();
        refused(
                OauthError.INVALID_CLIENT,
                () -> room.programs()
                        .issue(
                                new WorkspaceId(2002),
                                client(),
                                value,
                                Optional.empty(),
                                HERE,
                                OauthContract::fromAnywhere));
        refused(
                OauthError.INVALID_SCOPE,
                () -> room.programs()
                        .issue(
                                WorkspaceId.FIRST,
                                client(),
                                value,
                                Optional.of("sql"),
                                HERE,
                                OauthContract::fromAnywhere));
    }

    @Test
    void a_token_of_the_account_opens_no_workspace() {
        String value = secret().value();
        String token = room.programs()
                .issue(WorkspaceId.ACCOUNT, client(), value, Optional.empty(), HERE, OauthContract::fromAnywhere)
                .accessToken();
        assertThat(holder(token)).isEmpty();
        assertThat(room.accountHolder(token).map(Caller::workspace)).contains(WorkspaceId.ACCOUNT);
        assertThat(room.accountHolder(issue(client(), value).accessToken()))
                .as("nor one of a workspace the account")
                .isEmpty();
    }
}
