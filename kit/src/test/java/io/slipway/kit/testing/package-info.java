/** Time and threads that do as a test says. */
@NullMarked
package io.slipway.kit.testing;

import org.jspecify.annotations.NullMarked;
