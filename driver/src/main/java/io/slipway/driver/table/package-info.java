/** Rows as the table MIME type. */
@NullMarked
package io.slipway.driver.table;

import org.jspecify.annotations.NullMarked;
