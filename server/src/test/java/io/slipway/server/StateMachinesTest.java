package io.slipway.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.content.notebook.CellRunState;
import io.slipway.kit.Transitions;
import io.slipway.spark.compute.ClusterState;
import io.slipway.spark.kernel.CommandState;
import io.slipway.spark.kernel.ContextState;
import io.slipway.work.job.RunState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Draws every state machine into docs/state-machines.md; {@code -Dslipway.draw=true} writes the file anew. */
class StateMachinesTest {
    private static final Path ROOT = Path.of("..");
    private static final Path PAGE = ROOT.resolve("docs/state-machines.md");

    @Test
    void the_page_shows_the_tables_of_the_code() throws IOException {
        String page = "# State machines\n\nDrawn from the transition tables by `StateMachinesTest`;"
                + " `-Dslipway.draw=true` draws them anew.\n"
                + machine("Cluster", ClusterState.class, ClusterState.TRANSITIONS)
                + machine("Context", ContextState.class, ContextState.TRANSITIONS)
                + machine("Command", CommandState.class, CommandState.TRANSITIONS)
                + machine("Run and task", RunState.class, RunState.TRANSITIONS)
                + machine("Run of a notebook's cell", CellRunState.class, CellRunState.TRANSITIONS);
        if (Boolean.getBoolean("slipway.draw")) {
            Files.writeString(PAGE, page);
        }
        assertThat(PAGE).content().isEqualTo(page);
    }

    private static <S extends Enum<S>> String machine(String title, Class<S> states, Transitions<S> transitions)
            throws IOException {
        StringBuilder out = new StringBuilder("\n## " + title + "\n\n```mermaid\n" + transitions.diagram() + "```\n\n");
        String source = Files.readString(ROOT.resolve(area(states) + "/src/main/java")
                .resolve(states.getName().replace('.', '/') + ".java"));
        out.append("| state | meaning |\n|---|---|\n");
        for (S state : states.getEnumConstants()) {
            out.append("| `")
                    .append(state.name())
                    .append("` | ")
                    .append(sentence(source, state.name()))
                    .append(transitions.terminal(state) ? " *The end.* |\n" : " |\n");
        }
        return out.toString();
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
