/** The {@code dbfs:/} file system and safe Delta commits on local disks. */
@NullMarked
package io.slipway.driver.files;

import org.jspecify.annotations.NullMarked;
