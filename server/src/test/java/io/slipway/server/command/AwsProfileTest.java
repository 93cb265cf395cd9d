package io.slipway.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.server.RootKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AwsProfileTest {
    private static final String OTHER_CONFIG = """
            [default]
            region = eu-west-1
            s3 =
                endpoint_url = https://elsewhere.example

            [profile work]
            role_arn = arn:aws:iam::111122223333:role/work
            """;
    private static final String OTHER_KEYS =
            "[default]\naws_access_key_id = AKIATHEIRS\naws_secret_access_key = theirs\n";

    @TempDir
    Path folder;

    private Path config() {
        return folder.resolve(".aws").resolve("config");
    }

    private Path credentials() {
        return folder.resolve(".aws").resolve("credentials");
    }

    private void write(String endpoint, String id) {
        new AwsProfile(config(), credentials())
                .write(AwsProfile.NAME, endpoint, "us-east-1", new RootKey(id, "secret of " + id));
    }

    @Test
    void new_files_have_our_profile_only_and_are_their_owners_alone() throws IOException {
        write("http://127.0.0.1:8585", "AKIA1");
        assertThat(config())
                .hasContent("[profile slipway]\nregion = us-east-1\nendpoint_url = http://127.0.0.1:8585\n");
        assertThat(credentials())
                .hasContent("[slipway]\naws_access_key_id = AKIA1\naws_secret_access_key = secret of AKIA1\n");
        for (Path file : new Path[] {config(), credentials()}) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void other_profiles_stay_as_they_are_and_ours_is_renewed() throws IOException {
        Files.createDirectories(config().getParent());
        Files.writeString(config(), OTHER_CONFIG);
        Files.writeString(credentials(), OTHER_KEYS);
        write("http://127.0.0.1:8585", "AKIA1");
        write("http://127.0.0.1:9000", "AKIA2");
        assertThat(config())
                .hasContent(OTHER_CONFIG
                        + "\n[profile slipway]\nregion = us-east-1\nendpoint_url = http://127.0.0.1:9000\n");
        assertThat(credentials())
                .hasContent(OTHER_KEYS
                        + "\n[slipway]\naws_access_key_id = AKIA2\naws_secret_access_key = secret of AKIA2\n");
    }

    @Test
    void what_somebody_added_to_our_profile_stays() throws IOException {
        write("http://127.0.0.1:8585", "AKIA1");
        Files.writeString(
                config(), Files.readString(config()) + "s3 =\n    region = odd\n    addressing_style = path\n");
        write("http://127.0.0.1:9000", "AKIA1");
        assertThat(config()).hasContent("""
                [profile slipway]
                region = us-east-1
                endpoint_url = http://127.0.0.1:9000
                s3 =
                    region = odd
                    addressing_style = path
                """);
    }
}
