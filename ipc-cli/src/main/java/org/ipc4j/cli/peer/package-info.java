// SPDX-License-Identifier: Apache-2.0

/**
 * A second process of this program, for the commands that show what goes on between two.
 *
 * <p>{@link org.ipc4j.cli.peer.OwnCommand} tells how to start it, {@link org.ipc4j.cli.peer.Peer}
 * is how the first process sees it, and {@link org.ipc4j.cli.peer.FirstProcess} the other way
 * round. {@link org.ipc4j.cli.peer.Patience} waits for either, but not for ever.
 */
package org.ipc4j.cli.peer;
