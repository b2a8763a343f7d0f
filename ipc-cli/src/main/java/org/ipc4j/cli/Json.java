// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.cli;

import java.util.Collection;
import java.util.Iterator;
import java.util.Map;

/**
 * Writes JSON. Objects are maps, arrays are collections, numbers and booleans are what they are,
 * all else is text.
 */
final class Json {
    private final StringBuilder text = new StringBuilder();

    private Json() {}

    /** Returns a value as JSON on one line. */
    static String of(Object value) {
        Json json = new Json();
        json.value(value);
        return json.text.toString();
    }

    private void value(Object value) {
        switch (value) {
            case null -> text.append("null");
            case Boolean truth -> text.append(truth);
            case Double number when number.isNaN() || number.isInfinite() ->
                    text.append("null"); // JSON has neither
            case Number number -> text.append(number);
            case Map<?, ?> members -> object(members);
            case Collection<?> elements -> array(elements);
            default -> string(value.toString());
        }
    }

    private void object(Map<?, ?> members) {
        text.append('{');
        String separator = "";
        for (Map.Entry<?, ?> member : members.entrySet()) {
            text.append(separator);
            string(member.getKey().toString());
            text.append(':');
            value(member.getValue());
            separator = ",";
        }
        text.append('}');
    }

    private void array(Collection<?> elements) {
        text.append('[');
        Iterator<?> rest = elements.iterator();
        while (rest.hasNext()) {
            value(rest.next());
            if (rest.hasNext()) {
                text.append(',');
            }
        }
        text.append(']');
    }

    private void string(String value) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"', '\\' -> text.append('\\').append(c);
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                default -> {
                    if (c < ' ' || Character.isSurrogate(c)) {
                        // half a surrogate pair cannot be written in UTF-8
                        text.append("\\u").append(Character.forDigit(c >> 12, 16));
                        text.append(Character.forDigit(c >> 8 & 15, 16));
                        text.append(Character.forDigit(c >> 4 & 15, 16));
                        text.append(Character.forDigit(c & 15, 16));
                    } else {
                        text.append(c);
                    }
                }
            }
        }
        text.append('"');
    }
}
