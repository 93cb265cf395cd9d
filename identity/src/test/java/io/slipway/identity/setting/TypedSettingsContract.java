package io.slipway.identity.setting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.identity.Caller;
import io.slipway.identity.testing.People;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import io.slipway.kit.WorkspaceId;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Settings with a version in any database. */
@NullUnmarked
abstract class TypedSettingsContract extends SettingContract {
    private static final SettingType NAMESPACE = SettingType.DEFAULT_NAMESPACE;
    private static final SettingType ADMINS = SettingType.RESTRICT_WORKSPACE_ADMINS;

    /** Of the workspace, not of the account. */
    private static final Caller OTHER_ADMIN = People.admin(104, "other@example.com");

    @BeforeEach
    void make() {
        People.known(base.database());
        base.database()
                .change(tx -> tx.sql()
                        .execute("insert into member (workspace_id, group_id, principal_id) values (0, 1, 101)"));
    }

    private boolean restricted() {
        return base.database().read(handle -> room.typed().adminsRestricted(handle, People.ADMIN.workspace()));
    }

    private TypedSettings.Current set(SettingType type, String value, String etag) {
        return room.typed().set(People.ADMIN, type, value, Optional.of(etag), true);
    }

    private static void refused(ErrorCode code, Map<String, String> details, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(PlatformException.class, refused -> {
            assertThat(refused.code()).isEqualTo(code);
            assertThat(refused.details()).isEqualTo(details);
        });
    }

    @Test
    void sessions_begin_in_the_catalog_that_is_set_from_then_on_and_until_it_is_taken_away() {
        assertThat(room.typed().defaultNamespace(WorkspaceId.FIRST)).isEmpty();
        String etag = set(NAMESPACE, "sales", "v0").etag();
        assertThat(room.typed().defaultNamespace(WorkspaceId.FIRST)).contains("sales");
        assertThat(room.typed().defaultNamespace(new WorkspaceId(2002))).isEmpty();
        String gone = room.typed().reset(People.ADMIN, NAMESPACE, Optional.of(etag));
        assertThat(room.typed().defaultNamespace(WorkspaceId.FIRST)).isEmpty();
        refused(ErrorCode.NOT_FOUND, Map.of("etag", gone), () -> room.typed().get(People.ADMIN, NAMESPACE));
        assertThat(told())
                .containsExactly("setting.changed default_namespace_ws", "setting.reset default_namespace_ws");
    }

    @Test
    void a_change_of_another_version_is_refused_with_the_version_that_there_is() {
        refused(ErrorCode.NOT_FOUND, Map.of("etag", "v0"), () -> set(NAMESPACE, "sales", ""));
        refused(ErrorCode.CONFLICT, Map.of("etag", "v0"), () -> set(ADMINS, "ALLOW_ALL", ""));
        String first = set(NAMESPACE, "sales", "v0").etag();
        String second = set(NAMESPACE, "shop", first).etag();
        refused(ErrorCode.CONFLICT, Map.of("etag", second), () -> set(NAMESPACE, "late", first));
        refused(
                ErrorCode.CONFLICT,
                Map.of("etag", second),
                () -> room.typed().reset(People.ADMIN, NAMESPACE, Optional.of(first)));
        assertThat(room.typed().get(People.ADMIN, NAMESPACE).value()).isEqualTo("shop");
    }

    @Test
    void a_flag_needs_no_version_but_a_wrong_one_is_noticed() {
        SettingType flag = SettingType.DISABLE_LEGACY_DBFS;
        TypedSettings.Current set = room.typed().set(People.ADMIN, flag, "false", Optional.empty(), true);
        refused(ErrorCode.CONFLICT, Map.of("etag", set.etag()), () -> set(flag, "false", "v7"));
        refused(ErrorCode.INVALID_PARAMETER_VALUE, Map.of(), () -> set(flag, "true", set.etag()));
    }

    @Test
    void what_is_not_set_yet_is_made_only_if_that_is_wanted() {
        refused(
                ErrorCode.NOT_FOUND,
                Map.of("etag", "v0"),
                () -> room.typed().set(People.ADMIN, ADMINS, "ALLOW_ALL", Optional.of("v0"), false));
    }

    @Test
    void admins_are_restricted_once_somebody_has_said_so() {
        assertThat(restricted()).isFalse();
        set(ADMINS, "RESTRICT_TOKENS_AND_JOB_RUN_AS", "v0");
        assertThat(restricted()).isTrue();
        refused(
                ErrorCode.PERMISSION_DENIED,
                Map.of(),
                () -> room.typed().set(OTHER_ADMIN, ADMINS, "ALLOW_ALL", Optional.of("v1"), true));
        assertThat(room.typed()
                        .set(OTHER_ADMIN, NAMESPACE, "sales", Optional.of("v0"), true)
                        .value())
                .isEqualTo("sales");
    }

    @Test
    void only_admins_see_and_set() {
        refused(ErrorCode.PERMISSION_DENIED, Map.of(), () -> room.typed().get(People.ANN, ADMINS));
        refused(
                ErrorCode.PERMISSION_DENIED,
                Map.of(),
                () -> room.typed().set(People.ANN, ADMINS, "ALLOW_ALL", Optional.of("v0"), true));
        refused(ErrorCode.PERMISSION_DENIED, Map.of(), () -> room.typed().reset(People.ANN, ADMINS, Optional.of("v0")));
    }
}
