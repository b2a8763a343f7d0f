// SPDX-License-Identifier: Apache-2.0

/**
 * Two or three threads at a channel, in every interleaving that the processor and the compilers
 * make of a few calls: {@link org.ipc4j.stress.StressIT} has jcstress run the other classes here.
 *
 * <p>Each of them says which outcomes there may be; every other one is a failure. Where a result
 * has a comma, the last part is what was left in the channel when both threads were done, so that
 * nothing is lost or doubled unseen.
 */
package org.ipc4j.stress;
