package io.slipway.iam;

import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Another name, another path, or both, for a user or group. Ids and all that is part of it stay. */
record Renaming(EntityKind kind, Optional<String> name, Optional<String> path) {
    static Renaming of(EntityKind kind, String field, @Nullable String name, @Nullable String path) {
        return new Renaming(
                kind,
                Optional.ofNullable(name).map(each -> Checks.name(each, field, kind.longestName())),
                Optional.ofNullable(path).map(Checks::path));
    }

    /** Whoever asks must be let at it by its old name and by its new one (IAM, renaming a user: permissions). */
    void apply(IamCall call, Handle handle, String old, String action) {
        Entity entity = call.entity(handle, kind, old, action);
        Entity other = entity.named(name.orElse(entity.name()), path.orElse(entity.path()));
        call.allow(action, other.arn(), IamCall.known(entity));
        boolean another = !EntityStore.folded(other.name()).equals(EntityStore.folded(entity.name()));
        if (another
                && call.records()
                        .entities()
                        .named(handle, entity.account(), kind, other.name())
                        .isPresent()) {
            throw IamFault.taken(kind.taken(other.name()));
        }
        call.records().entities().update(handle, other);
    }
}
