package io.slipway.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.databricks.sdk.WorkspaceClient;
import com.databricks.sdk.core.DatabricksError;
import com.databricks.sdk.core.error.platform.NotFound;
import com.databricks.sdk.core.error.platform.ResourceAlreadyExists;
import com.databricks.sdk.service.files.AddBlock;
import com.databricks.sdk.service.files.Create;
import com.databricks.sdk.service.files.Delete;
import com.databricks.sdk.service.files.FileInfo;
import com.databricks.sdk.service.files.Move;
import com.databricks.sdk.service.files.Put;
import com.databricks.sdk.service.files.ReadDbfsRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** DBFS API by the Java SDK, and by Spark on the same files. */
@ExtendWith(SharedPlatform.class)
class DbfsTest {
    private final WorkspaceClient client = SharedPlatform.client();

    @BeforeEach
    void begin_with_an_empty_folder() {
        client.dbfs().delete(new Delete().setPath("/judged").setRecursive(true));
        client.dbfs().mkdirs("/judged");
    }

    private void put(String path, String text) {
        client.dbfs()
                .put(new Put()
                        .setPath(path)
                        .setContents(Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8))));
    }

    private String text(String path) throws IOException {
        return new String(client.dbfs().readAllBytes(Path.of(path)), StandardCharsets.UTF_8);
    }

    private List<String> names(String path) {
        List<String> names = new ArrayList<>();
        for (FileInfo each : client.dbfs().list(path)) {
            names.add(each.getPath());
        }
        return names;
    }

    @Test
    void a_file_is_put_listed_read_moved_and_deleted() throws Exception {
        put("/judged/a.txt", "hello");
        FileInfo status = client.dbfs().getStatus("dbfs:/judged/a.txt");
        assertThat(status.getPath()).isEqualTo("/judged/a.txt");
        assertThat(status.getFileSize()).isEqualTo(5);
        assertThat(status.getIsDir()).isFalse();
        assertThat(status.getModificationTime()).isPositive();
        assertThat(text("/judged/a.txt")).isEqualTo("hello");
        var middle = client.dbfs()
                .read(new ReadDbfsRequest()
                        .setPath("/judged/a.txt")
                        .setOffset(1L)
                        .setLength(3L));
        assertThat(middle.getBytesRead()).isEqualTo(3);
        assertThat(Base64.getDecoder().decode(middle.getData())).asString().isEqualTo("ell");

        client.dbfs().mkdirs("/judged/deep/er");
        client.dbfs().move(new Move().setSourcePath("/judged/a.txt").setDestinationPath("/judged/deep/er/b.txt"));
        assertThat(names("/judged")).containsExactly("/judged/deep");
        assertThat(names("/judged/deep/er")).containsExactly("/judged/deep/er/b.txt");

        client.dbfs().delete(new Delete().setPath("/judged/deep").setRecursive(true));
        assertThat(names("/judged")).isEmpty();
    }

    @Test
    void twenty_megabytes_are_streamed_up_and_down_unchanged() throws Exception {
        byte[] bytes = new byte[20 << 20];
        new Random(7).nextBytes(bytes);
        try (OutputStream out = client.dbfs().getOutputStream("/judged/large.bin")) {
            out.write(bytes);
        }
        assertThat(client.dbfs().getStatus("/judged/large.bin").getFileSize()).isEqualTo(bytes.length);
        try (InputStream in = client.dbfs().open("/judged/large.bin")) {
            assertThat(in.readAllBytes()).isEqualTo(bytes);
        }
    }

    @Test
    void spark_reads_what_the_api_put_and_the_api_sees_what_spark_wrote() throws Exception {
        put("/judged/people.csv", "id,name\n1,ada\n2,grace\n");
        try (Repl repl = new Repl(client, SharedPlatform.clusterId())) {
            assertThat(repl.python("print(spark.read.option('header', True).csv('dbfs:/judged/people.csv').count())"))
                    .isEqualTo("2");
            repl.python("spark.range(3).coalesce(1).write.json('dbfs:/judged/out')");
            assertThat(names("/judged/out")).anyMatch(name -> name.endsWith("_SUCCESS"));
            String part = names("/judged/out").stream()
                    .filter(name -> name.endsWith(".json"))
                    .findFirst()
                    .orElseThrow();
            assertThat(text(part)).isEqualTo("{\"id\":0}\n{\"id\":1}\n{\"id\":2}\n");
            assertThat(repl.python("print(dbutils.fs.head('/judged/people.csv')[:7])"))
                    .isEqualTo("id,name");
        }
    }

    @Test
    void what_cannot_be_is_refused_with_the_real_codes() {
        assertThatThrownBy(() -> client.dbfs().getStatus("/judged/nothing"))
                .isInstanceOf(NotFound.class)
                .hasMessageContaining("No file or directory exists on path /judged/nothing");
        put("/judged/a.txt", "first");
        assertThatThrownBy(() -> put("/judged/a.txt", "second")).isInstanceOf(ResourceAlreadyExists.class);
        assertThatThrownBy(() -> client.dbfs().create(new Create().setPath("/judged/a.txt")))
                .isInstanceOf(ResourceAlreadyExists.class);
        assertThatThrownBy(() -> client.dbfs().mkdirs("/judged/a.txt/below")).isInstanceOf(ResourceAlreadyExists.class);
        assertThatThrownBy(() -> client.dbfs().delete(new Delete().setPath("/judged")))
                .isInstanceOf(DatabricksError.class)
                .hasMessageContaining("not empty");
        assertThatThrownBy(() ->
                        client.dbfs().addBlock(new AddBlock().setHandle(42L).setData("AA==")))
                .isInstanceOf(NotFound.class);
        String tooLong = Base64.getEncoder().encodeToString(new byte[(1 << 20) + 1]);
        assertThatThrownBy(
                        () -> client.dbfs().put(new Put().setPath("/judged/b").setContents(tooLong)))
                .isInstanceOf(DatabricksError.class)
                .extracting(e -> ((DatabricksError) e).getErrorCode())
                .isEqualTo("MAX_BLOCK_SIZE_EXCEEDED");
        assertThatThrownBy(() -> client.dbfs()
                        .read(new ReadDbfsRequest().setPath("/judged/a.txt").setLength(2L << 20)))
                .extracting(e -> ((DatabricksError) e).getErrorCode())
                .isEqualTo("MAX_READ_SIZE_EXCEEDED");
        assertThat(names("/judged")).containsExactly("/judged/a.txt");
    }
}
