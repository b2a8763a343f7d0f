// SPDX-License-Identifier: Apache-2.0

/**
 * What the mechanisms of this module share: where things are ({@link org.ipc4j.jvm.sys.Place}),
 * files and their locks, how memory of ours is recognised ({@link org.ipc4j.jvm.sys.Header}), and a
 * lock in shared memory that survives the death of its owner ({@link
 * org.ipc4j.jvm.sys.RobustLock}).
 */
package org.ipc4j.jvm.sys;
