@NullMarked
package io.slipway.server;

import org.jspecify.annotations.NullMarked;
