package io.slipway.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConfigReaderTest {
    private final ConfigReader reader = new ConfigReader(
            List.of(
                    new ConfigReader.Key("port", "8585", "The port.", false),
                    new ConfigReader.Key("plainPort", "80", "The other port.", false),
                    new ConfigReader.Key("database.password", "", "A secret.", true)),
            Set.of("SLIPWAY_NODE"));

    private ConfigReader.Values read(
            Map<String, String> file, Map<String, String> environment, Map<String, String> flags) {
        return reader.read(file, environment, flags);
    }

    @Test
    void later_places_win() {
        assertThat(read(Map.of(), Map.of(), Map.of()).text("port")).isEqualTo("8585");
        assertThat(read(Map.of("port", "1"), Map.of(), Map.of()).text("port")).isEqualTo("1");
        assertThat(read(Map.of("port", "1"), Map.of("SLIPWAY_PORT", "2"), Map.of())
                        .text("port"))
                .isEqualTo("2");
        assertThat(read(Map.of("port", "1"), Map.of("SLIPWAY_PORT", "2"), Map.of("port", "3"))
                        .text("port"))
                .isEqualTo("3");
    }

    @Test
    void names_of_variables_and_flags_follow_from_the_key() {
        ConfigReader.Key key = new ConfigReader.Key("database.plainPort", "", "", false);
        assertThat(key.variable()).isEqualTo("SLIPWAY_DATABASE_PLAIN_PORT");
        assertThat(key.flag()).isEqualTo("--database-plain-port");
    }

    @Test
    void a_slip_of_the_pen_is_refused_with_the_nearest_name() {
        assertThatThrownBy(() -> read(Map.of("prot", "1"), Map.of(), Map.of()))
                .hasMessage("There is no setting prot. Did you mean port?");
        assertThatThrownBy(() -> read(Map.of("plainport", "1"), Map.of(), Map.of()))
                .hasMessageContaining("Did you mean plainPort?");
        assertThatThrownBy(() -> read(Map.of(), Map.of("SLIPWAY_PROT", "1"), Map.of()))
                .hasMessage("There is no environment variable SLIPWAY_PROT. Did you mean SLIPWAY_PORT?");
    }

    @Test
    void a_name_like_no_other_is_refused_with_the_whole_table() {
        assertThatThrownBy(() -> read(Map.of("something.else", "1"), Map.of(), Map.of()))
                .hasMessage("There is no setting something.else. There is port, plainPort, database.password.");
    }

    @Test
    void variables_that_are_no_settings_are_left_alone() {
        assertThat(read(Map.of(), Map.of("SLIPWAY_NODE", "i-1", "PORT", "1"), Map.of())
                        .text("port"))
                .isEqualTo("8585");
    }

    @Test
    void numbers_have_limits() {
        assertThat(read(Map.of("port", " 65535 "), Map.of(), Map.of()).integer("port", 0, 65535))
                .isEqualTo(65535);
        assertThatThrownBy(
                        () -> read(Map.of("port", "65536"), Map.of(), Map.of()).integer("port", 0, 65535))
                .hasMessage("port must be from 0 to 65535, not 65536.");
        assertThatThrownBy(() -> read(Map.of("port", "x"), Map.of(), Map.of()).integer("port", 0, 65535))
                .hasMessage("port must be a number, not 'x'.");
    }

    @Test
    void secrets_are_not_shown() {
        assertThat(read(Map.of("database.password", "hunter2"), Map.of(), Map.of()))
                .hasToString("""
                        port = 8585 (standard)
                        plainPort = 80 (standard)
                        database.password = *** (file)
                        """);
    }
}
