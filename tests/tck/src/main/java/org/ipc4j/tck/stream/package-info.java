// SPDX-License-Identifier: Apache-2.0

/**
 * The contract of {@link org.ipc4j.stream.NamedPipe}: {@link
 * org.ipc4j.tck.stream.NamedPipeContract}.
 */
package org.ipc4j.tck.stream;
