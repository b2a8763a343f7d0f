// SPDX-License-Identifier: Apache-2.0

/**
 * What all contracts have in common, and the waiting contract, which is one for all blocking
 * operations.
 *
 * <table class="striped">
 * <caption>Which contract holds for what</caption>
 * <thead><tr><th scope="col">mechanism</th><th scope="col">contract</th></tr></thead>
 * <tbody>
 * <tr><th scope="row">shared memory</th><td>{@link org.ipc4j.tck.memory.SharedMemoryContract},
 *     {@link org.ipc4j.tck.memory.AnonymousMemoryContract}</td></tr>
 * <tr><th scope="row">mapped file</th><td>{@link org.ipc4j.tck.memory.MappedFileContract}, {@link
 *     org.ipc4j.tck.memory.MappedFileContentContract}, {@link
 *     org.ipc4j.tck.memory.MappedFileGrowthContract}</td></tr>
 * <tr><th scope="row">named semaphore</th><td>{@link org.ipc4j.tck.sync.NamedSemaphoreContract}</td></tr>
 * <tr><th scope="row">message queue</th><td>{@link org.ipc4j.tck.queue.MessageQueueContract},
 *     {@link org.ipc4j.tck.queue.MessageQueueOrderContract},
 *     {@link org.ipc4j.tck.queue.MessageQueueBufferContract}</td></tr>
 * <tr><th scope="row">named pipe</th><td>{@link org.ipc4j.tck.stream.NamedPipeContract},
 *     {@link org.ipc4j.tck.stream.NamedPipePeerContract},
 *     {@link org.ipc4j.tck.stream.NamedPipeChannelContract},
 *     {@link org.ipc4j.tck.stream.NamedPipeDataContract}</td></tr>
 * <tr><th scope="row">channel</th><td>{@link org.ipc4j.tck.channel.ChannelContract},
 *     {@link org.ipc4j.tck.channel.ChannelEndsContract},
 *     {@link org.ipc4j.tck.channel.ChannelLookContract},
 *     {@link org.ipc4j.tck.channel.ChannelMessageContract},
 *     {@link org.ipc4j.tck.channel.ChannelOrderContract},
 *     {@link org.ipc4j.tck.channel.ChannelBufferContract}</td></tr>
 * <tr><th scope="row">file lock</th><td>{@link org.ipc4j.tck.file.FileLockContract}</td></tr>
 * <tr><th scope="row">file exchange</th><td>{@link org.ipc4j.tck.file.FileExchangeContract}</td></tr>
 * <tr><th scope="row">signal</th><td>{@link org.ipc4j.tck.signal.SignalContract},
 *     {@link org.ipc4j.tck.signal.SignalQueueContract}</td></tr>
 * <tr><th scope="row">whatever blocks</th><td>{@link org.ipc4j.tck.WaitingContract}</td></tr>
 * </tbody>
 * </table>
 *
 * <p>A provider keeps all contracts of its mechanism: extend each of them.
 *
 * <p>Every test uses names of its own and removes them. A test is skipped only because the provider
 * does not declare the {@link org.ipc4j.spi.Capability} that it needs; the reason is told. No test
 * asserts that something is fast; what could hang is under a watchdog.
 */
package org.ipc4j.tck;
