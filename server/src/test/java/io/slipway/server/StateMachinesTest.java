package io.slipway.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaModifier;
import io.slipway.kit.Transitions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Draws every state machine into docs/state-machines.md; {@code -Dslipway.draw=true} writes the file anew. */
class StateMachinesTest {
    private static final Path ROOT = Path.of("..");
    private static final Path PAGE = ROOT.resolve("docs/state-machines.md");

    @Test
    void every_table_of_transitions_in_the_code_is_drawn_and_booked() {
        assertThat(ArchitectureTest.CODE.stream()
                        .flatMap(each -> each.getFields().stream())
                        .filter(field -> field.getRawType().isEquivalentTo(Transitions.class))
                        .filter(field -> field.getModifiers().contains(JavaModifier.STATIC))
                        .map(field -> field.getOwner().getName()))
                .containsExactlyInAnyOrderElementsOf(Machine.ALL.stream()
                        .map(each -> each.states().getName())
                        .toList());
    }

    @Test
    void the_page_shows_the_tables_of_the_code() throws IOException {
        String page = "# State machines\n\nDrawn from the transition tables by `StateMachinesTest`;"
                + " `-Dslipway.draw=true` draws them anew.\n"
                + Machine.ALL.stream().map(StateMachinesTest::drawn).collect(Collectors.joining());
        if (Boolean.getBoolean("slipway.draw")) {
            Files.writeString(PAGE, page);
        }
        assertThat(PAGE).content().isEqualTo(page);
    }

    private static <S extends Enum<S>> String drawn(Machine<S> machine) {
        StringBuilder out = new StringBuilder("\n## " + machine.title() + "\n\n```mermaid\n"
                + machine.transitions().diagram() + "```\n\n");
        String source = source(machine.states());
        out.append("| state | meaning |\n|---|---|\n");
        for (S state : machine.states().getEnumConstants()) {
            out.append("| `")
                    .append(state.name())
                    .append("` | ")
                    .append(sentence(source, state.name()))
                    .append(machine.transitions().terminal(state) ? " *The end.* |\n" : " |\n");
        }
        return out.toString();
    }

    private static String source(Class<?> each) {
        try {
            return Files.readString(ROOT.resolve(area(each) + "/src/main/java")
                    .resolve(each.getName().replace('.', '/') + ".java"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The module of an area is named as the first package below the project's. */
    private static String area(Class<?> each) {
        return each.getName().split("\\.", -1)[2];
    }

    /** The comment of a constant, which every state must have. */
    private static String sentence(String source, String state) {
        Matcher comment =
                Pattern.compile("/\\*\\*([^/]*)\\*/\\s*" + state + "\\b").matcher(source);
        assertThat(comment.find()).as("a sentence for " + state).isTrue();
        return comment.group(1).replaceAll("\\s*\\n\\s*\\*?\\s*", " ").strip();
    }
}
