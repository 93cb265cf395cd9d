/** A folder of a bucket in which the platform keeps what it would else keep on its disk: {@link io.slipway.object.folder.BucketFolder}. */
@NullMarked
package io.slipway.object.folder;

import org.jspecify.annotations.NullMarked;
