/**
 * The driver protocol (docs/protocols/driver.md): what the server and a driver send each other. A record is a JSON object, its
 * components are the fields, constants of enums are written as their {@code toString}. Both sides map these types with their own
 * JSON library, {@link io.slipway.protocol.driver.Kinds} says how sealed types are told apart. {@link
 * io.slipway.protocol.driver.MountTable} is what both read beside the root of DBFS.
 */
@NullMarked
package io.slipway.protocol.driver;

import org.jspecify.annotations.NullMarked;
