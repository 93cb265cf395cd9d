package io.slipway.conformance;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * For a class of tests that makes a cluster beside the warm one of {@link SharedPlatform}. Modules of conformance run at the same time; one
 * such class runs at a time on this machine, so that there are two clusters of Spark at most.
 */
final class OneMoreCluster implements BeforeAllCallback, AfterAllCallback {
    private static final ExtensionContext.Namespace OWN = ExtensionContext.Namespace.create(OneMoreCluster.class);

    private record Place(FileChannel file, FileLock lock) {}

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        Path path = Path.of("..", "target", "one-more-cluster").toAbsolutePath().normalize();
        Files.createDirectories(path.getParent());
        FileChannel file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        context.getStore(OWN).put(Place.class, new Place(file, file.lock()));
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        Place place = context.getStore(OWN).remove(Place.class, Place.class);
        if (place != null) {
            place.lock().release();
            place.file().close();
        }
    }
}
