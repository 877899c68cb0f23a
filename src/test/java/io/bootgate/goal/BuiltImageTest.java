package io.bootgate.goal;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuiltImageTest {
    private static final String ID = "sha256:" + "1".repeat(64);
    private static final String DIGEST = "sha256:" + "2".repeat(64);

    @TempDir
    private Path folder;

    private final BuiltImage built = new BuiltImage(
            "orders", "acme/orders:1", Optional.of(ID), Optional.empty(), "jib", false, Optional.of("sha256:abc"));

    @Test
    void whatIsWrittenIsReadAgainAndFollowsTheSchema() throws IOException {
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(Path.of("docs/image.schema.json")), InputFormat.JSON);
        for (BuiltImage image : new BuiltImage[] {built, built.pushedAs(Optional.of(DIGEST))}) {
            image.write(folder, "0.1.0");

            assertThat(BuiltImage.read(folder)).contains(image);
            assertThat(schema.validate(Files.readString(folder.resolve("image.json")), InputFormat.JSON))
                    .isEmpty();
        }
    }

    @Test
    void whatIsNotThereOrOfAnotherFormIsNotTaken() throws IOException {
        assertThat(BuiltImage.read(folder)).isEmpty();

        Files.writeString(folder.resolve("image.json"), "{\"schema\": 2}");
        assertThat(BuiltImage.read(folder)).isEmpty();
    }

    @Test
    void theProjectKnowsReferenceIdAndDigest() {
        Properties properties = new Properties();
        properties.setProperty("bootgate.image.digest", "of an earlier goal");

        built.publish(properties);
        assertThat(properties)
                .containsEntry("bootgate.image.reference", "acme/orders:1")
                .containsEntry("bootgate.image.id", ID)
                .doesNotContainKey("bootgate.image.digest");

        built.pushedAs(Optional.of(DIGEST)).publish(properties);
        assertThat(properties).containsEntry("bootgate.image.digest", DIGEST);
    }
}
