// SPDX-License-Identifier: Apache-2.0

/**
 * Channels beside their peers, in one run. {@link org.ipc4j.bench.compare.Compare} is the command,
 * {@code tests/bench/compare} starts it.
 *
 * <p>A {@link org.ipc4j.bench.compare.Case} is played by several {@link
 * org.ipc4j.bench.compare.Contestant}s in a {@link org.ipc4j.bench.compare.Contest}. The processes
 * of one are a {@link org.ipc4j.bench.compare.Match}: some processes, each an {@link
 * org.ipc4j.bench.compare.End}, that do their {@link org.ipc4j.bench.compare.Work} with a {@link
 * org.ipc4j.bench.compare.Peer}, and keep {@link org.ipc4j.bench.compare.Account} of every message.
 */
package org.ipc4j.bench.compare;
