/** What holds for the doors of all rooms together. */
@NullMarked
package io.slipway.platform;

import org.jspecify.annotations.NullMarked;
