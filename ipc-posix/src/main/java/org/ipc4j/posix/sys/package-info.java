// SPDX-License-Identifier: Apache-2.0

/**
 * The system: one class for each C header, and what their calls need. The only package that makes
 * restricted calls.
 *
 * <table class="striped">
 * <caption>Where to look</caption>
 * <thead><tr><th scope="col">class</th><th scope="col">holds</th></tr></thead>
 * <tbody>
 * <tr><th scope="row">{@code ...Calls}</th><td>the functions of one C header under their C names. A result that is not
 *     negative is the function's; a negative one is the negated {@code errno}</td></tr>
 * <tr><th scope="row">{@link org.ipc4j.posix.sys.Native}</th><td>finding and linking functions; whether native access
 *     works</td></tr>
 * <tr><th scope="row">{@link org.ipc4j.posix.sys.Scratch}</th><td>each thread's {@code errno} and small structs</td></tr>
 * <tr><th scope="row">{@link org.ipc4j.posix.sys.Pointer}</th><td>the lifetime of a pointer; that of a descriptor
 *     is a {@link org.ipc4j.spi.NativeHandle}</td></tr>
 * <tr><th scope="row">{@link org.ipc4j.posix.sys.Errno}, {@link org.ipc4j.posix.sys.PosixErrors}</th><td>error codes, and
 *     the one translator into exceptions</td></tr>
 * <tr><th scope="row">{@link org.ipc4j.posix.sys.Abi}</th><td>the constants, for this processor</td></tr>
 * <tr><th scope="row">{@link org.ipc4j.posix.sys.PosixProvider}</th><td>what all providers of this
 *     module say of themselves</td></tr>
 * <tr><th scope="row">{@link org.ipc4j.posix.sys.PosixNames}, {@link org.ipc4j.posix.sys.OpenFile}</th><td>names to keys,
 *     modes, and what is behind a descriptor</td></tr>
 * </tbody>
 * </table>
 */
package org.ipc4j.posix.sys;
