package io.slipway.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.kit.PlatformException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocationTest {
    @ParameterizedTest
    @CsvSource({
        "file:/a, file:///a",
        "file:/a/, file:///a",
        "file:///b/../a, file:///a",
        "FILE:///a, file:///a",
        "s3://bucket/a/./b/, s3://bucket/a/b",
        "S3://Bucket/a, s3://Bucket/a",
        "dbfs:/mine//t, dbfs:/mine/t",
        "dbfs:///mine/t, dbfs:/mine/t",
        "abfss://c@account.dfs.core.windows.net/x, abfss://c@account.dfs.core.windows.net/x",
        "s3://bucket/a%20b, s3://bucket/a%20b",
    })
    void one_place_has_one_spelling(String written, String known) {
        assertThat(Location.of(written)).isEqualTo(known);
        assertThat(Location.of(known)).isEqualTo(known);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/a/b",
                "a/b",
                "s3:bucket/a",
                "s3://bucket/a b",
                "dbfs:/../x",
                "dbfs:/a/%2E%2E/x",
                "dbfs:/%2e/x",
                "s3://bucket",
            })
    void what_is_no_place_is_refused(String written) {
        assertThatThrownBy(() -> Location.of(written))
                .isInstanceOf(PlatformException.class)
                .hasMessage("Storage location '" + written + "' is not an absolute URI.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:/etc",
                "FILE:/etc",
                "dbfs:/.slipway",
                "dbfs:/.slipway/x",
                "dbfs:/%2Eslipway/x",
                "dbfs:/%2F.slipway/x",
                "dbfs:/.sl%69pway",
                "dbfs://host/.slipway/x",
                "DBFS:/.slipway/x",
                "slipway-store://bucket/x",
            })
    void the_servers_own_is_known_in_any_spelling(String written) {
        assertThat(Location.ofTheServer(Location.of(written))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dbfs:/mine", "dbfs:/.slipway2", "dbfs:/a/.slipway", "s3://file/etc", "s3://b/.slipway"})
    void everything_else_is_not_the_servers(String written) {
        assertThat(Location.ofTheServer(Location.of(written))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "s3://b/a, s3://b/a, true",
        "s3://b/a/x, s3://b/a, true",
        "s3://b/ab, s3://b/a, false",
        "s3://b/a, s3://b/a/x, false"
    })
    void a_folder_holds_what_is_below_it(String location, String folder, boolean within) {
        assertThat(Location.within(location, folder)).isEqualTo(within);
    }

    @ParameterizedTest
    @CsvSource({
        "s3://b/a/x, slipway-store://b/a, true",
        "s3a://b/a, s3n://b/a/x, true",
        "s3a://b/ab, slipway-store://b/a, false",
        "s3a://c/a, slipway-store://b/a, false",
        "dbfs:/a, file:///a, false"
    })
    void one_place_has_several_names_of_s3(String one, String other, boolean overlap) {
        assertThat(Location.overlap(one, other)).isEqualTo(overlap);
        assertThat(Location.overlap(other, one)).isEqualTo(overlap);
    }
}
