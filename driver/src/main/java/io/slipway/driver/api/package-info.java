/** The driver's HTTP face (docs/protocols/driver.md). */
@NullMarked
package io.slipway.driver.api;

import org.jspecify.annotations.NullMarked;
