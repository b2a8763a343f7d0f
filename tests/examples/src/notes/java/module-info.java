// SPDX-License-Identifier: Apache-2.0

/** A program that uses ipc4j. It names no provider: whichever is on the module path will do. */
module com.example.notes {
    requires org.ipc4j;
}
