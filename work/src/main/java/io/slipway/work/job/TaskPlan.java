package io.slipway.work.job;

import io.slipway.content.notebook.CellCommands;
import io.slipway.content.notebook.Sources;
import io.slipway.identity.Caller;
import io.slipway.protocol.driver.CommandSpec;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Turns the work of a task into the commands that its context will run. */
public final class TaskPlan {
    private final Sources sources;
    private final CellCommands cells;

    TaskPlan(Sources sources) {
        this.sources = sources;
        cells = new CellCommands(sources);
    }

    /** Parameters must be resolved already. Throws what reading throws. */
    List<CommandSpec> of(Caller caller, Work work) {
        if (work instanceof Work.NotebookTask notebook) {
            return cells.of(caller, notebook.path());
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

    private static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
