package io.slipway.identity.setting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.identity.Permissions;
import io.slipway.identity.testing.People;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** Settings of a workspace in any database. */
@NullUnmarked
abstract class WorkspaceConfContract extends SettingContract {
    private void set(String key, String value) {
        room.conf().change(People.ADMIN, Map.of(key, value), HERE);
    }

    private String got(String key) {
        return room.conf().get(People.ADMIN, List.of(key)).get(key);
    }

    @Test
    void a_key_has_its_usual_value_until_it_is_set_and_then_what_was_sent() {
        assertThat(got("enableTokensConfig")).isEqualTo("true");
        assertThat(got("maxTokenLifetimeDays")).isEmpty();
        set("enableTokensConfig", "FALse");
        assertThat(got("enableTokensConfig")).isEqualTo("FALse");
        assertThat(new SettingRoom(base, new Permissions()).conf().get(People.ADMIN, List.of("enableTokensConfig")))
                .containsEntry("enableTokensConfig", "FALse");
        set("enableTokensConfig", "FALse");
        assertThat(told()).containsExactly("setting.changed enableTokensConfig");
    }

    @Test
    void unknown_keys_are_refused_by_their_names_and_nothing_is_set() {
        assertThatThrownBy(() -> room.conf()
                        .change(People.ADMIN, Map.of("enableTokensConfig", "false", "b", "1", "a", "2"), HERE))
                .isInstanceOf(PlatformException.class)
                .hasMessage("Invalid keys: [\"a\",\"b\"]");
        assertThatThrownBy(() -> room.conf().get(People.ADMIN, List.of("enableTokensConfig", "c")))
                .hasMessage("Invalid keys: [\"c\"]");
        assertThat(got("enableTokensConfig")).isEqualTo("true");
        assertThat(told()).isEmpty();
    }

    @Test
    void a_value_that_would_promise_what_is_not_done_is_refused() {
        assertThatThrownBy(() -> set("enforceUserIsolation", "true"))
                .hasMessage("Some values are not allowed: {\"enforceUserIsolation\":\"true\"}");
        assertThatThrownBy(() -> set("enableIpAccessLists", "")).hasMessageStartingWith("Some values are not allowed");
        assertThatThrownBy(() -> set("maxTokenLifetimeDays", "731"))
                .hasMessageStartingWith("Some values are not allowed");
        set("enforceUserIsolation", "false");
        assertThatThrownBy(() -> set("enableWorkspaceFilesystem", "false"))
                .hasMessageStartingWith("Some values are not allowed");
        assertThatThrownBy(() -> set("projectsAllowList", "https://git.example.com"))
                .hasMessageStartingWith("Some values are not allowed");
    }

    @Test
    void what_is_so_on_this_platform_can_be_read_and_set_again() {
        Map<String, String> so = Map.of(
                "enableWorkspaceFilesystem", "true",
                "enforceWorkspaceViewAcls", "true",
                "enableJobViewAcls", "true",
                "enable-X-Frame-Options", "true",
                "enableFileStoreEndpoint", "false",
                "mlflowRunArtifactDownloadEnabled", "false",
                "projectsAllowList", "");
        assertThat(room.conf().get(People.ADMIN, so.keySet())).isEqualTo(so);
        room.conf().change(People.ADMIN, so, HERE);
        assertThat(room.conf().get(People.ADMIN, so.keySet())).isEqualTo(so);
        set("enable-X-XSS-Protection", "true");
        assertThat(got("enable-X-XSS-Protection")).isEqualTo("true");
    }

    @Test
    void only_admins_see_and_change_settings_and_each_workspace_has_its_own() {
        assertThatThrownBy(() -> room.conf().get(People.ANN, List.of("enableTokensConfig")))
                .extracting(refused -> ((PlatformException) refused).code())
                .isEqualTo(ErrorCode.PERMISSION_DENIED);
        assertThatThrownBy(() -> room.conf().change(People.ANN, Map.of("enableTokensConfig", "false"), HERE))
                .extracting(refused -> ((PlatformException) refused).code())
                .isEqualTo(ErrorCode.PERMISSION_DENIED);
        set("enableTokensConfig", "false");
        assertThat(room.conf().get(People.elsewhere(People.ADMIN), List.of("enableTokensConfig")))
                .containsEntry("enableTokensConfig", "true");
    }

    @Test
    void without_tokens_only_admins_make_some() {
        Optional<Duration> day = Optional.of(Duration.ofDays(1));
        assertThat(room.conf().tokenLifetime(People.ANN, day)).isEqualTo(day);
        set("enableTokensConfig", "false");
        assertThatThrownBy(() -> room.conf().tokenLifetime(People.ANN, day))
                .hasMessageContaining("tokens are disabled");
        assertThat(room.conf().tokenLifetime(People.ADMIN, day)).isEqualTo(day);
        set("enableTokensConfig", "true");
        assertThat(room.conf().tokenLifetime(People.ANN, Optional.empty())).isEmpty();
    }

    @Test
    void new_tokens_live_no_longer_than_the_workspace_allows() {
        set("maxTokenLifetimeDays", "90");
        assertThat(room.conf().tokenLifetime(People.ANN, Optional.empty())).contains(Duration.ofDays(90));
        assertThat(room.conf().tokenLifetime(People.ANN, Optional.of(Duration.ofDays(90))))
                .contains(Duration.ofDays(90));
        assertThatThrownBy(() -> room.conf()
                        .tokenLifetime(
                                People.ADMIN, Optional.of(Duration.ofDays(90).plusSeconds(1))))
                .hasMessageContaining("at most 7776000");
        set("maxTokenLifetimeDays", "0");
        assertThat(room.conf().tokenLifetime(People.ANN, Optional.empty())).isEmpty();
    }

    @Test
    void exports_and_downloads_can_be_forbidden() {
        room.conf().requireExport(People.ANN);
        room.conf().requireDownload(People.ANN);
        set("enableExportNotebook", "false");
        set("enableResultsDownloading", "false");
        assertThatThrownBy(() -> room.conf().requireExport(People.ADMIN)).hasMessageContaining("disabled");
        assertThatThrownBy(() -> room.conf().requireDownload(People.ADMIN)).hasMessageContaining("disabled");
    }
}
