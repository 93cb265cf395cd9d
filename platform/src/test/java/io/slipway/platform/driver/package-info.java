@NullMarked
package io.slipway.platform.driver;

import org.jspecify.annotations.NullMarked;
