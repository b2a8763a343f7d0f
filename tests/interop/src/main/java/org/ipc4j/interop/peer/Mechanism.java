// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop.peer;

import org.ipc4j.Access;
import org.ipc4j.IpcName;

import java.util.Locale;

/** The verbs of one mechanism, on one object at a time. */
interface Mechanism {
    /** The answer to what did not happen in time, or to a read at the end of a stream. */
    String NONE = "none";

    /**
     * Does what one line says.
     *
     * @param verb the verb
     * @param words what followed it
     * @return what to answer after "ok", or {@link #NONE}
     */
    String obey(String verb, Words words) throws Exception;

    /** The words after the verb. */
    record Words(String[] words) {
        String text(int index) {
            return words[index];
        }

        int number(int index) {
            return Integer.parseInt(words[index]);
        }

        int numberOr(int index, int otherwise) {
            return index < words.length ? number(index) : otherwise;
        }

        long big(int index) {
            return Long.parseLong(words[index]);
        }

        /** A key of a system has a separator in it, a portable name cannot. */
        IpcName name() {
            boolean isKey = words[0].indexOf('/') >= 0 || words[0].indexOf('\\') >= 0;
            return isKey ? IpcName.ofNative(words[0]) : IpcName.of(words[0]);
        }

        Access access(int index) {
            return index < words.length
                    ? Access.valueOf(words[index].toUpperCase(Locale.ROOT))
                    : Access.OWNER;
        }
    }

    /** Answers a try. */
    static String done(boolean inTime) {
        return inTime ? "" : NONE;
    }

    /** Answers a verb that does not exist. */
    static String unknown(String verb) {
        throw new IllegalArgumentException("no verb " + verb);
    }
}
