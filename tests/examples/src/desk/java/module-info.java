// SPDX-License-Identifier: Apache-2.0

/** A trading desk that follows the feed. */
module com.example.desk {
    requires com.example.feed;
    requires org.ipc4j;
}
