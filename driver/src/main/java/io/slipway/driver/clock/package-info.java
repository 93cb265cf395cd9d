/** How the driver measures what lasts. */
@NullMarked
package io.slipway.driver.clock;

import org.jspecify.annotations.NullMarked;
