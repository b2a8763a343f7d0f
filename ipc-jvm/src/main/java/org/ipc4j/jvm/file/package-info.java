// SPDX-License-Identifier: Apache-2.0

/** Locks of files by {@code FileChannel}, and files that are replaced by an atomic move. */
package org.ipc4j.jvm.file;
