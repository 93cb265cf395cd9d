/** What goes by itself: objects by the rules of their bucket, uploads that were given up. */
@NullMarked
package io.slipway.object.lifecycle;

import org.jspecify.annotations.NullMarked;
