// SPDX-License-Identifier: Apache-2.0

/** A program that has both ipc4j and Agrona. */
module com.example.numbers {
    requires org.agrona;
    requires org.ipc4j;
}
