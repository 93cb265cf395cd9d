package io.slipway.object;

import io.slipway.iam.policy.AccountId;
import io.slipway.object.blob.Blobs;
import io.slipway.object.bucket.AccessSettings;
import io.slipway.object.bucket.BucketDoor;
import io.slipway.object.bucket.Buckets;
import io.slipway.object.bucket.NotBuilt;
import io.slipway.object.bucket.OtherSettings;
import io.slipway.object.bucket.Rights;
import io.slipway.object.bucket.RuleSettings;
import io.slipway.object.event.Telling;
import io.slipway.object.lifecycle.LifecycleRoom;
import io.slipway.object.upload.Completion;
import io.slipway.object.upload.Parts;
import io.slipway.object.upload.UploadLists;
import io.slipway.object.upload.Uploads;
import io.slipway.object.version.Attributes;
import io.slipway.object.version.Copies;
import io.slipway.object.version.Deletes;
import io.slipway.object.version.Gate;
import io.slipway.object.version.Lists;
import io.slipway.object.version.Marks;
import io.slipway.object.version.Puts;
import io.slipway.object.version.Reads;
import io.slipway.object.version.Sources;
import io.slipway.object.version.Versions;
import io.slipway.store.Base;
import java.nio.file.Path;
import java.util.function.Function;

/** All doors of this area. */
record Rooms(
        BucketDoor bucket,
        AccessSettings access,
        OtherSettings other,
        RuleSettings rules,
        NotBuilt notBuilt,
        Puts puts,
        Reads reads,
        Copies copies,
        Deletes deletes,
        Lists lists,
        Marks marks,
        Attributes attributes,
        Uploads uploads,
        Parts parts,
        Completion completion,
        UploadLists uploadLists) {
    static Rooms of(Base base, Path folder, Function<AccountId, String> canonical) {
        Blobs blobs = new Blobs(base, folder);
        Buckets buckets = new Buckets(base);
        Rights rights = new Rights(canonical);
        Telling telling = new Telling(base);
        Versions versions = new Versions(base, blobs);
        Gate gate = new Gate(rights);
        Sources sources = new Sources(base, blobs, buckets, versions, gate);
        Uploads uploads = new Uploads(base, blobs, buckets, gate);
        new LifecycleRoom(base, buckets, versions, uploads, telling);
        return new Rooms(
                new BucketDoor(base, buckets, rights),
                new AccessSettings(base, buckets, rights),
                new OtherSettings(base, buckets, rights),
                new RuleSettings(base, buckets, rights),
                new NotBuilt(base, buckets, rights),
                new Puts(base, blobs, buckets, versions, gate, telling),
                new Reads(base, blobs, buckets, versions, gate),
                new Copies(base, blobs, buckets, versions, gate, telling, sources),
                new Deletes(base, buckets, versions, gate, telling),
                new Lists(base, buckets, versions, rights),
                new Marks(base, buckets, versions, gate, telling),
                new Attributes(base, blobs, buckets, versions, gate),
                uploads,
                new Parts(base, blobs, buckets, gate, uploads, sources),
                new Completion(base, blobs, buckets, versions, gate, telling, uploads),
                new UploadLists(base, buckets, rights, uploads));
    }
}
