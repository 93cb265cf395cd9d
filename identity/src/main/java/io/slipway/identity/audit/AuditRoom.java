package io.slipway.identity.audit;

import io.slipway.identity.Permissions;
import io.slipway.kit.Timer;
import io.slipway.store.Base;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Executor;

/** The audit log, put together. */
public final class AuditRoom implements AutoCloseable {
    private final AuditFiles files;
    private final AuditTrail trail;
    private final Audits audits;

    /**
     * @param folder of the files
     * @param accountId stands in each line
     * @param background copies lines into rows
     */
    public record Place(Path folder, String accountId, Timer timer, Executor background) {}

    public AuditRoom(Base base, Permissions permissions, Place place) {
        this(base, permissions, place, AuditFiles.LARGEST);
    }

    AuditRoom(Base base, Permissions permissions, Place place, long largestFile) {
        files = new AuditFiles(place.folder(), base.clock(), largestFile);
        AuditIndex index = new AuditIndex(base.database(), files);
        trail = new AuditTrail(files, new AuditLine(place.accountId()), index, place.timer(), place.background());
        audits = new Audits(base.database(), permissions, files, index);
        trail.settleLater();
    }

    public AuditTrail trail() {
        return trail;
    }

    public Audits audits() {
        return audits;
    }

    @Override
    public void close() throws IOException {
        files.close();
    }
}
