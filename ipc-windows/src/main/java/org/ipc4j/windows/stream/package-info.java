// SPDX-License-Identifier: Apache-2.0

/**
 * Named pipes of Windows: the one-way pipes of the API, with and without names, and servers with a
 * connection for each client.
 *
 * <table class="striped">
 * <caption>Where to look</caption>
 * <thead><tr><th scope="col">class</th><th scope="col">is</th></tr></thead>
 * <tbody>
 * <tr><th scope="row">{@link org.ipc4j.windows.stream.PipeEnd}</th><td>a handle of one end, with its
 *     name</td></tr>
 * <tr><th scope="row">{@link org.ipc4j.windows.stream.PipeInput},
 *     {@link org.ipc4j.windows.stream.PipeOutput}</th><td>the two ways of an end, each with an
 *     operation and memory of its own, so that neither waits for the other</td></tr>
 * <tr><th scope="row">{@link org.ipc4j.windows.stream.PipeListener}</th><td>a server's side: the
 *     instances that wait for clients</td></tr>
 * <tr><th scope="row">{@link org.ipc4j.windows.stream.PipeClient}</th><td>a client's side:
 *     connecting</td></tr>
 * <tr><th scope="row">{@link org.ipc4j.windows.stream.ReadingPrograms}</th><td>a server that writes, to
 *     programs that have the reading end of a pipe without a name</td></tr>
 * <tr><th scope="row">{@code WindowsNamedPipe...}</th><td>what the API shows</td></tr>
 * </tbody>
 * </table>
 */
package org.ipc4j.windows.stream;
