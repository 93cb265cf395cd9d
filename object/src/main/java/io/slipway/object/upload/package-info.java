/** Uploads of objects in parts. */
@NullMarked
package io.slipway.object.upload;

import org.jspecify.annotations.NullMarked;
