// SPDX-License-Identifier: Apache-2.0

/** A market data feed, and the layout of what it sends. */
module com.example.feed {
    exports com.example.feed;

    requires org.ipc4j;
}
