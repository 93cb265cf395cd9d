package io.slipway.content.dbfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DbfsPathTest {
    @ParameterizedTest
    @CsvSource({
        "/a/b, /a/b",
        "dbfs:/a/b, /a/b",
        "/dbfs/a/b, /a/b",
        "/dbfs, /",
        "dbfs:/, /",
        "//a///b/, /a/b",
        "/dbfsx/a, /dbfsx/a",
        "/a/dbfs:/b, /a/dbfs:/b",
    })
    void one_place_has_one_spelling(String written, String known) {
        assertThat(DbfsPath.of(written)).hasToString(known);
        assertThat(DbfsPath.of(known)).isEqualTo(DbfsPath.of(written));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "dbfs:a",
                "file:/a",
                "/a/../b",
                "/./a",
                "/a\u0000b",
            })
    void what_is_no_path_is_refused(String written) {
        assertThatThrownBy(() -> DbfsPath.of(written))
                .isInstanceOfSatisfying(
                        PlatformException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_PARAMETER_VALUE));
    }

    @Test
    void a_name_has_at_most_255_characters() {
        assertThat(DbfsPath.of("/" + "x".repeat(255)).steps()).hasSize(1);
        assertThatThrownBy(() -> DbfsPath.of("/" + "x".repeat(256)))
                .hasMessage("A name in the path is longer than 255 characters.");
    }

    @Test
    void a_path_knows_what_is_around_it() {
        DbfsPath path = DbfsPath.of("/a/b");
        assertThat(path.parent()).hasToString("/a");
        assertThat(path.parent().parent().root()).isTrue();
        assertThat(DbfsPath.of("/").parent().root()).isTrue();
        assertThat(path.child("c")).hasToString("/a/b/c");
        assertThat(path.within(DbfsPath.of("/a"))).isTrue();
        assertThat(path.within(path)).isTrue();
        assertThat(path.within(DbfsPath.of("/"))).isTrue();
        assertThat(DbfsPath.of("/ab").within(DbfsPath.of("/a"))).isFalse();
        assertThat(DbfsPath.of("/a").within(path)).isFalse();
    }
}
