// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.spi;

/** Whether a provider can work on this system. */
public sealed interface Availability {
    /** The provider works here. */
    record Available() implements Availability {
        @Override
        public String toString() {
            return "available";
        }
    }

    /**
     * The provider does not work here.
     *
     * @param reason one sentence without a full stop: why not, and what would change it
     */
    record Unavailable(String reason) implements Availability {
        @Override
        public String toString() {
            return "unavailable: " + reason;
        }
    }

    /**
     * Says that the provider works here.
     *
     * @return available
     */
    static Availability available() {
        return new Available();
    }

    /**
     * Says that the provider does not work here.
     *
     * @param reason one sentence without a full stop: why not, and what would change it
     * @return unavailable
     */
    static Availability unavailable(String reason) {
        return new Unavailable(reason);
    }

    /**
     * Tells whether the provider works here.
     *
     * @return {@code true} if it does
     */
    default boolean isAvailable() {
        return this instanceof Available;
    }
}
