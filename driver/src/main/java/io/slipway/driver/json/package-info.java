/** JSON as the protocol and everything else here writes it. */
@NullMarked
package io.slipway.driver.json;

import org.jspecify.annotations.NullMarked;
