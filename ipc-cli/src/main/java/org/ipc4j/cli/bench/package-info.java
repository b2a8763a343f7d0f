// SPDX-License-Identifier: Apache-2.0

/**
 * {@code ipc bench}: how fast a channel is between two processes of this program on this machine.
 *
 * <p>{@link org.ipc4j.cli.bench.BenchCommand} measures, and {@link
 * org.ipc4j.cli.bench.BenchPeerCommand} is the second process, which answers. What the project
 * publishes comes from {@code tests/bench}, which has other libraries and C beside it.
 */
package org.ipc4j.cli.bench;
