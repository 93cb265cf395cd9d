package io.slipway.content.notebook;

import static io.slipway.content.notebook.Desk.ANN;
import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.content.tree.Format;
import io.slipway.content.tree.Language;
import io.slipway.identity.testing.People;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.Outcome;
import io.slipway.kit.PlatformException;
import io.slipway.kit.testing.Seam;
import io.slipway.protocol.driver.CommandSpec;
import io.slipway.protocol.driver.CommandStatus;
import io.slipway.spark.testing.FakeDrivers;
import io.slipway.store.Database;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cells that stay when their code has ended, because they show a stream, and those that wait for them, on any database. */
@NullUnmarked
abstract class StayingCellsContract {
    @TempDir
    private Path folder;

    private Database database;
    private Desk desk;

    abstract Database open(Path folder);

    @BeforeEach
    void make() {
        database = open(folder);
        People.known(database);
        desk = new Desk(database, folder.resolve("tree"));
        for (String code : List.of("stream", "another stream")) {
            desk.endings.put(
                    code,
                    new FakeDrivers.Ending(
                            CommandStatus.Outcome.OK, Duration.ofMillis(400), List.of(Desk.stream("rows\n")), true));
        }
    }

    @AfterEach
    void close() {
        database.close();
    }

    private long attached(String... cells) {
        long id = desk.notebook(cells);
        desk.clusterUp();
        desk.runs.attach(ANN, id, desk.cluster);
        return id;
    }

    private void pass(long id, Duration time) {
        long end = desk.clock.millis() + time.toMillis();
        while (desk.clock.millis() < end) {
            desk.step(id);
        }
    }

    private List<String> code() {
        return desk.ran.stream().map(spec -> ((CommandSpec.Code) spec).code()).toList();
    }

    /** A notebook whose first cell stays. */
    private long staying(String... cells) {
        long id = attached(cells);
        desk.runs.run(ANN, id, desk.cellIds(id).subList(0, 1));
        pass(id, Duration.ofSeconds(30));
        assertThat(desk.states(id)).as("nobody waits").containsExactly(CellRunState.RUNNING);
        return id;
    }

    @Test
    void a_cell_stays_until_another_waits_and_gives_way_then() {
        long id = staying("stream", "b");
        desk.runs.run(ANN, id, desk.cellIds(id).subList(1, 2));
        desk.settle(id);
        assertThat(desk.states(id)).containsExactly(CellRunState.DONE, CellRunState.DONE);
        assertThat(code()).containsExactly("stream", "b");
        assertThat(desk.outputs(id, desk.cellIds(id).get(0))).contains("rows");
    }

    @Test
    void all_cells_run_through_and_the_last_one_stays() {
        long id = attached("stream", "another stream", "b", "stream");
        desk.runs.runAll(ANN, id);
        pass(id, Duration.ofSeconds(30));
        assertThat(desk.states(id))
                .containsExactly(CellRunState.DONE, CellRunState.DONE, CellRunState.DONE, CellRunState.RUNNING);
        desk.runs.cancel(ANN, id, List.of());
        desk.settle(id);
        assertThat(desk.states(id))
                .containsExactly(CellRunState.DONE, CellRunState.DONE, CellRunState.DONE, CellRunState.CANCELLED);
    }

    @Test
    void a_notebook_that_is_included_runs_through() {
        desk.tree.importContent(
                ANN,
                "/Shared/included",
                Format.SOURCE,
                Optional.of(Language.PYTHON),
                "# Databricks notebook source\nstream\n\n# COMMAND ----------\n\nb".getBytes(StandardCharsets.UTF_8),
                true);
        long id = attached("# MAGIC %run ./included");
        desk.runs.runAll(ANN, id);
        desk.settle(id);
        assertThat(desk.states(id)).containsExactly(CellRunState.DONE);
        assertThat(code()).containsExactly("stream", "b");
    }

    @Test
    void a_server_that_comes_back_finds_the_cell_staying_and_lets_others_run() {
        long id = staying("stream", "b");
        desk.start();
        pass(id, Duration.ofSeconds(5));
        assertThat(desk.states(id)).containsExactly(CellRunState.RUNNING);
        desk.runs.run(ANN, id, desk.cellIds(id).subList(1, 2));
        desk.start();
        desk.settle(id);
        assertThat(desk.states(id)).containsExactly(CellRunState.DONE, CellRunState.DONE);
    }

    @Test
    void a_driver_that_cannot_be_reached_is_told_later() {
        long id = staying("stream", "b");
        desk.seam = where -> {
            throw new PlatformException(ErrorCode.UNAVAILABLE, "the driver does not answer");
        };
        desk.runs.run(ANN, id, desk.cellIds(id).subList(1, 2));
        assertThat(desk.steps.reconcile(id))
                .as("nothing else would make it look again: the cell puts nothing out")
                .isInstanceOf(Outcome.Again.class);
        desk.seam = Seam.QUIET;
        desk.settle(id);
        assertThat(desk.states(id)).containsExactly(CellRunState.DONE, CellRunState.DONE);
    }

    @Test
    void a_cluster_that_ends_ends_a_cell_that_stays() {
        long id = staying("stream", "b");
        desk.clusterDown();
        desk.settle(id);
        assertThat(desk.states(id)).containsExactly(CellRunState.ERROR);
        assertThat(desk.outputs(id, desk.cellIds(id).get(0))).contains("DriverLost");
    }
}
