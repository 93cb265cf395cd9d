package io.slipway.content.notebook;

import io.slipway.content.tree.Cell;
import io.slipway.content.tree.CellLanguage;
import io.slipway.content.tree.Language;
import io.slipway.content.tree.Notebook;
import io.slipway.identity.Caller;
import io.slipway.kit.PlatformException;
import io.slipway.protocol.driver.CommandSpec;
import io.slipway.store.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Turns cells into the commands that a context will run: what a job's notebook task and an open notebook have in common. */
public final class CellCommands {
    private static final int DEEPEST_INCLUDE = 10;

    /** Notebooks that include others many times each would fill the memory. */
    private static final int MOST = 10_000;

    private final Source source;

    /** Where the notebooks of {@code %run} come from, read as the one whose code runs. */
    @FunctionalInterface
    public interface Source {
        Notebook notebook(Caller caller, String path);
    }

    public CellCommands(Source source) {
        this.source = source;
    }

    /** What has come of the cells so far. */
    private static final class Gathering {
        final Caller caller;
        final List<CommandSpec> commands = new ArrayList<>();
        int cells;

        Gathering(Caller caller) {
            this.caller = caller;
        }
    }

    /** All cells of a notebook. Throws what reading throws. */
    public List<CommandSpec> of(Caller caller, String path) {
        Gathering gathering = new Gathering(caller);
        include(path, 0, gathering);
        return gathering.commands;
    }

    /** One cell of the notebook at {@code path}. Throws what reading throws. */
    public List<CommandSpec> of(Caller caller, String path, Language notebook, Cell cell) {
        Gathering gathering = new Gathering(caller);
        add(path, 0, notebook, cell, gathering);
        return gathering.commands;
    }

    private void include(String path, int depth, Gathering gathering) {
        if (depth > DEEPEST_INCLUDE) {
            throw PlatformException.invalid("%run goes deeper than " + DEEPEST_INCLUDE + " notebooks at " + path
                    + ": do they include each other?");
        }
        Notebook notebook = source.notebook(gathering.caller, path);
        for (Cell cell : notebook.cells()) {
            add(path, depth, notebook.language(), cell, gathering);
        }
    }

    private void add(String path, int depth, Language notebook, Cell cell, Gathering gathering) {
        if (++gathering.cells > MOST) {
            throw PlatformException.invalid("%run comes to more than " + MOST + " cells at " + path + ".");
        }
        if (cell.silent(notebook)) {
            return;
        }
        CellLanguage language = cell.language(notebook);
        if (language != CellLanguage.RUN) {
            gathering.commands.add(new CommandSpec.Code(language.kernel(), cell.sent()));
            return;
        }
        Cell.Include include =
                cell.include().orElseThrow(() -> PlatformException.invalid("%run needs the path of a notebook."));
        if (!include.arguments().isEmpty()) {
            gathering.commands.add(widgets(include.arguments()));
        }
        include(resolve(path, include.path()), depth + 1, gathering);
    }

    /** In no language of the notebook: its kernel may not be needed at all. */
    private static CommandSpec widgets(Map<String, String> arguments) {
        return new CommandSpec.Code("widgets", Json.write(new TreeMap<>(arguments)));
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
