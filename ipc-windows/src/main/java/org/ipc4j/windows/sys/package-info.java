// SPDX-License-Identifier: Apache-2.0

/**
 * The system: one class for each header of Windows, and what their calls need. The only package
 * that makes restricted calls.
 *
 * <table class="striped">
 * <caption>Where to look</caption>
 * <thead><tr><th scope="col">class</th><th scope="col">holds</th></tr></thead>
 * <tbody>
 * <tr><th scope="row">{@code ...Api}</th><td>the functions of one header under their C names. A result that is not
 *     negative is the function's; a negative one is the negated last error</td></tr>
 * <tr><th scope="row">{@link org.ipc4j.windows.sys.Native}</th><td>finding and linking functions; whether native access
 *     works</td></tr>
 * <tr><th scope="row">{@link org.ipc4j.windows.sys.Scratch}</th><td>each thread's last error and small structs</td></tr>
 * <tr><th scope="row">{@link org.ipc4j.windows.sys.Win32Error},
 *     {@link org.ipc4j.windows.sys.WindowsErrors}</th><td>error codes, and the one translator into
 *     exceptions</td></tr>
 * <tr><th scope="row">{@link org.ipc4j.windows.sys.Win32}</th><td>the constants</td></tr>
 * <tr><th scope="row">{@link org.ipc4j.windows.sys.Security}, {@link org.ipc4j.windows.sys.ProcessToken},
 *     {@link org.ipc4j.windows.sys.Sid}</th><td>who may use an object, whose it is, and who we are</td></tr>
 * <tr><th scope="row">{@link org.ipc4j.windows.sys.WindowsProvider}</th><td>what all providers of this
 *     module say of themselves</td></tr>
 * <tr><th scope="row">{@link org.ipc4j.windows.sys.WindowsNames}</th><td>names to keys</td></tr>
 * </tbody>
 * </table>
 */
package org.ipc4j.windows.sys;
