// SPDX-License-Identifier: Apache-2.0

/**
 * The partner program in Java: the child processes of the tests. It speaks the same lines as {@code
 * native/peer/peer.c}.
 */
package org.ipc4j.interop.peer;
