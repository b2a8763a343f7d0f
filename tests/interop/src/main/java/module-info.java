// SPDX-License-Identifier: Apache-2.0

/**
 * An application like any other: it requires the contracts, and finds the providers that are on the
 * module path.
 */
module org.ipc4j.interop.peer {
    requires org.ipc4j;
}
