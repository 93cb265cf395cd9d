/** Bytes: written once, never changed, shared, and gone when nobody has them any more. Knows nothing of buckets. */
@NullMarked
package io.slipway.object.blob;

import org.jspecify.annotations.NullMarked;
