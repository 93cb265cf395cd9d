/** Jobs and runs: what shall be run, in which order and where, and how it went. */
@NullMarked
package io.slipway.work.job;

import org.jspecify.annotations.NullMarked;
