/** Files as sources: rows and files put aside, rescued data, Auto Loader, {@code read_files}. */
@NullMarked
package io.slipway.driver.sources;

import org.jspecify.annotations.NullMarked;
