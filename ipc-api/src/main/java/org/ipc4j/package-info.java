// SPDX-License-Identifier: Apache-2.0

/**
 * Names, errors and the report: what all mechanisms have in common.
 *
 * <p>The map of the module:
 *
 * <table class="striped">
 * <caption>Where to look</caption>
 * <thead><tr><th scope="col">package</th><th scope="col">holds</th></tr></thead>
 * <tbody>
 * <tr><th scope="row">{@code org.ipc4j}</th><td>{@link org.ipc4j.IpcName}, {@link org.ipc4j.Access}, {@link
 *     org.ipc4j.IpcException} and its subclasses, {@link org.ipc4j.Ipc#report()}</td></tr>
 * <tr><th scope="row">{@link org.ipc4j.memory}</th><td>{@link org.ipc4j.memory.SharedMemory},
 *     {@link org.ipc4j.memory.MappedFile}</td></tr>
 * <tr><th scope="row">{@link org.ipc4j.sync}</th><td>{@link org.ipc4j.sync.NamedSemaphore}</td></tr>
 * <tr><th scope="row">{@link org.ipc4j.queue}</th><td>{@link org.ipc4j.queue.MessageQueue}</td></tr>
 * <tr><th scope="row">{@link org.ipc4j.stream}</th><td>{@link org.ipc4j.stream.NamedPipe} and its two ends, {@link
 *     org.ipc4j.stream.AnonymousPipe}, {@link org.ipc4j.stream.NamedPipeServer}</td></tr>
 * <tr><th scope="row">{@link org.ipc4j.channel}</th><td>{@link org.ipc4j.channel.Sender}, {@link
 *     org.ipc4j.channel.Receiver}</td></tr>
 * <tr><th scope="row">{@link org.ipc4j.file}</th><td>{@link org.ipc4j.file.SharedFileLock}, {@link
 *     org.ipc4j.file.FileExchange}</td></tr>
 * <tr><th scope="row">{@link org.ipc4j.signal}</th><td>{@link org.ipc4j.signal.Signals}</td></tr>
 * <tr><th scope="row">{@link org.ipc4j.spi}</th><td>what a provider implements, and what helps it</td></tr>
 * </tbody>
 * </table>
 *
 * <h2>Verbs</h2>
 *
 * {@code create} fails if the name is present, {@code open} fails if it is absent, {@code
 * createOrOpen} does either, {@code remove} deletes the name, {@code close} gives up this process's
 * handle and leaves the name alone.
 *
 * <h2>Waiting</h2>
 *
 * Every blocking method comes in three forms: for ever, not at all ({@code try...()}), and for a
 * {@link java.time.Duration}. A duration of zero or less polls once; any other is measured by the
 * monotonic clock. A time-out is a return value. An interrupt is an {@link
 * java.lang.InterruptedException} and leaves the object usable; closing the object from another
 * thread gives {@link org.ipc4j.IpcClosedException}. Virtual threads wait without holding their
 * carrier.
 *
 * <h2>Errors</h2>
 *
 * Programmer errors are the usual unchecked exceptions. What the operating system refuses is an
 * {@link org.ipc4j.IpcException} that carries the {@link org.ipc4j.SystemError}; there is a
 * subclass wherever a caller would act differently.
 */
package org.ipc4j;
