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
    void laterPlacesWin() {
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
    void namesOfVariablesAndFlagsFollowFromTheKey() {
        ConfigReader.Key key = new ConfigReader.Key("database.plainPort", "", "", false);
        assertThat(key.variable()).isEqualTo("SLIPWAY_DATABASE_PLAIN_PORT");
        assertThat(key.flag()).isEqualTo("--database-plain-port");
    }

    @Test
    void aSlipOfThePenIsRefusedWithTheNearestName() {
        assertThatThrownBy(() -> read(Map.of("prot", "1"), Map.of(), Map.of()))
                .hasMessage("There is no setting prot. Did you mean port?");
        assertThatThrownBy(() -> read(Map.of("plainport", "1"), Map.of(), Map.of()))
                .hasMessageContaining("Did you mean plainPort?");
        assertThatThrownBy(() -> read(Map.of(), Map.of("SLIPWAY_PROT", "1"), Map.of()))
                .hasMessage("There is no environment variable SLIPWAY_PROT. Did you mean SLIPWAY_PORT?");
    }

    @Test
    void aNameLikeNoOtherIsRefusedWithTheWholeTable() {
        assertThatThrownBy(() -> read(Map.of("something.else", "1"), Map.of(), Map.of()))
                .hasMessage("There is no setting something.else. There is port, plainPort, database.password.");
    }

    @Test
    void variablesThatAreNoSettingsAreLeftAlone() {
        assertThat(read(Map.of(), Map.of("SLIPWAY_NODE", "i-1", "PORT", "1"), Map.of())
                        .text("port"))
                .isEqualTo("8585");
    }

    @Test
    void numbersHaveLimits() {
        assertThat(read(Map.of("port", " 65535 "), Map.of(), Map.of()).integer("port", 0, 65535))
                .isEqualTo(65535);
        assertThatThrownBy(
                        () -> read(Map.of("port", "65536"), Map.of(), Map.of()).integer("port", 0, 65535))
                .hasMessage("port must be from 0 to 65535, not 65536.");
        assertThatThrownBy(() -> read(Map.of("port", "x"), Map.of(), Map.of()).integer("port", 0, 65535))
                .hasMessage("port must be a number, not 'x'.");
    }

    @Test
    void secretsAreNotShown() {
        assertThat(read(Map.of("database.password", "hunter2"), Map.of(), Map.of()))
                .hasToString("""
                        port = 8585 (standard)
                        plainPort = 80 (standard)
                        database.password = *** (file)
                        """);
    }
}
