/**
 * Folders, notebooks and files that people see in the workspace. {@link io.slipway.platform.workspace.Workspaces} is the door;
 * notebooks are read and written by one codec per file format.
 */
@NullMarked
package io.slipway.platform.workspace;

import org.jspecify.annotations.NullMarked;
