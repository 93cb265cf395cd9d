/** How the driver speaks to the platform. */
@NullMarked
package io.slipway.driver.server;

import org.jspecify.annotations.NullMarked;
