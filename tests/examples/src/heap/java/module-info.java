// SPDX-License-Identifier: Apache-2.0

/** Somebody else's provider, of one mechanism. To drop in this jar is all it takes. */
module com.example.heap {
    requires org.ipc4j;

    provides org.ipc4j.spi.NamedSemaphoreProvider with
            com.example.heap.HeapNamedSemaphoreProvider;
}
