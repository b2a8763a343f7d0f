// SPDX-License-Identifier: Apache-2.0

/**
 * The contract of every mechanism of ipc4j, as JUnit test classes that the provider of a mechanism
 * extends.
 *
 * <p>A test class of yours gives the provider, the rest is inherited:
 *
 * <pre>{@code
 * class MySemaphoreTest extends NamedSemaphoreContract {
 *     @Override
 *     protected NamedSemaphoreProvider provider() {
 *         return new MySemaphoreProvider();
 *     }
 * }
 * }</pre>
 */
module org.ipc4j.tck {
    requires transitive org.ipc4j;
    requires transitive org.junit.jupiter.api;
    requires java.management;
    requires jdk.management;

    exports org.ipc4j.tck;
    exports org.ipc4j.tck.channel;
    exports org.ipc4j.tck.file;
    exports org.ipc4j.tck.memory;
    exports org.ipc4j.tck.queue;
    exports org.ipc4j.tck.signal;
    exports org.ipc4j.tck.stream;
    exports org.ipc4j.tck.sync;

    opens org.ipc4j.tck;
    opens org.ipc4j.tck.channel;
    opens org.ipc4j.tck.file;
    opens org.ipc4j.tck.memory;
    opens org.ipc4j.tck.queue;
    opens org.ipc4j.tck.signal;
    opens org.ipc4j.tck.stream;
    opens org.ipc4j.tck.sync;
}
