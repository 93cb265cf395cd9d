package io.slipway.content.notebook;

import com.fasterxml.jackson.databind.node.TextNode;
import io.slipway.content.tree.Cell;
import io.slipway.content.tree.CellLanguage;
import io.slipway.content.tree.Language;
import io.slipway.content.tree.Notebook;
import io.slipway.identity.Caller;
import io.slipway.kit.PlatformException;
import io.slipway.protocol.driver.CommandSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Turns cells into the commands that a context will run: what a job's notebook task and an open notebook have in common. */
public final class CellCommands {
    private static final int DEEPEST_INCLUDE = 10;

    private final Source source;

    /** Where the notebooks of {@code %run} come from, read as the one whose code runs. */
    @FunctionalInterface
    public interface Source {
        Notebook notebook(Caller caller, String path);
    }

    public CellCommands(Source source) {
        this.source = source;
    }

    /** All cells of a notebook. Throws what reading throws. */
    public List<CommandSpec> of(Caller caller, String path) {
        List<CommandSpec> commands = new ArrayList<>();
        include(caller, path, 0, commands);
        return commands;
    }

    /** One cell of the notebook at {@code path}. Throws what reading throws. */
    public List<CommandSpec> of(Caller caller, String path, Language notebook, Cell cell) {
        List<CommandSpec> commands = new ArrayList<>();
        add(caller, path, 0, notebook, cell, commands);
        return commands;
    }

    private void include(Caller caller, String path, int depth, List<CommandSpec> commands) {
        if (depth > DEEPEST_INCLUDE) {
            throw PlatformException.invalid("%run goes deeper than " + DEEPEST_INCLUDE + " notebooks at " + path
                    + ": do they include each other?");
        }
        Notebook notebook = source.notebook(caller, path);
        for (Cell cell : notebook.cells()) {
            add(caller, path, depth, notebook.language(), cell, commands);
        }
    }

    private void add(Caller caller, String path, int depth, Language notebook, Cell cell, List<CommandSpec> commands) {
        if (cell.silent(notebook)) {
            return;
        }
        CellLanguage language = cell.language(notebook);
        if (language != CellLanguage.RUN) {
            commands.add(new CommandSpec.Code(language.word(), cell.code()));
            return;
        }
        Cell.Include include =
                cell.include().orElseThrow(() -> PlatformException.invalid("%run needs the path of a notebook."));
        if (!include.arguments().isEmpty()) {
            commands.add(widgets(include.arguments()));
        }
        include(caller, resolve(path, include.path()), depth + 1, commands);
    }

    private static CommandSpec widgets(Map<String, String> arguments) {
        StringBuilder code = new StringBuilder();
        // A JSON text is a Python text.
        arguments.forEach((name, value) -> code.append("dbutils.widgets.text(")
                .append(TextNode.valueOf(name))
                .append(", ")
                .append(TextNode.valueOf(value))
                .append(")\n"));
        return new CommandSpec.Code("python", code.toString());
    }

    /** A relative path starts at the folder of the notebook that names it. */
    public static String resolve(String from, String path) {
        if (path.startsWith("/")) {
            return path;
        }
        List<String> steps = new ArrayList<>(List.of(from.split("/")));
        steps.remove(steps.size() - 1);
        for (String step : List.of(path.split("/"))) {
            if (step.equals("..")) {
                if (steps.size() <= 1) {
                    throw PlatformException.invalid("Path " + path + " leaves the workspace.");
                }
                steps.remove(steps.size() - 1);
            } else if (!step.equals(".") && !step.isEmpty()) {
                steps.add(step);
            }
        }
        return String.join("/", steps);
    }
}
