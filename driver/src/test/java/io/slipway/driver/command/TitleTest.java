package io.slipway.driver.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.protocol.driver.CommandSpec;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TitleTest {
    static Stream<Arguments> commands() {
        return Stream.of(
                Arguments.of(new CommandSpec.Code("sql", "\n\n  select 1\nfrom t"), "select 1"),
                Arguments.of(new CommandSpec.Code("sql", ""), ""),
                Arguments.of(new CommandSpec.Code("sql", " \n \t"), ""),
                Arguments.of(new CommandSpec.Code("python", "x".repeat(80)), "x".repeat(80)),
                Arguments.of(new CommandSpec.Code("python", "x".repeat(81)), "x".repeat(80) + "…"),
                Arguments.of(new CommandSpec.PythonFile("etl/main.py", "1", List.of()), "etl/main.py"),
                Arguments.of(new CommandSpec.Wheel("flights", "main", List.of(), Map.of()), "flights:main"),
                Arguments.of(new CommandSpec.Jar("org.example.Main", List.of("a")), "org.example.Main"));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void a_command_is_known_by_its_first_line_or_its_program(CommandSpec spec, String title) {
        assertThat(Title.of(spec)).isEqualTo(title);
    }
}
