// SPDX-License-Identifier: Apache-2.0

/**
 * The contracts of {@link org.ipc4j.stream.NamedPipe}: {@link
 * org.ipc4j.tck.stream.NamedPipeContract}, {@link org.ipc4j.tck.stream.NamedPipePeerContract},
 * {@link org.ipc4j.tck.stream.NamedPipeChannelContract} and {@link
 * org.ipc4j.tck.stream.NamedPipeDataContract}; of {@link org.ipc4j.stream.AnonymousPipe}: {@link
 * org.ipc4j.tck.stream.AnonymousPipeContract}, {@link
 * org.ipc4j.tck.stream.AnonymousPipeChannelContract} and {@link
 * org.ipc4j.tck.stream.AnonymousPipeDataContract}; of {@link org.ipc4j.stream.NamedPipeServer}:
 * {@link org.ipc4j.tck.stream.NamedPipeServerContract} and {@link
 * org.ipc4j.tck.stream.NamedPipeConnectionContract}.
 */
package org.ipc4j.tck.stream;
