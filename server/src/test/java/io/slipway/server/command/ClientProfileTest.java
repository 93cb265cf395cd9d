package io.slipway.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClientProfileTest {
    private static final String OTHERS = """
            ; mine
            [DEFAULT]
            host = https://example.cloud
            token = theirs

            [work]
            host=https://work.example
            username = me
            """;

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve(".databrickscfg");
    }

    private void write(String host, String token) {
        new ClientProfile(file).write(host, token);
    }

    @Test
    void aNewFileGetsOurProfileAsDefaultToo() throws IOException {
        write("http://127.0.0.1:8585", "dapi1");
        assertThat(file).hasContent("""
                [slipway]
                host = http://127.0.0.1:8585
                token = dapi1

                [DEFAULT]
                host = http://127.0.0.1:8585
                token = dapi1
                """);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void otherProfilesStayAsTheyAre() throws IOException {
        Files.writeString(file, OTHERS);
        write("http://127.0.0.1:8585", "dapi1");
        write("http://127.0.0.1:9000", "dapi2");
        assertThat(file).hasContent(OTHERS + """

                [slipway]
                host = http://127.0.0.1:9000
                token = dapi2
                """);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void ourProfileInTheMiddleIsRenewedInItsPlaceAndKeepsOtherKeys() throws IOException {
        Files.writeString(file, "[slipway]\nhost = old\njobs-api-version = 2.1\ntoken = old\n\n" + OTHERS);
        write("http://127.0.0.1:8585", "dapi1");
        assertThat(file)
                .hasContent(
                        "[slipway]\nhost = http://127.0.0.1:8585\ntoken = dapi1\njobs-api-version = 2.1\n\n" + OTHERS);
    }

    @Test
    void aDefaultThatWeWroteFollowsUs() throws IOException {
        write("http://127.0.0.1:8585", "dapi1");
        write("http://127.0.0.1:9000", "dapi2");
        assertThat(Files.readString(file)).doesNotContain("8585").doesNotContain("dapi1");
    }

    @Test
    void aLinkStaysALink() throws IOException {
        Path real = folder.resolve("dotfiles");
        Files.writeString(real, OTHERS);
        Files.createSymbolicLink(file, real);
        write("http://127.0.0.1:8585", "dapi1");
        assertThat(file).isSymbolicLink();
        assertThat(Files.readString(real)).startsWith(OTHERS).contains("[slipway]");
    }
}
