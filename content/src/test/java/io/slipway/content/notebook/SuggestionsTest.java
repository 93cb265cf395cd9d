package io.slipway.content.notebook;

import static io.slipway.content.notebook.Desk.ANN;
import static io.slipway.content.notebook.Desk.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.catalog.Metastore;
import io.slipway.catalog.Schema;
import io.slipway.catalog.Table;
import io.slipway.catalog.TableType;
import io.slipway.content.tree.Language;
import io.slipway.identity.Caller;
import io.slipway.identity.testing.People;
import io.slipway.protocol.driver.Completion;
import io.slipway.store.Database;
import io.slipway.store.TestDatabases;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NullUnmarked
class SuggestionsTest {
    @TempDir
    private Path folder;

    private Database database;
    private Desk desk;
    private long notebook;

    @BeforeEach
    void make() {
        database = TestDatabases.sqlite(folder);
        People.known(database);
        desk = new Desk(database, folder.resolve("tree"));
        Metastore unused = desk.catalog.catalogs().bootstrap();
        Schema sales = desk.catalog.schemas().create(ANN, new Schema.Spec("main", "sales"));
        view(sales.name(), "orders");
        view(sales.name(), "open_orders");
        view("default", "selections");
        notebook = desk.notebook("print(1)");
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void view(String schema, String name) {
        Table made = desk.catalog
                .tables()
                .create(
                        ANN,
                        new Table.Spec(
                                "main",
                                schema,
                                name,
                                TableType.VIEW,
                                Optional.empty(),
                                Optional.empty(),
                                List.of(),
                                Optional.empty(),
                                Map.of(),
                                Optional.of("select 1")));
        assertThat(made.name()).isEqualTo(name);
    }

    /** What may stand where the stroke is. */
    private Completion at(Caller caller, String text) {
        int cursor = text.indexOf('|');
        return desk.suggestions.complete(
                caller, notebook, new Suggestions.Question(Language.PYTHON, text.replace("|", ""), cursor));
    }

    private void contextUp() {
        desk.clusterUp();
        desk.runs.attach(ANN, notebook, desk.cluster);
        desk.runs.runAll(ANN, notebook);
        desk.settle(notebook);
    }

    @Test
    void each_level_of_a_name_is_found_below_the_one_before() {
        assertThat(at(BOB, "%sql\nselect * from ma|").matches()).contains("main");
        assertThat(at(BOB, "%sql\nselect * from main.|").matches()).containsExactlyInAnyOrder("default", "sales");
        assertThat(at(BOB, "%sql\nselect * from main.sales.o|").matches())
                .containsExactlyInAnyOrder("orders", "open_orders");
        assertThat(at(BOB, "%sql\nselect * from sales.OP|").matches()).containsExactly("open_orders");
        assertThat(at(BOB, "%sql\nselect * from `main`.`sales`.`or|").matches()).containsExactly("orders");
        assertThat(at(BOB, "%sql\nselect * from main.nothing.|").matches()).isEmpty();
        assertThat(at(BOB, "%sql\nselect a.b.c.d|").matches()).isEmpty();
    }

    @Test
    void words_of_sql_are_written_as_the_author_writes() {
        assertThat(at(BOB, "%sql\nsel|").matches()).containsExactly("selections", "select");
        assertThat(at(BOB, "%sql\nSEL|").matches()).containsExactly("selections", "SELECT");
        assertThat(at(BOB, "%sql\nselect 1 |").matches()).as("nothing is begun").doesNotContain("select", "SELECT");
    }

    @Test
    void what_is_replaced_is_told_by_its_place_in_the_whole_cell() {
        Completion found = at(BOB, "%sql\nselect * from main.sa|les where 1");
        assertThat(found.cursorStart()).isEqualTo("%sql\nselect * from main.".length());
        assertThat(found.cursorEnd()).isEqualTo("%sql\nselect * from main.sa".length());
        assertThat(at(BOB, "%s|ql\nselect 1")).as("in the magic").isEqualTo(Completion.none(2));
    }

    @Test
    void python_that_names_a_table_gets_names_of_tables_also_without_a_cluster() {
        assertThat(at(BOB, "spark.table(\"main.sales.or|").matches()).containsExactly("orders");
        assertThat(at(BOB, "df = spark.sql(f'''select * from sales.or|").matches())
                .containsExactly("orders");
        assertThat(at(BOB, "spark.table(\"x\").sel|").matches()).isEmpty();
    }

    @Test
    void the_interpreter_answers_its_own_user_only() {
        assertThat(at(ANN, "%python\npri|").matches()).as("it is not there").isEmpty();
        contextUp();
        Completion found = at(ANN, "%python\npri|");
        assertThat(found.matches()).containsExactly("made_up");
        assertThat(found.cursorStart()).isEqualTo("%python\npri".length());
        assertThat(at(BOB, "%python\npri|").matches()).isEmpty();
        assertThat(at(ANN, "%sh\npri|").matches()).as("no interpreter").isEmpty();
        Suggestions.Question question = new Suggestions.Question(Language.PYTHON, "pri", 3);
        assertThat(desk.suggestions.inspect(ANN, notebook, question)).isEmpty();
        desk.clusterDown();
        assertThat(at(ANN, "pri|").matches()).as("it is gone").isEmpty();
    }
}
