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
            host=https://somewhere.example
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
    void a_new_file_gets_our_profile_as_default_too() throws IOException {
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
    void other_profiles_stay_as_they_are() throws IOException {
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
    void our_profile_in_the_middle_is_renewed_in_its_place_and_keeps_other_keys() throws IOException {
        Files.writeString(file, "[slipway]\nhost = old\njobs-api-version = 2.1\ntoken = old\n\n" + OTHERS);
        write("http://127.0.0.1:8585", "dapi1");
        assertThat(file)
                .hasContent(
                        "[slipway]\nhost = http://127.0.0.1:8585\ntoken = dapi1\njobs-api-version = 2.1\n\n" + OTHERS);
    }

    @Test
    void a_default_that_we_wrote_follows_us() throws IOException {
        write("http://127.0.0.1:8585", "dapi1");
        write("http://127.0.0.1:9000", "dapi2");
        assertThat(Files.readString(file)).doesNotContain("8585").doesNotContain("dapi1");
    }

    @Test
    void a_link_stays_a_link() throws IOException {
        Path real = folder.resolve("dotfiles");
        Files.writeString(real, OTHERS);
        Files.createSymbolicLink(file, real);
        write("http://127.0.0.1:8585", "dapi1");
        assertThat(file).isSymbolicLink();
        assertThat(Files.readString(real)).startsWith(OTHERS).contains("[slipway]");
    }
}
