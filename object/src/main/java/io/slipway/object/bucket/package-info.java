/** Buckets: their names, what is set for each, and who may do what with it and what is in it. */
@NullMarked
package io.slipway.object.bucket;

import org.jspecify.annotations.NullMarked;
