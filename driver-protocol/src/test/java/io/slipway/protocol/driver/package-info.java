@NullMarked
package io.slipway.protocol.driver;

import org.jspecify.annotations.NullMarked;
