package io.slipway.platform.job;

import com.fasterxml.jackson.databind.node.TextNode;
import io.slipway.kit.PlatformException;
import io.slipway.platform.driver.CommandSpec;
import io.slipway.platform.identity.Caller;
import io.slipway.platform.workspace.Cell;
import io.slipway.platform.workspace.CellLanguage;
import io.slipway.platform.workspace.Notebook;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Turns the work of a task into the commands that its context will run. */
public final class TaskPlan {
    private static final int DEEPEST_INCLUDE = 10;

    private final Sources sources;

    /** Where notebooks and files come from, read as the run's owner. */
    public interface Sources {
        Notebook notebook(Caller caller, String path);

        /** @param path in the workspace, or {@code dbfs:/…} */
        byte[] file(Caller caller, String path);
    }

    public TaskPlan(Sources sources) {
        this.sources = sources;
    }

    /** Parameters must be resolved already. Throws what reading throws. */
    List<CommandSpec> of(Caller caller, Work work) {
        if (work instanceof Work.NotebookTask notebook) {
            List<CommandSpec> commands = new ArrayList<>();
            include(caller, notebook.path(), 0, commands);
            return commands;
        }
        if (work instanceof Work.PythonFile file) {
            String code = new String(sources.file(caller, file.file()), StandardCharsets.UTF_8);
            return List.of(new CommandSpec.PythonFile(name(file.file()), code, file.parameters()));
        }
        if (work instanceof Work.Jar jar) {
            return List.of(new CommandSpec.Jar(jar.mainClass(), jar.parameters()));
        }
        Work.Wheel wheel = (Work.Wheel) work;
        return List.of(new CommandSpec.Wheel(
                wheel.packageName(), wheel.entryPoint(), wheel.parameters(), wheel.namedParameters()));
    }

    private void include(Caller caller, String path, int depth, List<CommandSpec> commands) {
        if (depth > DEEPEST_INCLUDE) {
            throw PlatformException.invalid("%run goes deeper than " + DEEPEST_INCLUDE + " notebooks at " + path
                    + ": do they include each other?");
        }
        Notebook notebook = sources.notebook(caller, path);
        for (Cell cell : notebook.cells()) {
            if (cell.silent(notebook.language())) {
                continue;
            }
            CellLanguage language = cell.language(notebook.language());
            if (language == CellLanguage.RUN) {
                Cell.Include include = cell.include()
                        .orElseThrow(() -> PlatformException.invalid("%run needs the path of a notebook."));
                if (!include.arguments().isEmpty()) {
                    commands.add(widgets(include.arguments()));
                }
                include(caller, resolve(path, include.path()), depth + 1, commands);
            } else {
                commands.add(new CommandSpec.Code(language.word(), cell.code()));
            }
        }
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
    static String resolve(String from, String path) {
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

    private static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
