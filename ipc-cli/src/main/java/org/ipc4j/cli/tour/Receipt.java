// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.cli.tour;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Counts bytes and computes their SHA-256. */
final class Receipt {
    /** What the second process says before the sum. */
    static final String RECEIVED = "received ";

    private final MessageDigest digest;
    private final Announcement ready;
    private long count;

    Receipt(Announcement ready) {
        this.ready = ready;
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has it", e);
        }
    }

    /** Tells somebody something. */
    @FunctionalInterface
    interface Announcement {
        void make() throws IOException;
    }

    /** Says that bytes can come now. */
    void ready() throws IOException {
        ready.make();
    }

    void add(byte[] chunk, int length) {
        digest.update(chunk, 0, length);
        count += length;
    }

    void add(ByteBuffer bytes) {
        count += bytes.remaining();
        digest.update(bytes);
    }

    /** Returns what came until now, and goes on. */
    Sum soFar() {
        try {
            MessageDigest copy = (MessageDigest) digest.clone();
            return new Sum(count, HexFormat.of().formatHex(copy.digest()));
        } catch (CloneNotSupportedException e) {
            throw new AssertionError("the JDK's own can be cloned", e);
        }
    }

    /** Returns what came, and begins anew. */
    Sum sum() {
        Sum sum = new Sum(count, HexFormat.of().formatHex(digest.digest()));
        count = 0;
        return sum;
    }

    /**
     * What came.
     *
     * @param count how many bytes
     * @param sha256 their SHA-256 in hexadecimal digits
     */
    record Sum(long count, String sha256) {
        static Sum parse(String text) {
            int space = text.indexOf(' ');
            return new Sum(Long.parseLong(text.substring(0, space)), text.substring(space + 1));
        }

        /** What {@link #parse} understands. */
        @Override
        public String toString() {
            return count + " " + sha256;
        }
    }
}
