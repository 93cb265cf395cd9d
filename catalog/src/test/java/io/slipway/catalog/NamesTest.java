package io.slipway.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
    @Test
    void names_are_kept_in_lower_case_whatever_the_language_of_the_machine() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr"));
            assertThat(ObjectName.of("IRIS_2")).isEqualTo("iris_2");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void a_name_has_at_most_255_characters() {
        assertThat(ObjectName.of("x".repeat(255))).hasSize(255);
        assertThatThrownBy(() -> ObjectName.of("x".repeat(256)))
                .hasMessage("Name cannot be longer than 255 characters");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.b", "a b", "a/b", "a\tb", "a\u0000b", "a\u2003b"})
    void what_would_break_a_full_name_or_a_path_is_refused(String written) {
        assertThatThrownBy(() -> ObjectName.of(written))
                .isInstanceOfSatisfying(
                        PlatformException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_PARAMETER_VALUE))
                .hasMessageStartingWith("Name cannot contain a period, space, forward-slash, or control characters: ");
    }

    @Test
    void control_characters_are_not_repeated_in_what_is_said() {
        assertThatThrownBy(() -> ObjectName.of("a\u001b[31m")).hasMessageEndingWith(": a?[31m");
        assertThatThrownBy(() -> TableName.of("a\u001bb")).hasMessageContaining("'a?b'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n"})
    void an_empty_name_is_none(String written) {
        assertThatThrownBy(() -> ObjectName.of(written)).hasMessage("Name cannot be empty");
    }

    @Test
    void a_full_name_has_as_many_levels_as_its_kind() {
        TableName name = TableName.of("Main.Default.T");
        assertThat(name).isEqualTo(TableName.of("main", "DEFAULT", "t")).hasToString("main.default.t");
        assertThat(ObjectName.split("Main.Default", 2, "catalog.schema")).containsExactly("main", "default");
        for (String wrong : new String[] {"main", "main.default", "main.default.t.x"}) {
            assertThatThrownBy(() -> TableName.of(wrong))
                    .hasMessage("'" + wrong + "' is not a valid name. Expected catalog.schema.table.");
        }
        assertThatThrownBy(() -> TableName.of("main..t")).hasMessage("Name cannot be empty");
        assertThatThrownBy(() -> TableName.of("main.default.")).hasMessage("Name cannot be empty");
    }

    @Test
    void refusals_have_the_codes_that_clients_of_the_real_service_know() {
        assertThat(Refusal.missing("Table", "a.b.c")).satisfies(e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND);
            assertThat(e).hasMessage("Table 'a.b.c' does not exist.");
            assertThat(e.details()).containsEntry("reason", "TABLE_DOES_NOT_EXIST");
        });
        assertThat(Refusal.exists("Schema", "a.b")).satisfies(e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.ALREADY_EXISTS);
            assertThat(e.details()).containsEntry("reason", "SCHEMA_ALREADY_EXISTS");
        });
        assertThat(Refusal.notEmpty("Catalog", "a", "2 schema(s)")).satisfies(e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.NOT_EMPTY);
            assertThat(e).hasMessage("Catalog 'a' is not empty. The catalog has 2 schema(s).");
            assertThat(e.details()).containsEntry("reason", "CATALOG_NOT_EMPTY");
        });
    }
}
