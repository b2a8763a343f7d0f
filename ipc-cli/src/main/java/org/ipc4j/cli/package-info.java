// SPDX-License-Identifier: Apache-2.0

/**
 * The command {@code ipc}: one class for each family of verbs ({@link org.ipc4j.cli.SemCommand},
 * {@link org.ipc4j.cli.MqCommand}, {@link org.ipc4j.cli.ShmCommand}, {@link
 * org.ipc4j.cli.PipeCommand}, {@link org.ipc4j.cli.ChannelCommand}), what they have in common as
 * mixins ({@link org.ipc4j.cli.NameArgument} and its like), and the way from an exception to one
 * line and an {@link org.ipc4j.cli.ExitStatus}.
 */
package org.ipc4j.cli;
