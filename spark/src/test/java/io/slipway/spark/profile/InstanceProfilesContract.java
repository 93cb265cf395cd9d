package io.slipway.spark.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.identity.Caller;
import io.slipway.identity.IdentityArea;
import io.slipway.identity.testing.People;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import io.slipway.kit.WorkspaceId;
import io.slipway.kit.testing.FakeClock;
import io.slipway.store.Base;
import io.slipway.store.Database;
import io.slipway.store.TestBase;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Instance profiles, on any database. */
@NullUnmarked
abstract class InstanceProfilesContract {
    private static final String READER = "arn:aws:iam::111122223333:instance-profile/reader";
    private static final String WRITER = "arn:aws:iam::111122223333:instance-profile/path/writer";

    @TempDir
    private Path folder;

    private Database database;
    private InstanceProfiles profiles;

    abstract Database open(Path folder);

    @BeforeEach
    void make() {
        database = open(folder);
        People.known(database);
        Base base = TestBase.of(database, new FakeClock(1_700_000_000_000L));
        profiles = new InstanceProfiles(base, new IdentityArea(base, new byte[32]), READER::equals);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private static InstanceProfile profile(String arn, String role) {
        return new InstanceProfile(WorkspaceId.FIRST, arn, Optional.of(role).filter(text -> !text.isEmpty()), false);
    }

    private void give(Caller caller, String arn) {
        database.change(tx ->
                tx.sql().execute("""
                        insert into assigned (workspace_id, principal_id, entitlements, roles) values (?, ?, '[]', ?)
                        on conflict (workspace_id, principal_id) do update set roles = excluded.roles
                        """, WorkspaceId.FIRST.number(), caller.id().number(), "[\"" + arn + "\"]"));
    }

    private static void refused(ErrorCode code, String message, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        PlatformException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContaining(message);
    }

    @Test
    void an_admin_adds_changes_and_removes_them() {
        profiles.add(People.ADMIN, profile(READER, ""), true);
        profiles.add(People.ADMIN, profile(WRITER, ""), false);
        String role = "arn:aws:iam::111122223333:role/other";
        profiles.edit(People.ADMIN, profile(READER, role));
        assertThat(profiles.list(People.ADMIN)).containsExactly(profile(WRITER, ""), profile(READER, role));
        profiles.remove(People.ADMIN, WRITER);
        assertThat(profiles.list(People.ADMIN)).extracting(InstanceProfile::arn).containsExactly(READER);
        refused(ErrorCode.NOT_FOUND, WRITER, () -> profiles.remove(People.ADMIN, WRITER));
        refused(ErrorCode.NOT_FOUND, WRITER, () -> profiles.edit(People.ADMIN, profile(WRITER, "")));
        refused(ErrorCode.ALREADY_EXISTS, READER, () -> profiles.add(People.ADMIN, profile(READER, ""), false));
    }

    @Test
    void one_whose_role_machines_cannot_have_is_not_added_unless_nobody_looks() {
        refused(
                ErrorCode.INVALID_PARAMETER_VALUE,
                "ec2.amazonaws.com",
                () -> profiles.add(People.ADMIN, profile(WRITER, ""), true));
        assertThat(profiles.list(People.ADMIN)).isEmpty();
    }

    @Test
    void others_see_and_use_what_they_were_given_as_a_role() {
        profiles.add(People.ADMIN, profile(READER, ""), false);
        profiles.add(People.ADMIN, profile(WRITER, ""), false);
        give(People.ANN, READER);
        assertThat(profiles.list(People.ANN)).extracting(InstanceProfile::arn).containsExactly(READER);
        assertThatCode(() -> profiles.requireUse(People.ANN, READER)).doesNotThrowAnyException();
        assertThatCode(() -> profiles.requireUse(People.ADMIN, WRITER)).doesNotThrowAnyException();
        refused(ErrorCode.PERMISSION_DENIED, WRITER, () -> profiles.requireUse(People.ANN, WRITER));
        assertThat(profiles.list(People.BOB)).isEmpty();
        for (ThrowingCallable change : List.<ThrowingCallable>of(
                () -> profiles.add(People.ANN, profile(READER, ""), false),
                () -> profiles.edit(People.ANN, profile(READER, "")),
                () -> profiles.remove(People.ANN, READER))) {
            refused(ErrorCode.PERMISSION_DENIED, "instance profiles", change);
        }
    }

    @Test
    void one_that_the_workspace_does_not_know_is_given_to_no_cluster() {
        give(People.ANN, READER);
        refused(ErrorCode.INVALID_PARAMETER_VALUE, READER, () -> profiles.requireUse(People.ANN, READER));
        profiles.add(People.ADMIN, profile(READER, ""), false);
        refused(
                ErrorCode.INVALID_PARAMETER_VALUE,
                READER,
                () -> profiles.requireUse(People.elsewhere(People.ADMIN), READER));
    }

    @Test
    void what_is_no_arn_of_a_profile_is_refused() {
        for (String arn : List.of("reader", "arn:aws:iam::1:instance-profile/x", "arn:aws:iam::111122223333:role/x")) {
            refused(ErrorCode.INVALID_PARAMETER_VALUE, "instance_profile_arn", () -> profile(arn, ""));
        }
        refused(ErrorCode.INVALID_PARAMETER_VALUE, "iam_role_arn", () -> profile(READER, "admin"));
    }
}
