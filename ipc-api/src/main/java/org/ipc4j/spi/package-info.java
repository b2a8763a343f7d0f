// SPDX-License-Identifier: Apache-2.0

/**
 * What a provider implements, and what the API holds so that providers need not repeat it.
 *
 * <p>A provider offers one mechanism: it implements that mechanism's interface, {@link
 * org.ipc4j.spi.SharedMemoryProvider} for example, and is declared with {@code provides} in its
 * {@code module-info} and in {@code META-INF/services}. A module may offer as many mechanisms as it
 * likes, or just one.
 *
 * <table class="striped">
 * <caption>What helps a provider</caption>
 * <thead><tr><th scope="col">class</th><th scope="col">does</th></tr></thead>
 * <tbody>
 * <tr><th scope="row">{@link org.ipc4j.spi.Wait}</th><td>the one place where slices, time-outs, interrupt, close and
 *     virtual threads meet</td></tr>
 * <tr><th scope="row">{@link org.ipc4j.spi.WakeWord}</th><td>lets threads sleep in shared memory, over {@link
 *     org.ipc4j.spi.Parking} of any provider</td></tr>
 * <tr><th scope="row">{@link org.ipc4j.spi.Arguments}</th><td>refuses misuse, with the same sentences everywhere</td></tr>
 * <tr><th scope="row">{@link org.ipc4j.spi.PipeReaderChannel}, {@link org.ipc4j.spi.PipeWriterChannel}</th><td>make
 *     {@code java.nio} channels from a read and a write that do not block</td></tr>
 * <tr><th scope="row">{@link org.ipc4j.spi.LocalSocketChannel}, {@link org.ipc4j.spi.LocalServerChannel}, {@link
 *     org.ipc4j.spi.LocalDatagramChannel}</th><td>make local sockets from calls that do not block</td></tr>
 * <tr><th scope="row">{@link org.ipc4j.spi.RuntimeFolder}</th><td>tells where the local sockets of a user
 *     are</td></tr>
 * <tr><th scope="row">{@link org.ipc4j.spi.WaitingMessageQueue}</th><td>makes a queue from a send
 *     and a receive that do not wait</td></tr>
 * <tr><th scope="row">{@link org.ipc4j.spi.WaitingFileLock}</th><td>makes the locks of a file from an
 *     attempt that does not wait</td></tr>
 * <tr><th scope="row">{@link org.ipc4j.spi.WaitingFileExchange}</th><td>makes an exchange from a file that is
 *     written, made durable and renamed</td></tr>
 * <tr><th scope="row">{@link org.ipc4j.spi.WaitingSignals}, {@link org.ipc4j.spi.DispatchedSignals}</th><td>make
 *     a subscription from a look that does not wait, and from the JDK's own dispatcher</td></tr>
 * <tr><th scope="row">{@link org.ipc4j.spi.MappedMemory}</th><td>makes shared memory from a mapping,
 *     and unmaps it when nobody uses it any more</td></tr>
 * <tr><th scope="row">{@link org.ipc4j.spi.CheckedMappedFile}</th><td>makes a mapped file that grows, and says
 *     when it was truncated</td></tr>
 * <tr><th scope="row">{@link org.ipc4j.spi.Mapping}</th><td>unmaps memory once, when no system call uses it any
 *     more</td></tr>
 * <tr><th scope="row">{@link org.ipc4j.spi.NativeHandle}</th><td>closes a descriptor or a handle once, when nobody
 *     uses it any more</td></tr>
 * <tr><th scope="row">{@link org.ipc4j.spi.FileOwner}</th><td>refuses a file that somebody else put under our
 *     name</td></tr>
 * <tr><th scope="row">{@link org.ipc4j.spi.AvailableMemory}</th><td>refuses more memory than the machine or its
 *     container has left</td></tr>
 * </tbody>
 * </table>
 *
 * <p>The API itself makes sure that two providers never split one name (see {@link
 * org.ipc4j.spi.NamedObjectProvider#find}).
 */
package org.ipc4j.spi;
