/** People that tests of all areas know. */
@NullMarked
package io.slipway.identity.testing;

import org.jspecify.annotations.NullMarked;
